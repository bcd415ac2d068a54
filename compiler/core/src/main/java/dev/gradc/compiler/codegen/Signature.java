package dev.gradc.compiler.codegen;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterSpec;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.lower.LoweredModel.Argument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The arguments of a generated class's methods: by name, or with the differentiated ones as one flat vector. */
final class Signature {

    private static final ClassName CHECKS = ClassName.get("dev.gradc.runtime", "Checks");

    private final ModelPlan plan;
    private final Naming naming;
    private final Dims dims;
    private final Map<String, Dim> gradientOffsets;

    Signature(ModelPlan plan, Naming naming, Dims dims) {
        this.plan = plan;
        this.naming = naming;
        this.dims = dims;
        this.gradientOffsets = plan.gradientOffsets();
    }

    /** Whether a flat vector says more than the arguments by name: not for one tensor, which is its own flat vector. */
    boolean hasFlatForm() {
        List<Argument> wrt = plan.model().wrt();
        return !wrt.isEmpty() && (wrt.size() > 1 || wrt.get(0).node().shape().isScalar());
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
            parameters.add(ParameterSpec.builder(ArrayTypeName.of(plan.types().real()), "parameters")
                    .build());
        }
        return parameters;
    }

    /** Checks of lengths and ranges, then the arguments kept in the fields for the call under way. */
    CodeBlock bind(boolean flat) {
        CodeBlock.Builder code = CodeBlock.builder();
        if (flat) {
            code.addStatement(
                    "$T.length($S, parameters, layout.size(), $S)", CHECKS, "parameters", "[layout().size()]");
        }
        plan.model().arguments().forEach(argument -> check(argument, flat, code));
        plan.model().arguments().forEach(argument -> keep(argument, flat, code));
        return code.build();
    }

    private void check(Argument argument, boolean flat, CodeBlock.Builder code) {
        String name = naming.of(argument.name());
        boolean isFlat = flat && plan.isDifferentiated(argument.name());
        Node node = argument.node();
        boolean isTensor = !node.shape().isScalar();
        if (isTensor && !isFlat) {
            CodeBlock size = dims.expr(node.shape().size()).code();
            code.addStatement(
                    "$T.length($S, $L, $L, $S)",
                    CHECKS,
                    argument.name(),
                    name,
                    size,
                    node.shape().toString());
        }
        argument.range().ifPresent(range -> {
            CodeBlock low = dims.expr(range.low()).code();
            CodeBlock high = dims.expr(range.high()).code();
            if (isTensor) {
                CodeBlock size = dims.expr(node.shape().size()).code();
                code.addStatement("$T.range($S, $L, $L, $L, $L)", CHECKS, argument.name(), name, size, low, high);
            } else {
                code.addStatement("$T.range($S, $L, $L, $L)", CHECKS, argument.name(), name, low, high);
            }
        });
    }

    private void keep(Argument argument, boolean flat, CodeBlock.Builder code) {
        String name = naming.of(argument.name());
        boolean differentiated = plan.isDifferentiated(argument.name());
        boolean isScalar = argument.node().shape().isScalar();
        CodeBlock offset = flat && differentiated
                ? dims.expr(gradientOffsets.get(argument.name())).code()
                : CodeBlock.of("0");
        if (flat && differentiated) {
            code.addStatement(
                    isScalar ? "this.$L = parameters[$L]" : "this.$L = parameters", bindings(name, offset, isScalar));
        } else {
            code.addStatement("this.$1L = $1L", name);
        }
        if (differentiated && !isScalar) {
            code.addStatement("this.$L = $L", naming.offsetOf(argument.name()), offset);
        }
    }

    private static Object[] bindings(String name, CodeBlock offset, boolean isScalar) {
        return isScalar ? new Object[] {name, offset} : new Object[] {name};
    }
}
