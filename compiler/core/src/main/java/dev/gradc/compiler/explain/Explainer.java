package dev.gradc.compiler.explain;

import dev.gradc.compiler.autodiff.Differentiator;
import dev.gradc.compiler.autodiff.Entries;
import dev.gradc.compiler.explain.Explanation.Count;
import dev.gradc.compiler.explain.Explanation.Derived;
import dev.gradc.compiler.explain.Explanation.Found;
import dev.gradc.compiler.gate.Custom;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Type;
import dev.gradc.compiler.lower.Derivation;
import dev.gradc.compiler.lower.LoweredModel;
import dev.gradc.compiler.lower.LoweredModel.Argument;
import dev.gradc.compiler.rewrite.SimplifiedModel;
import dev.gradc.compiler.rewrite.Simplifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Explains one model: simplifies and differentiates it as the compiler does, and writes down what comes of it before
 * small tensors are taken apart and loops are fused, which is of no interest to a reader.
 */
public final class Explainer {

    private final Simplifier simplifier;
    private final Simplifier derivatives;
    private final LoweredModel model;
    private final Places places = new Places();
    private final Map<Node, Node> adjoints = new LinkedHashMap<>();
    private final List<Node> outputs;
    private final List<Node> gradients = new ArrayList<>();
    private final Names names;

    private Explainer(LoweredModel lowered, Set<String> withoutRules) {
        SimplifiedModel simplified = SimplifiedModel.of(lowered, withoutRules);
        simplifier = simplified.values();
        derivatives = simplified.derivatives();
        model = simplified.model();
        places.add(lowered);
        places.add(model);
        if (model.target().isPresent()) {
            differentiate(model.target().get().node());
        }
        List<Node> roots = new ArrayList<>(model.results());
        roots.addAll(gradients);
        roots.addAll(model.definitions().keySet());
        roots.addAll(adjoints.values());
        Map<Node, Node> erased = Custom.erase(simplifier, roots);
        outputs = model.outputs().stream()
                .map(output -> erased.get(output.node()))
                .toList();
        gradients.replaceAll(erased::get);
        adjoints.replaceAll((primal, adjoint) -> erased.get(adjoint));
        names = names(erased);
    }

    /**
     * The explanation of {@code lowered}.
     *
     * @param code what the compiler makes of it
     * @param withoutRules the names of the simplifier's rules that are switched off
     * @param dims values for some of the runtime dims
     * @throws UnfitDimsException where these, and any others tried, make no sense
     */
    public static Explanation explain(
            LoweredModel lowered, CompiledCode code, Set<String> withoutRules, Map<String, Integer> dims) {
        Map<String, Integer> nominal = code.dims(lowered, dims);
        return new Explainer(lowered, withoutRules).explain(code, nominal);
    }

    private Explanation explain(CompiledCode code, Map<String, Integer> dims) {
        List<Node> roots = new ArrayList<>(outputs);
        roots.addAll(gradients);
        Board board = new Board(names, roots);
        List<Equation> primal = new ArrayList<>(board.write(outputs));
        for (int i = 0; i < outputs.size(); i++) {
            alias(board, model.outputs().get(i).name(), outputs.get(i), primal);
        }
        List<Equation> derivative = new ArrayList<>(board.write(gradients));
        for (int i = 0; i < gradients.size(); i++) {
            alias(board, derivative(model.wrt().get(i).name()), gradients.get(i), derivative);
        }
        Findings findings = new Findings(places);
        List<Node> variables = model.wrt().stream().map(Argument::node).toList();
        List<Found> patterns = gradients.isEmpty()
                ? List.of()
                : findings.patterns(model.target().orElseThrow().node(), variables);
        return new Explanation(
                model.name(),
                dims,
                primal,
                derivative,
                patterns,
                findings.rules(simplifier.firings()),
                model.derivations().stream()
                        .map(derivation -> derived(derivation, code, dims))
                        .toList(),
                code.cost(dims, model.precision()));
    }

