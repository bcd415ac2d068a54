package dev.gradc.compiler;

import dev.gradc.compiler.codegen.ClassGenerator;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.lower.Derivation;
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
                model.wrt().stream().map(LoweredModel.Argument::name).toList(),
                model.derivations().stream().map(Signatures::derivative).toList());
    }

    private static ModelInfo.Derivative derivative(Derivation derivation) {
        Dim size = derivation.size();
        List<Dim> of = derivation.of().node().shape().dims();
        List<Dim> shape = switch (derivation.kind()) {
            case JACOBIAN, SPARSE_JACOBIAN -> List.of(Dim.product(of), size);
            case HESSIAN, SPARSE_HESSIAN, GAUSS_NEWTON -> List.of(size, size);
            case HESSIAN_DIAGONAL, VJP, HVP, GAUSS_NEWTON_PRODUCT -> List.of(size);
            case JVP -> of;
        };
        Optional<List<Dim>> vector = switch (derivation.kind()) {
            case JVP, HVP, GAUSS_NEWTON_PRODUCT -> Optional.of(List.of(size));
            case VJP -> Optional.of(of);
            default -> Optional.empty();
        };
        return new ModelInfo.Derivative(
                derivation.name(),
                derivation.kind(),
                derivation.of().name(),
                derivation.by().stream().map(LoweredModel.Argument::name).toList(),
                vector,
                shape);
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
