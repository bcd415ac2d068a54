package dev.gradc.compiler.lower;

import dev.gradc.compiler.gate.Custom;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.syntax.Declaration;
import dev.gradc.compiler.syntax.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gates with a derivative of their own: {@code gate f(x) { forward ...; backward(g) ...; }}. */
final class CustomGates {

    private final ExpressionLowering lowering;

    CustomGates(ExpressionLowering lowering) {
        this.lowering = lowering;
    }

    /** The gate applied to {@code values}; its backward expressions become templates over variables in their place. */
    Node call(Declaration.CustomGate gate, List<Node> values, Scope scope, Expr.Call call) {
        if (gate.backward().size() != gate.parameters().size()) {
            throw lowering.report(LoweringDiagnostics.backwardCount(
                    gate.name().text(),
                    gate.parameters().size(),
                    gate.backward().size(),
                    gate.backward().get(0).span()));
        }
        Node forward = lowering.real(gate.forward(), scope);
        List<Node> places = new ArrayList<>();
        Scope inner = lowering.scope();
        for (int i = 0; i < values.size(); i++) {
            String name = gate.parameters().get(i).name().text();
            Node place = Leaf.variable(
                    lowering.graph(), Custom.placeholder(name), values.get(i).type());
            places.add(place);
            inner = inner.with(name, Leaf.constantValue(values.get(i)).isPresent() ? values.get(i) : place);
        }
        Node upstream = Leaf.variable(lowering.graph(), Custom.placeholder("upstream"), forward.type());
        inner = inner.with(gate.upstream().text(), upstream);
        List<Node> backward = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Expr expr = gate.backward().get(i);
            Node gradient = lowering.real(expr, inner);
            Shape shape = values.get(i).shape();
            boolean fits = Broadcasting.join(gradient.shape(), shape).equals(Optional.of(shape));
            if (!fits) {
                throw lowering.report(LoweringDiagnostics.backwardShape(
                        gate.parameters().get(i).name().text(), values.get(i).type(), gradient.type(), expr.span()));
            }
            backward.add(Broadcasting.to(lowering.graph(), gradient, shape));
        }
        List<Node> inputs = new ArrayList<>(List.of(forward));
        inputs.addAll(values);
        return lowering.graph()
                .make(Custom.CUSTOM, new Custom.Rule(gate.name().text(), places, upstream, backward), inputs);
    }
}
