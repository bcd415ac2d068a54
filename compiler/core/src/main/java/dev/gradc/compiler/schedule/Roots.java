package dev.gradc.compiler.schedule;

import dev.gradc.compiler.cost.Costs;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Chooses the nodes that get a place of their own; all others are virtual, computed where they are used. A root whose
 * uses stand in the loop that computes it costs a local variable only.
 *
 * <p>A virtual value is computed at each step of each loop that reads it: twice where two formulas share it, and once for
 * each product where a matrix product reads it. With a place it is computed once for each of its elements, and each takes
 * {@value #STORE} operations to write. It gets one where that is less: where (evaluations - elements) * work of its formula
 * exceeds {@value #STORE} * elements, extents counted as in {@link Costs}. Reading a place is not counted, since formulas
 * read places, too.
 *
 * <p>Work depends on what is below, evaluations on what is above. So a first pass upwards estimates the work of formulas,
 * a pass downwards finds how often each is evaluated, and a last one upwards chooses.
 */
final class Roots {

    /** An expression is cut off here, so that lines stay readable and methods small. */
    private static final int LARGEST_EXPRESSION = 24;

    /** The operations that writing an element to memory is worth; a scalar is a variable anyway. */
    private static final int STORE = 2;

    private final List<Node> nodes;
    private final boolean[] required;
    private final double[] elements;

    /** For each node the places of its inputs among the nodes; -1 for those that are not there. */
    private final int[][] inputs;

    private final double[] work;
    private final double[] evaluations;

    /** @param nodes in topological order */
    private Roots(List<Node> nodes, Set<Node> required) {
        this.nodes = nodes;
        this.required = new boolean[nodes.size()];
        this.elements = new double[nodes.size()];
        for (int i = 0; i < elements.length; i++) {
            this.required[i] = required.contains(nodes.get(i));
            this.elements[i] = Costs.elements(nodes.get(i));
        }
        this.inputs = places(nodes);
        this.work = new double[nodes.size()];
        this.evaluations = new double[nodes.size()];
    }

    private static int[][] places(List<Node> nodes) {
        Map<Node, Integer> places = new NodeMap<>();
        int[][] inputs = new int[nodes.size()][];
        for (int i = 0; i < inputs.length; i++) {
            List<Node> own = nodes.get(i).inputs();
            inputs[i] = new int[own.size()];
            for (int input = 0; input < own.size(); input++) {
                inputs[i][input] = places.getOrDefault(own.get(input), -1);
            }
            places.put(nodes.get(i), i);
        }
        return inputs;
    }

    /** The roots among what {@code results} reach, in topological order; the results are roots. */
    static Set<Node> choose(Collection<Node> results) {
        return choose(results, Set.of());
    }

    /** @param given nodes that have a place already: they and what is below them are not among the roots */
    static Set<Node> choose(Collection<Node> results, Set<Node> given) {
        List<Node> nodes = Graph.reachable(results, node -> !given.contains(node));
        Set<Node> required = NodeMap.newSet();
        required.addAll(addressed(nodes));
        required.addAll(results);
        for (Node node : nodes) {
            if (hasLoops(node) || StripPlan.isFunction(node)) {
                required.add(node);
            }
        }
        Roots chooser = new Roots(nodes, required);
        chooser.findEvaluations(chooser.upwards());
        return chooser.chosen(chooser.upwards());
    }

    private Set<Node> chosen(boolean[] isRoot) {
        Set<Node> chosen = NodeMap.newSet();
        for (int i = 0; i < isRoot.length; i++) {
            if (isRoot[i]) {
                chosen.add(nodes.get(i));
            }
        }
        return chosen;
    }

    /** What must stand in memory: operands of kernels, and computed values that a view repeats or moves. */
    static Set<Node> addressed(List<Node> nodes) {
        Set<Node> addressed = new LinkedHashSet<>();
        for (Node node : nodes) {
            Optional<KernelCall> call = KernelCall.of(node);
            if (call.isPresent()) {
                call.get().operands().stream()
                        .filter(input -> !isVariable(input))
                        .forEach(addressed::add);
            } else if (node.gate().kind() == Gate.Kind.SCAN) {
                node.inputs().stream().filter(Roots::isComputedByElement).forEach(addressed::add);
            } else if (node.gate().kind() == Gate.Kind.LAYOUT
                    && node.input(0).gate().kind() == Gate.Kind.POINTWISE
                    && node.input(0).type().element() != ElementType.BOOL) {
                addressed.add(node.input(0));
            }
        }
        nodes.stream()
                .filter(node -> node.gate().kind() == Gate.Kind.SCAN)
                .collect(Collectors.groupingBy(Scan::body, LinkedHashMap::new, Collectors.toList()))
                .forEach((body, results) -> addressed.addAll(addressedInside(body, results)));
        return addressed;
    }

    /** What kernels in {@code body}, whose {@code results} are wanted, read of what is outside of it. */
    private static Set<Node> addressedInside(Scan.Body body, List<Node> results) {
        Set<Node> outside = new LinkedHashSet<>();
        List<Node> wanted = new ArrayList<>(body.next());
        for (Node result : results) {
            outside.addAll(result.inputs());
            if (result.attribute() instanceof Scan.Sequence sequence) {
                wanted.add(sequence.node());
            }
        }
        Set<Node> addressed = addressed(Graph.reachable(wanted, node -> !outside.contains(node)));
        addressed.retainAll(outside);
        return addressed;
    }

    /** What a loop reads at every step is better computed once. */
    private static boolean isComputedByElement(Node node) {
        return node.gate().kind() == Gate.Kind.POINTWISE || node.gate().kind() == Gate.Kind.GATHER;
    }

    private static boolean isVariable(Node node) {
        return node.attribute() instanceof Leaf.Variable;
    }

    /** Whether {@code node} is computed by loops or a call of its own. */
    private static boolean hasLoops(Node node) {
        return switch (node.gate().kind()) {
            case REDUCTION, CONTRACTION, SCATTER, KERNEL, SCAN, CUSTOM, PACK -> true;
            case LEAF, LAYOUT, POINTWISE, GATHER -> false;
        };
    }

    /** The roots as far as is known how often each formula is evaluated; sets the work of formulas. */
    private boolean[] upwards() {
        boolean[] isRoot = new boolean[nodes.size()];
        for (int i = 0; i < isRoot.length; i++) {
            Node node = nodes.get(i);
            double sum = isComputedByElement(node) ? Costs.duration(node) : 0;
            for (int input : inputs[i]) {
                sum += input < 0 || isRoot[input] ? 0 : work[input];
            }
            work[i] = sum;
            isRoot[i] = isRoot(i);
        }
        return isRoot;
    }

    private boolean isRoot(int place) {
        Node node = nodes.get(place);
        return required[place]
                || (isComputedByElement(node) && (work[place] > LARGEST_EXPRESSION || isWorthKeeping(place)));
    }

    /** Conditions are cheaper to find again than to load. */
    private boolean isWorthKeeping(int place) {
        Node node = nodes.get(place);
        double again = evaluations[place] - elements[place];
        double store = node.shape().isScalar() ? 0 : STORE * elements[place];
        return node.type().element() != ElementType.BOOL && again * work[place] > store;
    }

    /** Finds how often each formula would be evaluated, if what is not worth keeping by the estimated work is virtual. */
    private void findEvaluations(boolean[] estimated) {
        for (int i = nodes.size() - 1; i >= 0; i--) {
            boolean isRoot = estimated[i] || isRoot(i);
            for (int input = 0; input < inputs[i].length; input++) {
                if (inputs[i][input] >= 0) {
                    evaluations[inputs[i][input]] += isRoot ? iterations(nodes.get(i), input) : evaluations[i];
                }
            }
        }
    }

    /** How often the loops that compute {@code root} read an element of its {@code input}. */
    private static double iterations(Node root, int input) {
        boolean isRead = root.gate().kind() == Gate.Kind.SCATTER
                || root.gate().kind() == Gate.Kind.SCAN
                || KernelCall.of(root).isPresent()
                || root.gate().kind() == Gate.Kind.CUSTOM;
        return isRead
                ? Costs.elements(root.input(input))
                : Costs.nominal(Dim.product(Statement.of(root).extents()));
    }
}
