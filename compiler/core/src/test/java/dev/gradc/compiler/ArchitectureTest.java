package dev.gradc.compiler;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rooms of the compiler, and which doors stand open: a stage knows only what it consumes. */
class ArchitectureTest {

    private static final String BASE = "dev.gradc.compiler.";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.gradc.compiler");

    /** Each package and the packages it may use. */
    private static Map<String, List<String>> rooms() {
        Map<String, List<String>> rooms = new LinkedHashMap<>();
        rooms.put("concurrent", List.of());
        rooms.put("source", List.of());
        rooms.put("diagnostic", List.of("source"));
        rooms.put("syntax", List.of("source", "diagnostic"));
        rooms.put("ir", List.of());
        rooms.put("gate", List.of("ir"));
        rooms.put("cost", List.of("ir", "gate"));
        rooms.put("eval", List.of("ir", "gate"));
        rooms.put("vectorize", List.of("ir", "gate"));
        rooms.put("autodiff", List.of("ir", "gate", "cost", "vectorize"));
        rooms.put("lower", List.of("source", "diagnostic", "syntax", "ir", "gate", "vectorize", "autodiff"));
        rooms.put("check", List.of("source", "ir", "gate", "eval", "lower", "autodiff"));
        rooms.put("rewrite", List.of("source", "diagnostic", "syntax", "ir", "gate", "cost", "lower"));
        rooms.put("schedule", List.of("ir", "gate", "cost"));
        rooms.put("explain", List.of("source", "ir", "gate", "lower", "autodiff", "rewrite", "schedule"));
        rooms.put("codegen", List.of("concurrent", "source", "ir", "gate", "lower", "schedule"));
        return rooms;
    }

    @Test
    void packagesUseOnlyWhatTheTableAllows() {
        rooms().forEach((room, allowed) -> {
            List<String> open = new ArrayList<>(List.of(BASE + room));
            allowed.forEach(other -> open.add(BASE + other));
            noClasses()
                    .that()
                    .resideInAPackage(BASE + room)
                    .should()
                    .dependOnClassesThat(resideInAPackage("dev.gradc.compiler..")
                            .and(not(resideInAnyPackage(open.toArray(String[]::new)))))
                    .check(CLASSES);
        });
    }

    @Test
    void onlyTheParserKnowsAntlr() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + "syntax")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.antlr..", "dev.gradc.grammar..")
                .check(CLASSES);
    }

    @Test
    void onlyTheGeneratorKnowsJavaPoet() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + "codegen")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.palantir.javapoet..")
                .check(CLASSES);
    }

    @Test
    void theGeneratorAndTheSchedulerNameNoGateOfAFamilyButArithmetic() {
        noClasses()
                .that()
                .resideInAnyPackage(BASE + "codegen", BASE + "schedule")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("dev\\.gradc\\.compiler\\.gate\\.(Elementary|Logic|Reductions)")
                .check(CLASSES);
    }

    @Test
    void theCompilerTouchesNoFilesClocksOrEnvironment() {
        classes()
                .that()
                .resideInAnyPackage(
                        rooms().keySet().stream().map(room -> BASE + room).toArray(String[]::new))
                .should()
                .onlyDependOnClassesThat(not(resideInAnyPackage("java.nio.file..", "java.time..", "java.net..")))
                .check(CLASSES);
    }
}
