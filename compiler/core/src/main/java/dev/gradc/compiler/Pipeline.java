package dev.gradc.compiler;

import dev.gradc.compiler.autodiff.Differentiator;
import dev.gradc.compiler.codegen.ClassGenerator;
import dev.gradc.compiler.codegen.ModelPlan;
import dev.gradc.compiler.gate.Custom;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Type;
import dev.gradc.compiler.lower.LoweredModel;
import dev.gradc.compiler.lower.LoweredModel.Argument;
import dev.gradc.compiler.lower.LoweredModel.Definition;
import dev.gradc.compiler.lower.LoweredModel.Output;
import dev.gradc.compiler.rewrite.RuleSets;
import dev.gradc.compiler.rewrite.Scalarizer;
import dev.gradc.compiler.rewrite.Simplifier;
import dev.gradc.compiler.schedule.Program;
import dev.gradc.compiler.schedule.Results;
import dev.gradc.compiler.schedule.Scheduler;
import dev.gradc.compiler.schedule.Workspace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What happens to one model between lowering and code generation, top to bottom: simplify, differentiate (which
 * simplifies as it goes), schedule. Simplifying first gives a recognised sigmoid its own short adjoint instead of the
 * chain through exp and division.
 */
final class Pipeline {

    private final NodeFactory factory;
    private final LoweredModel model;
    private final Map<Node, String> names = new LinkedHashMap<>();
    private final Map<Node, String> gradients = new LinkedHashMap<>();
    private final Map<Node, Definition> definitions = new LinkedHashMap<>();

    private Pipeline(LoweredModel lowered, boolean simplify) {
        if (simplify) {
            Simplifier simplifier = new Simplifier(lowered.graph(), RuleSets.all(lowered::isWithin));
            factory = simplifier;
            model = lowered.rebuilt(simplifier.rebuild(
                    lowered.outputs().stream().map(Output::node).toList()));
        } else {
            factory = lowered.graph();
            model = lowered;
        }
    }

    static ModelPlan plan(LoweredModel lowered, CompilerOptions options) {
        return new Pipeline(lowered, options.simplify()).plan();
    }

    private ModelPlan plan() {
        model.definitions().forEach((node, definition) -> names.put(node, definition.name()));
        definitions.putAll(model.definitions());
        List<Node> outputs = model.outputs().stream().map(Output::node).toList();
        Optional<Integer> target = model.target().map(model.outputs()::indexOf);
        if (target.isEmpty() || model.wrt().isEmpty()) {
            Results results = prepared(List.of(outputs)).get(0);
            nameOutputs(results);
            Program forward = Scheduler.fused(model.graph(), results);
            return plan(results, target, forward, Optional.empty(), Optional.empty(), Set.copyOf(results.outputs()));
        }
        Node loss = outputs.get(target.get());
        List<List<Node>> wanted = new ArrayList<>();
        wanted.add(derived(outputs, loss, Leaf.variable(factory, Leaf.SEED, loss.type())));
        if (loss.shape().isScalar()) {
            wanted.add(derived(outputs, loss, Leaf.constant(factory, 1, Type.real(loss.shape()))));
        }
        List<Results> results = prepared(wanted);
        nameOutputs(results.get(0));
        results.forEach(this::nameGradients);
        Scheduler.Split programs = Scheduler.split(model.graph(), results.get(0));
        Optional<Program> fused = results.stream().skip(1).findFirst().map(r -> Scheduler.fused(model.graph(), r));
        return plan(
                results.get(0), target, programs.forward(), Optional.of(programs.backward()), fused, programs.kept());
    }

    /** {@code outputs}, and the gradients of {@code target} by all variables, for {@code seed}. */
    private List<Node> derived(List<Node> outputs, Node target, Node seed) {
        List<Node> variables = model.wrt().stream().map(Argument::node).toList();
        Differentiator differentiator = new Differentiator(factory);
        Map<Node, Term> adjoints = differentiator.sweep(target, seed, variables);
        adjoints.forEach((primal, adjoint) -> {
            String name = names.get(primal);
            if (name != null) {
                names.putIfAbsent(adjoint.node(), "d" + ClassGenerator.capitalized(name));
            }
        });
        List<Node> derived = new ArrayList<>(outputs);
        derived.addAll(differentiator.gradient(target, seed, variables));
        return derived;
    }

