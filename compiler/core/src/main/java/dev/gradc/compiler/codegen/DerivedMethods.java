package dev.gradc.compiler.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.lower.Derivation;
import dev.gradc.compiler.lower.LoweredModel.Argument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** The methods for further derivatives, and the fields that they need. */
final class DerivedMethods {

    private static final ClassName CHECKS = ClassName.get("dev.gradc.runtime", "Checks");

    private final ModelPlan plan;
    private final Naming naming;

    /** Declares the names of the vectors that the methods take. */
    DerivedMethods(ModelPlan plan, Naming naming) {
        this.plan = plan;
        this.naming = naming;
        for (DerivedPlan derived : plan.derived()) {
            derived.vector()
                    .ifPresent(vector -> naming.declare(
                            ((Leaf.Variable) vector.attribute()).name(),
                            derived.derivation().name() + ClassGenerator.capitalized(role(derived))));
        }
    }

    private static String role(DerivedPlan derived) {
        return derived.derivation().kind() == Derivation.Kind.VJP ? "upstream" : "direction";
    }

    /** The name of the methods that run the program of {@code derived}. */
    static String compute(DerivedPlan derived) {
        return "compute" + ClassGenerator.capitalized(derived.derivation().name());
    }

    /** The vectors that methods take, and the matrices that sparse ones give. */
    List<FieldSpec> fields() {
        List<FieldSpec> fields = new ArrayList<>();
        for (DerivedPlan derived : plan.derived()) {
            derived.vector()
                    .ifPresent(vector ->
                            fields.add(FieldSpec.builder(plan.types().type(vector), naming.of(vector), Modifier.PRIVATE)
                                    .build()));
            if (derived.derivation().kind().isSparse()) {
                fields.add(FieldSpec.builder(
                                plan.types().sparseMatrix(), matrix(derived), Modifier.PRIVATE, Modifier.FINAL)
                        .build());
            }
        }
        return fields;
    }

    private String matrix(DerivedPlan derived) {
        return naming.named(derived, derived.derivation().name() + "Matrix");
    }

    /** What the constructor makes. */
    CodeBlock allocations(Dims dims) {
        CodeBlock.Builder code = CodeBlock.builder();
        for (DerivedPlan derived : plan.derived()) {
            if (derived.derivation().kind().isSparse()) {
                code.addStatement(
                        "$L = new $T($L, $L)",
                        matrix(derived),
                        plan.types().sparseMatrix(),
                        dims.expr(rows(derived.derivation())).code(),
                        dims.expr(derived.derivation().size()).code());
            }
        }
        return code.build();
    }

    private static Dim rows(Derivation derivation) {
        return derivation.kind() == Derivation.Kind.SPARSE_HESSIAN
                ? derivation.size()
                : derivation.of().node().shape().size();
    }

    /** The name of the methods that find the places of its entries. */
    static String computePlaces(DerivedPlan derived) {
        return compute(derived) + "Places";
    }

    /**
     * The method that computes {@code derived}.
     *
     * @param calls what runs a program, by the name of its methods
     */
    MethodSpec method(DerivedPlan derived, Signature signature, Dims dims, Map<String, CodeBlock> calls) {
        boolean flat = signature.forms().get(0);
        MethodSpec.Builder method = MethodSpec.methodBuilder(
                        derived.derivation().name())
                .addModifiers(Modifier.PUBLIC)
                .addParameters(signature.parameters(flat))
                .addJavadoc("$L", documentation(derived, flat ? Signature.VECTOR_DOC : ""));
        derived.vector().ifPresent(vector -> method.addParameter(plan.types().type(vector), parameter(derived)));
        method.addCode(signature.bind(flat));
        derived.vector().ifPresent(vector -> method.addCode(bind(derived, vector, dims)));
        derived.places().ifPresent(places -> method.addCode(place(derived, places, calls)));
        method.addCode(calls.get(compute(derived)));
        if (plan.backward().isPresent()) {
            method.addStatement("evaluated = false");
        }
        return finish(derived, method).build();
    }

