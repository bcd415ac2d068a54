package dev.gradc.compiler;

import dev.gradc.compiler.autodiff.Differentiator;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
            Simplifier simplifier = new Simplifier(lowered.graph(), RuleSets.ALL);
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
            Results results = distinct(outputs, outputs.size());
            nameOutputs(results);
            Program forward = Scheduler.fused(model.graph(), results);
            return plan(results, target, forward, Optional.empty(), Optional.empty(), Set.copyOf(results.outputs()));
        }
        Node loss = outputs.get(target.get());
        Results split = results(outputs, loss, Leaf.variable(factory, Leaf.SEED, loss.type()));
        nameOutputs(split);
        Scheduler.Split programs = Scheduler.split(model.graph(), split);
        Optional<Program> fused = Optional.empty();
        if (loss.shape().isScalar()) {
            Results joint = results(outputs, loss, Leaf.constant(factory, 1, Type.real(loss.shape())));
            fused = Optional.of(Scheduler.fused(model.graph(), joint));
        }
        return plan(split, target, programs.forward(), Optional.of(programs.backward()), fused, programs.kept());
    }

    private Results results(List<Node> outputs, Node target, Node seed) {
        List<Node> variables = model.wrt().stream().map(Argument::node).toList();
        Differentiator differentiator = new Differentiator(factory);
        Map<Node, Term> adjoints = differentiator.sweep(target, seed, variables);
        adjoints.forEach((primal, adjoint) -> {
            String name = names.get(primal);
            if (name != null) {
                names.putIfAbsent(adjoint.node(), "d" + capitalized(name));
            }
        });
        List<Node> derived = new ArrayList<>(outputs);
        derived.addAll(differentiator.gradient(target, seed, variables));
        Results results = distinct(derived, outputs.size());
        for (int i = 0; i < variables.size(); i++) {
            Node gradient = results.gradients().get(i);
            gradients.put(gradient, model.wrt().get(i).name());
            names.putIfAbsent(gradient, "grad" + capitalized(model.wrt().get(i).name()));
        }
        return results;
    }

    /** Results of which the first {@code outputs} are the model's, with small tensors taken apart. */
    private Results distinct(List<Node> derived, int outputs) {
        Map<Node, Node> erased = Custom.erase(factory, derived);
        erased.forEach(this::rename);
        List<Node> all = derived.stream().map(erased::get).toList();
        Scalarizer.Result scalars = Scalarizer.apply(factory, all);
        scalars.elements().forEach(this::nameElements);
        scalars.nodes().forEach(this::rename);
        List<Node> taken = all.stream().map(scalars.nodes()::get).toList();
        Map<Node, Node> bound = Scan.bindAll(factory, taken);
        bound.forEach(this::rename);
        List<Node> moved = taken.stream().map(bound::get).toList();
        return Results.distinct(model.graph(), moved.subList(0, outputs), moved.subList(outputs, moved.size()));
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

    private static String capitalized(String name) {
        int first = name.offsetByCodePoints(0, 1);
        return name.substring(0, first).toUpperCase(Locale.ROOT) + name.substring(first);
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
