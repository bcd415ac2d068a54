package dev.gradc.compiler;

import dev.gradc.compiler.codegen.ClassGenerator;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.lower.LoweredModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What callers are told of a model. */
final class Signatures {

    private Signatures() {}

    static ModelInfo of(LoweredModel model) {
        Map<String, String> accessors = ClassGenerator.accessorNames(model);
        List<ModelInfo.Variable> arguments = model.arguments().stream()
                .map(a -> variable(
                        a.name(), a.isParam() ? ModelInfo.Kind.PARAM : ModelInfo.Kind.INPUT, a.node(), a.range(), ""))
                .toList();
        List<ModelInfo.Variable> outputs = model.outputs().stream()
                .map(o ->
                        variable(o.name(), ModelInfo.Kind.OUTPUT, o.node(), Optional.empty(), accessors.get(o.name())))
                .toList();
        return new ModelInfo(
                model.name(),
                model.dims(),
                arguments,
                outputs,
                model.target().map(LoweredModel.Output::name),
                model.wrt().stream().map(LoweredModel.Argument::name).toList());
    }

    private static ModelInfo.Variable variable(
            String name, ModelInfo.Kind kind, Node node, Optional<LoweredModel.Range> range, String accessor) {
        return new ModelInfo.Variable(
                name,
                kind,
                node.type().element(),
                node.shape().dims(),
                range.map(r -> new ModelInfo.Range(r.low(), r.high())),
                accessor);
    }
}