    private void nameGradients(Results results) {
        for (int i = 0; i < model.wrt().size(); i++) {
            Node gradient = results.gradients().get(i);
            gradients.put(gradient, model.wrt().get(i).name());
            names.putIfAbsent(
                    gradient,
                    "grad" + ClassGenerator.capitalized(model.wrt().get(i).name()));
        }
    }

    /**
     * Each of {@code wanted}, which starts with the model's outputs, ready to be scheduled: custom gates replaced by their
     * values, small tensors taken apart, loops bound. All together, so that what they share stays shared.
     */
    private List<Results> prepared(List<List<Node>> wanted) {
        Set<Node> roots = new LinkedHashSet<>();
        wanted.forEach(roots::addAll);
        Map<Node, Node> erased = Custom.erase(factory, roots);
        erased.forEach(this::rename);
        Scalarizer.Result scalars = Scalarizer.apply(factory, values(roots, erased));
        scalars.elements().forEach(this::nameElements);
        scalars.nodes().forEach(this::rename);
        Map<Node, Node> bound = Scan.bindAll(factory, values(values(roots, erased), scalars.nodes()));
        bound.forEach(this::rename);
        List<Results> results = new ArrayList<>();
        for (List<Node> nodes : wanted) {
            List<Node> moved = values(values(values(nodes, erased), scalars.nodes()), bound);
            int outputs = model.outputs().size();
            results.add(
                    Results.distinct(model.graph(), moved.subList(0, outputs), moved.subList(outputs, moved.size())));
        }
        return results;
    }

    private static List<Node> values(Collection<Node> nodes, Map<Node, Node> moved) {
        return nodes.stream().map(moved::get).toList();
    }

    /** {@code moved} takes the name and the definition of {@code node}. */
    private void rename(Node node, Node moved) {
        if (names.containsKey(node)) {
            names.putIfAbsent(moved, names.get(node));
        }
        if (definitions.containsKey(node)) {
            definitions.putIfAbsent(moved, definitions.get(node));
        }
    }

    /** Names the elements of a named tensor after it, and says at the first one where the tensor is defined. */
    private void nameElements(Node tensor, List<Node> elements) {
        String name = names.get(tensor);
        if (name == null || tensor.shape().isScalar()) {
            return;
        }
        for (int i = 0; i < elements.size(); i++) {
            names.putIfAbsent(elements.get(i), name + i);
        }
        Definition definition = definitions.get(tensor);
        if (definition != null) {
            definitions.putIfAbsent(elements.get(0), definition);
        }
    }

    private void nameOutputs(Results results) {
        for (int i = 0; i < results.outputs().size(); i++) {
            names.put(results.outputs().get(i), model.outputs().get(i).name());
        }
    }

    private ModelPlan plan(
            Results results,
            Optional<Integer> target,
            Program forward,
            Optional<Program> backward,
            Optional<Program> fused,
            Set<Node> kept) {
        List<Program> split = new ArrayList<>(List.of(forward));
        backward.ifPresent(split::add);
        List<List<Program>> sequences = new ArrayList<>(List.of(split));
        fused.ifPresent(program -> sequences.add(List.of(program)));
        List<Program> programs = sequences.stream().flatMap(List::stream).toList();
        Set<Node> elsewhere = new HashSet<>(gradients.keySet());
        elsewhere.addAll(results.outputs());
        return new ModelPlan(
                model,
                results.outputs(),
                target,
                forward,
                backward,
                fused,
                Workspace.plan(sequences, kept, gradients.keySet()),
                Workspace.slots(programs, elsewhere),
                gradients,
                names,
                definitions);
    }
}
