package dev.gradc.compiler.codegen;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterSpec;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.lower.LoweredModel.Argument;
import java.util.ArrayList;
import java.util.List;

/** The arguments of a generated class's methods: by name, or with the differentiated ones as one flat vector. */
final class Signature {

    private static final ClassName CHECKS = ClassName.get("dev.gradc.runtime", "Checks");

    /** What is said of the flat vector. */
    static final String VECTOR_DOC =
            "@param parameters the differentiated variables as one vector, by {@link #layout()}\n";

    private final ModelPlan plan;
    private final Naming naming;
    private final Dims dims;
    private final CodeBlock keepVector;

    Signature(ModelPlan plan, Naming naming, Dims dims, Split split) {
        this.plan = plan;
        this.naming = naming;
        this.dims = dims;
        this.keepVector = split.run(
                "keepParameters",
                plan.model().wrt().stream()
                        .map(argument -> keep(argument, true))
                        .toList(),
                List.of(vector()));
    }

    /** Whether a flat vector says more than the arguments by name: not for one tensor, which is its own flat vector. */
    private boolean hasFlatForm() {
        List<Argument> wrt = plan.model().wrt();
        return !wrt.isEmpty() && (wrt.size() > 1 || wrt.get(0).node().shape().isScalar());
    }

    /** Whether there are methods that take a flat vector, those that do not, or both. */
    List<Boolean> forms() {
        if (!plan.model().fitsByName()) {
            return List.of(true);
        }
        return hasFlatForm() ? List.of(false, true) : List.of(false);
    }

    /** The arguments by name, or those not differentiated and then {@code parameters}. */
    List<ParameterSpec> parameters(boolean flat) {
        List<ParameterSpec> parameters = new ArrayList<>();
        for (Argument argument : plan.model().arguments()) {
            if (!flat || !plan.isDifferentiated(argument.name())) {
                parameters.add(ParameterSpec.builder(plan.types().type(argument.node()), naming.of(argument.name()))
                        .build());
            }
        }
        if (flat) {
            parameters.add(vector());
        }
        return parameters;
    }

    private ParameterSpec vector() {
        return ParameterSpec.builder(ArrayTypeName.of(plan.types().real()), "parameters")
                .build();
    }

    /** Checks of lengths and ranges, then the arguments kept in the fields for the call under way. */
    CodeBlock bind(boolean flat) {
        CodeBlock.Builder code = CodeBlock.builder();
        if (flat) {
            code.addStatement(
                    "$T.length($S, parameters, layout.size(), $S)", CHECKS, "parameters", "[layout().size()]");
        }
        plan.model().arguments().forEach(argument -> check(argument, flat, code));
        plan.model().arguments().stream()
                .filter(argument -> !flat || !plan.isDifferentiated(argument.name()))
                .forEach(argument -> code.add(keep(argument, false)));
        return flat ? code.add(keepVector).build() : code.build();
    }

    private void check(Argument argument, boolean flat, CodeBlock.Builder code) {
        String name = naming.of(argument.name());
        boolean isFlat = flat && plan.isDifferentiated(argument.name());
        Node node = argument.node();
        boolean isTensor = !node.shape().isScalar();
        if (isTensor && !isFlat) {
            String size = dims.expr(node.shape().size()).code();
            code.addStatement(
                    "$T.length($S, $L, $L, $S)",
                    CHECKS,
                    argument.name(),
                    name,
                    size,
                    node.shape().toString());
        }
        argument.range().ifPresent(range -> {
            String low = dims.expr(range.low()).code();
            String high = dims.expr(range.high()).code();
            if (isTensor) {
                String size = dims.expr(node.shape().size()).code();
                code.addStatement("$T.range($S, $L, $L, $L, $L)", CHECKS, argument.name(), name, size, low, high);
            } else {
                code.addStatement("$T.range($S, $L, $L, $L)", CHECKS, argument.name(), name, low, high);
            }
        });
    }

    /** @param isPart whether it is a part of the flat vector */
    private CodeBlock keep(Argument argument, boolean isPart) {
        CodeBlock.Builder code = CodeBlock.builder();
        String name = naming.of(argument.name());
        boolean isScalar = argument.node().shape().isScalar();
        String offset =
                isPart ? dims.expr(plan.gradientOffsets().get(argument.name())).code() : "0";
        if (!isPart) {
            code.addStatement("this.$1L = $1L", name);
        } else if (isScalar) {
            code.addStatement("this.$L = parameters[$L]", name, offset);
        } else {
            code.addStatement("this.$L = parameters", name);
        }
        if (plan.isDifferentiated(argument.name()) && !isScalar) {
            code.addStatement("this.$L = $L", naming.offsetOf(argument.name()), offset);
        }
        return code.build();
    }
}