    /** Finds the places of entries where the ints that they depend on have changed. */
    private CodeBlock place(DerivedPlan derived, DerivedPlan.Places places, Map<String, CodeBlock> calls) {
        CodeBlock.Builder code = CodeBlock.builder();
        for (int number = 0; number < places.ints().size(); number++) {
            code.addStatement(
                    "$L.dependOn($L, $L)",
                    matrix(derived),
                    number,
                    naming.of(places.ints().get(number)));
        }
        return code.beginControlFlow("if (!$L.isPlaced())", matrix(derived))
                .add(calls.get(computePlaces(derived)))
                .addStatement(
                        "$L.place($L, $L)",
                        matrix(derived),
                        naming.of(derived.results().get(0)),
                        naming.of(derived.results().get(1)))
                .endControlFlow()
                .build();
    }

    private MethodSpec.Builder finish(DerivedPlan derived, MethodSpec.Builder method) {
        TypeName type = plan.types().type(derived.value());
        if (!derived.derivation().kind().isSparse()) {
            return method.returns(type).addStatement("return $L", naming.of(derived.value()));
        }
        method.returns(plan.types().sparseMatrix());
        return derived.places().isPresent()
                ? method.addStatement("return $L.fill($L)", matrix(derived), naming.of(derived.value()))
                : method.addStatement(
                        "return $L.assemble($L, $L, $L)",
                        matrix(derived),
                        naming.of(derived.results().get(0)),
                        naming.of(derived.results().get(1)),
                        naming.of(derived.value()));
    }

    private String parameter(DerivedPlan derived) {
        return naming.named(derived.derivation(), role(derived));
    }

    private CodeBlock bind(DerivedPlan derived, Node vector, Dims dims) {
        CodeBlock.Builder code = CodeBlock.builder();
        if (!vector.shape().isScalar()) {
            code.addStatement(
                    "$T.length($S, $L, $L, $S)",
                    CHECKS,
                    role(derived),
                    parameter(derived),
                    dims.expr(vector.shape().size()).code(),
                    vector.shape().toString());
        }
        return code.addStatement("this.$L = $L", naming.of(vector), parameter(derived))
                .build();
    }

    private String documentation(DerivedPlan derived, String parameters) {
        Derivation derivation = derived.derivation();
        String by = derivation.by().stream()
                .map(Argument::name)
                .map(name -> "{@code " + name + "}")
                .collect(Collectors.joining(", "));
        String text = "Computes the outputs and " + what(derivation)
                + ".\n\n<p>The vector that it is differentiated by: " + by
                + (derivation.by().size() == 1 ? ", row-major" : ", one behind the other, each row-major") + ".\n\n";
        String taken = derived.vector()
                .map(vector -> "@param " + parameter(derived) + " " + taken(derivation) + "\n")
                .orElse("");
        return text + parameters + taken + "@return the live "
                + (derivation.kind().isSparse() ? "matrix" : "value") + ", overwritten by the next call\n";
    }

    private static String taken(Derivation derivation) {
        return derivation.kind() == Derivation.Kind.VJP
                ? "gradient of {@code " + derivation.of().name() + "}, of its shape"
                : "a component for each element of that vector";
    }

    private static String what(Derivation derivation) {
        String of = "{@code " + derivation.of().name() + "}";
        return switch (derivation.kind()) {
            case JACOBIAN -> "the Jacobian of " + of + ": row-major, a row for each of its elements";
            case SPARSE_JACOBIAN -> "the entries of the Jacobian of " + of + " that are not zero by structure";
            case HESSIAN -> "the Hessian of " + of + ": row-major, symmetric";
            case SPARSE_HESSIAN -> "the entries of the Hessian of " + of + " that are not zero by structure";
            case HESSIAN_DIAGONAL -> "the diagonal of the Hessian of " + of;
            case JVP -> "the change of " + of + " along a direction: its Jacobian times that";
            case VJP -> "an upstream gradient of " + of + " times its Jacobian";
            case HVP -> "the Hessian of " + of + " times a direction";
            case GAUSS_NEWTON -> "J'J, row-major, with the Jacobian J of " + of;
            case GAUSS_NEWTON_PRODUCT -> "J'J times a direction, with the Jacobian J of " + of;
        };
    }
}