    private Derived derived(Derivation derivation, CompiledCode code, Map<String, Integer> dims) {
        List<String> by = derivation.by().stream().map(Argument::name).toList();
        Count operations = code.operations(derivation.name(), dims);
        Optional<Count> entries = Optional.empty();
        List<Equation> pattern = List.of();
        if (derivation.kind().isSparse()) {
            Entries.Coordinates places = coordinates(derivation);
            entries = Optional.of(CompiledCode.count(places.rows().shape().size(), dims));
            names.put(places.rows(), names.unique("row"));
            names.put(places.columns(), names.unique("column"));
            List<Node> roots = List.of(places.rows(), places.columns());
            pattern = new Board(names, roots).write(roots);
        }
        String kind = derivation.kind().words();
        return new Derived(derivation.name(), kind, derivation.of().name(), by, operations, entries, pattern);
    }

    private Entries.Coordinates coordinates(Derivation derivation) {
        List<Node> variables = derivation.by().stream().map(Argument::node).toList();
        Entries entries = new Entries(simplifier, variables);
        Node of = derivation.of().node();
        return derivation.kind() == Derivation.Kind.SPARSE_HESSIAN ? entries.hessian(of) : entries.jacobian(of);
    }

    private void alias(Board board, String name, Node node, List<Equation> equations) {
        if (!names.of(node).filter(name::equals).isPresent()) {
            equations.addAll(board.alias(name, node));
        }
    }

    private void differentiate(Node target) {
        List<Node> variables = model.wrt().stream().map(Argument::node).toList();
        if (variables.isEmpty()) {
            return;
        }
        Node seed = target.shape().isScalar()
                ? Leaf.constant(simplifier, 1, Type.real(target.shape()))
                : Leaf.variable(simplifier, Leaf.SEED, target.type());
        Differentiator differentiator = new Differentiator(derivatives);
        Map<Node, Term> swept = differentiator.sweep(target, seed, variables);
        swept.keySet().stream()
                .sorted(Comparator.comparingInt(Node::id))
                .forEach(primal -> adjoints.put(primal, swept.get(primal).node()));
        gradients.addAll(differentiator.gradient(target, seed, variables));
    }

    private Names names(Map<Node, Node> erased) {
        Names all = new Names(model.dims());
        List<Node> roots = new ArrayList<>(outputs);
        roots.addAll(gradients);
        Set<Node> reached = Set.copyOf(Graph.reachable(roots));
        model.arguments().forEach(argument -> all.put(argument.node(), argument.name()));
        model.definitions().forEach((node, definition) -> {
            Node moved = erased.get(node);
            if (moved.gate().kind() != Gate.Kind.LEAF && reached.contains(moved)) {
                all.put(moved, definition.name());
            }
        });
        for (int i = 0; i < outputs.size(); i++) {
            if (outputs.get(i).gate().kind() != Gate.Kind.LEAF) {
                all.put(outputs.get(i), model.outputs().get(i).name());
            }
        }
        nameDerivatives(all);
        return all;
    }

    private void nameDerivatives(Names all) {
        Set<Node> primal = Set.copyOf(Graph.reachable(outputs));
        model.target()
                .ifPresent(target -> all.put(
                        Leaf.variable(simplifier, Leaf.SEED, target.node().type()), derivative(target.name())));
        for (int i = 0; i < gradients.size(); i++) {
            if (isDerived(gradients.get(i), primal)) {
                all.put(gradients.get(i), derivative(model.wrt().get(i).name()));
            }
        }
        Map<Node, String> derived = new HashMap<>();
        adjoints.forEach((node, adjoint) -> all.of(node).ifPresent(name -> {
            if (isDerived(adjoint, primal)) {
                derived.putIfAbsent(adjoint, all.suggest(adjoint, derivative(name)));
            }
        }));
        gradients.forEach(gradient -> all.of(gradient).ifPresent(name -> derived.putIfAbsent(gradient, name)));
        places.add(derived);
    }

    private static boolean isDerived(Node node, Set<Node> primal) {
        return node.gate().kind() != Gate.Kind.LEAF && !primal.contains(node);
    }

    /** {@code dScores} for {@code scores}, {@code dx} for {@code x}. */
    private static String derivative(String name) {
        boolean isWord = name.length() > 1 && name.charAt(0) >= 'a' && name.charAt(0) <= 'z';
        return "d" + (isWord ? name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) : name);
    }
}
