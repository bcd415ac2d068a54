package dev.gradc.compiler;

import dev.gradc.compiler.autodiff.Differentiator;
import dev.gradc.compiler.codegen.ClassGenerator;
import dev.gradc.compiler.codegen.DerivedPlan;
import dev.gradc.compiler.codegen.ModelPlan;
import dev.gradc.compiler.gate.Custom;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.NodeMap;
import dev.gradc.compiler.ir.Reached;
import dev.gradc.compiler.ir.Type;
import dev.gradc.compiler.lower.Derivation;
import dev.gradc.compiler.lower.LoweredModel;
import dev.gradc.compiler.lower.LoweredModel.Argument;
import dev.gradc.compiler.lower.LoweredModel.Definition;
import dev.gradc.compiler.rewrite.Accumulation;
import dev.gradc.compiler.rewrite.ExclusiveBranches;
import dev.gradc.compiler.rewrite.LikeTerms;
import dev.gradc.compiler.rewrite.NeighbouringPowers;
import dev.gradc.compiler.rewrite.Scalarizer;
import dev.gradc.compiler.rewrite.SharedReciprocals;
import dev.gradc.compiler.rewrite.SimplifiedModel;
import dev.gradc.compiler.schedule.ProductLayout;
import dev.gradc.compiler.schedule.Program;
import dev.gradc.compiler.schedule.Results;
import dev.gradc.compiler.schedule.Scheduler;
import dev.gradc.compiler.schedule.Vectors;
import dev.gradc.compiler.schedule.Workspace;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What happens to one model between lowering and code generation, top to bottom: simplify, differentiate (which
 * simplifies as it goes), schedule. Simplifying first gives a recognised sigmoid its own short adjoint instead of the
 * chain through exp and division.
 */
final class Pipeline {

    private final NodeFactory factory;
    private final NodeFactory derivatives;
    private final Vectors vectors;
    private final LoweredModel model;
    private final Map<Node, String> names = new LinkedHashMap<>();
    private final Map<Node, String> gradients = new LinkedHashMap<>();
    private final Map<Node, Definition> definitions = new LinkedHashMap<>();

    /** Whether there are recurrences, for which scheduling makes nodes. */
    private boolean hasRecurrences;

    private Pipeline(LoweredModel lowered, CompilerOptions options) {
        vectors = options.vectors() ? Vectors.WRITTEN : Vectors.FOUND;
        SimplifiedModel simplified = SimplifiedModel.of(lowered, options.withoutRules());
        factory = simplified.values();
        derivatives = simplified.derivatives();
        model = simplified.model();
    }

    static ModelPlan plan(LoweredModel lowered, CompilerOptions options) {
        return new Pipeline(lowered, options).plan();
    }

    private ModelPlan plan() {
        model.definitions().forEach((node, definition) -> names.put(node, definition.name()));
        definitions.putAll(model.definitions());
        List<Node> outputs = model.results();
        Optional<Integer> target =
                model.wrt().isEmpty() ? Optional.empty() : model.target().map(model.outputs()::indexOf);
        List<List<Node>> wanted = new ArrayList<>();
        target.ifPresentOrElse(index -> addGradients(outputs, outputs.get(index), wanted), () -> wanted.add(outputs));
        int own = wanted.size();
        List<DerivedNodes> derived = model.derivations().stream()
                .map(derivation -> DerivedNodes.of(derivatives, derivation))
                .toList();
        derived.forEach(nodes -> wanted.add(concat(outputs, nodes.results())));
        List<Results> results = prepared(wanted, own);
        nameOutputs(results.get(0));
        try (Schedules schedules = new Schedules(model.graph(), vectors, hasRecurrences)) {
            return plan(target, results.subList(0, own), derived, results.subList(own, results.size()), schedules);
        }
    }

