package dev.gradc.compiler.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradc.compiler.codegen.MethodWriter.Called;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.lang.model.element.Modifier;

/**
 * The methods that are written with vectors, in classes of their own: the model's class can be loaded without the vectors'
 * module, and asks for it.
 */
final class LaneClasses {

    private static final ClassName CHECKS = ClassName.get("dev.gradc.runtime", "Checks");

    private final ModelPlan plan;
    private final Naming naming;
    private final Bodies bodies;

    /** How methods are called, by their likeness. */
    private final Map<List<String>, String> calls = new HashMap<>();

    /** The texts of methods, for each class those that it has. */
    private final List<List<String>> classes = new ArrayList<>();

    /** @param bodies takes the texts */
    LaneClasses(ModelPlan plan, Naming naming, Bodies bodies) {
        this.plan = plan;
        this.naming = naming;
        this.bodies = bodies;
    }

    /**
     * Adds {@code method}, unless one like it is there: the fused program computes much as the others do. Gives how it is called.
     *
     * @param name gives it a name
     */
    String add(Supplier<String> name, Called method) {
        return calls.computeIfAbsent(
                method.likeness(), likeness -> add(name.get(), method.parameters(), method.body()));
    }

    private String add(String name, List<String> parameters, String body) {
        String method = JavaText.method(name, parameters, body, MethodParts.COLUMNS - 2 * MethodParts.INDENT);
        int last = classes.size() - 1;
        if (last < 0 || classes.get(last).size() == MethodParts.MOST_METHODS) {
            classes.add(new ArrayList<>());
            last++;
        }
        classes.get(last).add(method);
        return field(last) + "." + name;
    }

    boolean isEmpty() {
        return classes.isEmpty();
    }

    /** The field with the object that has the methods of a class. */
    private String field(int number) {
        return naming.named("#lanes" + number, number == 0 ? "lanes" : "lanes" + (number + 1));
    }

    private ClassName name(int number) {
        return ClassName.get("", plan.model().name() + "Lanes" + (number == 0 ? "" : number + 1));
    }

    /** Makes the objects that have the methods. */
    CodeBlock allocations() {
        CodeBlock.Builder code = CodeBlock.builder();
        if (!isEmpty()) {
            code.addStatement("$T.vectors()", CHECKS);
        }
        for (int i = 0; i < classes.size(); i++) {
            code.addStatement("$L = new $T()", field(i), name(i));
        }
        return code.build();
    }

    /** Adds the classes and their fields to {@code type}. */
    void addTo(TypeSpec.Builder type) {
        for (int i = 0; i < classes.size(); i++) {
            type.addField(name(i), field(i), Modifier.PRIVATE, Modifier.FINAL);
            type.addType(TypeSpec.classBuilder(name(i))
                    .addModifiers(Modifier.PRIVATE, Modifier.FINAL)
                    .addJavadoc("What is computed by vectors.")
                    .addField(species())
                    .addMethod(bodies.members(classes.get(i)))
                    .build());
        }
    }

    private FieldSpec species() {
        ClassName species = ClassName.get("jdk.incubator.vector", "VectorSpecies");
        TypeName type = ParameterizedTypeName.get(species, plan.types().real().box());
        return FieldSpec.builder(type, VectorWriter.SPECIES, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer("$L.SPECIES_PREFERRED", JavaText.code(plan.types().vector()))
                .build();
    }
}
