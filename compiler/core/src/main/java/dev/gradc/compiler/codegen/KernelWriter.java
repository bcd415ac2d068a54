package dev.gradc.compiler.codegen;

import dev.gradc.compiler.gate.Kernel;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.KernelCall;
import java.util.stream.Collectors;

/** Calls of the runtime's methods on whole tensors. */
final class KernelWriter {

    private final ExpressionWriter expressions;
    private final Naming naming;
    private final Dims dims;
    private final JavaTypes types;
    private final JavaText text;

    KernelWriter(ExpressionWriter expressions, Naming naming, Dims dims, JavaTypes types, JavaText text) {
        this.expressions = expressions;
        this.naming = naming;
        this.dims = dims;
        this.types = types;
        this.text = text;
    }

    void write(KernelCall call) {
        String arguments = call.arguments().stream()
                .map(argument -> argument(call.node(), argument))
                .collect(Collectors.joining(", "));
        String owner = JavaText.reference(types.kernels(call.owner()).canonicalName());
        text.statement(owner + "." + call.method() + "(" + arguments + ")");
    }

    private String argument(Node node, Kernel.Argument argument) {
        if (argument instanceof Kernel.Extent extent) {
            return dims.expr(extent.dim()).code();
        } else if (argument instanceof Kernel.Flag flag) {
            return Boolean.toString(flag.value());
        } else if (argument instanceof Kernel.Tensor tensor) {
            return expressions.array(tensor.node());
        }
        return naming.scratch(node);
    }
}