    /**
     * Schedules all programs.
     *
     * @param own what forward and backward give; then the same for valueAndGradient, if there is one
     * @param derived the nodes of derivations
     * @param further what derivations give, as it is scheduled
     */
    private ModelPlan plan(
            Optional<Integer> target,
            List<Results> own,
            List<DerivedNodes> derived,
            List<Results> further,
            Schedules schedules) {
        List<Supplier<DerivedPlan>> methods = new ArrayList<>();
        for (int i = 0; i < derived.size(); i++) {
            Derivation derivation = model.derivations().get(i);
            nameDerived(derivation, further.get(i));
            methods.add(schedules.derived(derivation, derived.get(i), further.get(i)));
        }
        if (target.isEmpty()) {
            Supplier<Program> forward = schedules.fused(own.get(0));
            List<DerivedPlan> done = methods.stream().map(Supplier::get).toList();
            Set<Node> kept = Set.copyOf(own.get(0).outputs());
            return plan(own.get(0), target, forward.get(), Optional.empty(), Optional.empty(), kept, done);
        }
        own.forEach(this::nameGradients);
        List<Supplier<Program>> fused =
                own.stream().skip(1).map(schedules::fused).toList();
        Scheduler.Split split = Scheduler.split(own.get(0));
        Supplier<Program> forward = schedules.forward(split);
        Supplier<Program> backward = schedules.backward(split);
        // What takes longest is asked for first: others are done meanwhile.
        Program longest = backward.get();
        List<DerivedPlan> done = methods.stream().map(Supplier::get).toList();
        return plan(
                own.get(0),
                target,
                forward.get(),
                Optional.of(longest),
                fused.stream().map(Supplier::get).findFirst(),
                split.kept(),
                done);
    }

    private static List<Node> concat(List<Node> first, List<Node> second) {
        List<Node> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private void addGradients(List<Node> outputs, Node target, List<List<Node>> wanted) {
        wanted.add(derived(outputs, target, Leaf.variable(factory, Leaf.SEED, target.type())));
        if (target.shape().isScalar()) {
            wanted.add(derived(outputs, target, Leaf.constant(factory, 1, Type.real(target.shape()))));
        }
    }

    private void nameDerived(Derivation derivation, Results results) {
        List<Node> own = results.gradients();
        List<String> parts = own.size() == 1 ? List.of("") : List.of("Rows", "Columns", "Values");
        for (int i = 0; i < own.size(); i++) {
            names.putIfAbsent(own.get(i), derivation.name() + parts.get(i));
        }
    }

    /** {@code outputs}, and the gradients of {@code target} by all variables, for {@code seed}. */
    private List<Node> derived(List<Node> outputs, Node target, Node seed) {
        List<Node> variables = model.wrt().stream().map(Argument::node).toList();
        Differentiator differentiator = new Differentiator(derivatives);
        Map<Node, Term> adjoints = differentiator.sweep(target, seed, variables);
        adjoints.forEach((primal, adjoint) -> {
            String name = names.get(primal);
            if (name != null) {
                names.putIfAbsent(adjoint.node(), "d" + ClassGenerator.capitalized(name));
            }
        });
        List<Node> derived = new ArrayList<>(outputs);
        derived.addAll(differentiator.gradients(adjoints, variables));
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
     * values, small tensors taken apart, parts added up in place, loops bound. All together, so that what they share stays
     * shared; but what a derivation gives is not part of the gradient, which the first {@code own} of them give.
     */
    private List<Results> prepared(List<List<Node>> wanted, int own) {
        Set<Node> roots = new LinkedHashSet<>();
        wanted.forEach(roots::addAll);
        Preparation steps = new Preparation(roots);
        if (kinds(steps.now()).contains(Gate.Kind.CUSTOM)) {
            steps.add(renamed(Custom.erase(factory, steps.now().roots())));
        }
        steps.add(renamed(ExclusiveBranches.apply(factory, steps.now())));
        steps.add(renamed(NeighbouringPowers.apply(factory, steps.now())));
        List<Node> outputs = wanted.get(0).subList(0, model.outputs().size());
        steps.add(renamed(LikeTerms.apply(model.graph(), factory, steps.now(), steps.through(outputs))));
        Scalarizer.Result scalars = Scalarizer.apply(factory, steps.now());
        scalars.elements().forEach(this::nameElements);
        steps.add(renamed(scalars.nodes()));
        Set<Gate.Kind> kinds = kinds(steps.now());
        if (kinds.contains(Gate.Kind.SCATTER) || kinds.contains(Gate.Kind.PACK) || kinds.contains(Gate.Kind.SCAN)) {
            steps.add(renamed(Accumulation.apply(factory, steps.now())));
        }
        if (kinds.contains(Gate.Kind.CONTRACTION)) {
            steps.add(renamed(ProductLayout.apply(model.graph(), steps.now())));
        }
        List<List<Node>> together = wanted.stream().map(steps::through).toList();
        steps.add(renamed(SharedReciprocals.apply(model.graph(), steps.now(), together, steps.through(outputs))));
        hasRecurrences = kinds.contains(Gate.Kind.SCAN);
        if (hasRecurrences) {
            steps.add(renamed(Scan.bindAll(model.graph(), steps.now().roots())));
        }
        List<Results> results = new ArrayList<>();
        Set<Node> gradient = new HashSet<>();
        for (List<Node> nodes : wanted) {
            List<Node> moved = steps.through(nodes);
            boolean isOwn = results.size() < own;
            List<Node> primal = moved.subList(0, outputs.size());
            Set<Node> elsewhere = NodeMap.newSet();
            elsewhere.addAll(Graph.reachable(primal));
            elsewhere.addAll(isOwn ? Set.of() : gradient);
            Results distinct =
                    Results.distinct(model.graph(), primal, moved.subList(outputs.size(), moved.size()), elsewhere);
            results.add(distinct);
            gradient.addAll(isOwn ? distinct.gradients() : List.of());
        }
        return results;
    }

    private static Set<Gate.Kind> kinds(Reached reached) {
        Set<Gate.Kind> kinds = EnumSet.noneOf(Gate.Kind.class);
        reached.nodes().forEach(node -> kinds.add(node.gate().kind()));
        return kinds;
    }

    /** What nodes became takes their names and definitions. */
    private Map<Node, Node> renamed(Map<Node, Node> step) {
        handOn(names, step);
        handOn(definitions, step);
        return step;
    }

    private static <V> void handOn(Map<Node, V> values, Map<Node, Node> step) {
        Map<Node, V> moved = new LinkedHashMap<>();
        values.forEach((node, value) -> {
            Node now = step.get(node);
            if (now != null && now != node) {
                moved.putIfAbsent(now, value);
            }
        });
        moved.forEach(values::putIfAbsent);
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
            Set<Node> kept,
            List<DerivedPlan> methods) {
        List<Program> split = new ArrayList<>(List.of(forward));
        backward.ifPresent(split::add);
        List<List<Program>> sequences = new ArrayList<>(List.of(split));
        fused.ifPresent(program -> sequences.add(List.of(program)));
        methods.forEach(method -> method.programs().forEach(program -> sequences.add(List.of(program))));
        Set<Node> derived = new LinkedHashSet<>();
        methods.forEach(method -> derived.addAll(method.results()));
        List<Program> programs = sequences.stream().flatMap(List::stream).toList();
        Set<Node> elsewhere = new HashSet<>(gradients.keySet());
        elsewhere.addAll(results.outputs());
        elsewhere.addAll(derived);
        return new ModelPlan(
                model,
                results.outputs(),
                target,
                forward,
                backward,
                fused,
                methods,
                Workspace.plan(sequences, kept, derived, gradients.keySet()),
                Workspace.slots(programs, elsewhere),
                gradients,
                gradientOffsets(),
                names,
                definitions);
    }

    private Map<String, Dim> gradientOffsets() {
        Map<String, Dim> offsets = new LinkedHashMap<>();
        Dim offset = Dim.ZERO;
        for (Argument argument : model.wrt()) {
            offsets.put(argument.name(), offset);
            offset = offset.plus(argument.node().shape().size());
        }
        return offsets;
    }
}
