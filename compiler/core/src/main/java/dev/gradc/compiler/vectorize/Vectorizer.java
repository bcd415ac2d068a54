package dev.gradc.compiler.vectorize;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Axes;
import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.Custom;
import dev.gradc.compiler.gate.Gather;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Kernel;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Pack;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.gate.Symbols;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.gate.View;
import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Turns a value that depends on a loop index into the tensor of its values for all indices, with a new first axis. Each
 * kind of gate says once how it works along one more axis; what does not depend on the index is not repeated.
 */
public final class Vectorizer {

    private final NodeFactory graph;
    private final LoopAxis index;
    private final Map<Node, Node> along = new HashMap<>();
    private final Map<Scan.Body, Scan.Body> bodies = new HashMap<>();

    private Vectorizer(NodeFactory graph, LoopAxis index) {
        this.graph = graph;
        this.index = index;
    }

    /** The values of {@code node} for all values of {@code index}, along a new first axis. */
    public static Node apply(NodeFactory graph, LoopAxis index, Node node) {
        Vectorizer vectorizer = new Vectorizer(graph, index);
        for (Node below : Graph.reachable(List.of(node), n -> n.id() >= index.firstNode())) {
            vectorizer.visit(below);
        }
        return vectorizer.repeated(node);
    }

    private void visit(Node node) {
        boolean depends = node.inputs().stream().anyMatch(along::containsKey) || Symbols.mentions(node, index.symbol());
        if (depends) {
            along.put(node, vectorized(node));
        }
    }

    /** {@code node} along the new axis, whether it depends on the index or not. */
    private Node repeated(Node node) {
        Node known = along.get(node);
        if (known != null) {
            return known;
        }
        List<Integer> axes =
                IntStream.rangeClosed(1, node.shape().rank()).boxed().toList();
        return new Term(graph, node).broadcast(extended(node.shape()), axes).node();
    }

    private Shape extended(Shape shape) {
        List<Dim> dims = new ArrayList<>(List.of(index.extent()));
        dims.addAll(shape.dims());
        return new Shape(dims);
    }

    private Node vectorized(Node node) {
        return switch (node.gate().kind()) {
            case LEAF -> position(((Leaf.Extent) node.attribute()).dim());
            case POINTWISE -> remake(node, node.attribute());
            case REDUCTION ->
                remake(
                        node,
                        new Axes(Reduction.axes(node).stream()
                                .map(axis -> axis + 1)
                                .toList()));
            case CONTRACTION -> contraction(node);
            case LAYOUT -> view(node);
            case GATHER -> gather(node);
            case SCATTER -> scatter(node);
            case KERNEL -> remake(node, ((Kernel) node.gate()).along(node.attribute(), index.extent()));
            case SCAN -> scan(node);
            case CUSTOM -> remake(node, along((Custom.Rule) node.attribute()));
            case PACK -> pack(node, Pack.target(node));
        };
    }

    /** A loop whose states and captures have one more axis; a sequence has it behind its own. */
    private Node scan(Node node) {
        Scan.Result result = (Scan.Result) node.attribute();
        Scan.Body body = bodies.computeIfAbsent(result.body(), this::along);
        List<Node> inputs = node.inputs().stream().map(this::repeated).toList();
        if (result instanceof Scan.Final last) {
            return graph.make(Scan.SCAN, new Scan.Final(body, last.state()), inputs);
        }
        Node inner =
                inBody(result.body(), List.of(((Scan.Sequence) result).node())).get(0);
        Node sequence = graph.make(Scan.SCAN, new Scan.Sequence(body, inner), inputs);
        List<Integer> order = new ArrayList<>(List.of(1, 0));
        IntStream.range(2, sequence.shape().rank()).forEach(order::add);
        return new Term(graph, sequence)
                .view(IndexMap.permutation(sequence.shape(), order))
                .node();
    }

    private Scan.Body along(Scan.Body body) {
        Vectorizer inner = new Vectorizer(graph, index);
        List<Node> states = body.states().stream().map(inner::extendedVariable).toList();
        List<Node> captures =
                body.captures().stream().map(inner::extendedVariable).toList();
        return body.with(states, captures, inBody(body, body.next()));
    }

    /** {@code roots} in {@code body} with one more axis. */
    private List<Node> inBody(Scan.Body body, List<Node> roots) {
        Vectorizer inner = new Vectorizer(graph, index);
        body.states().forEach(inner::extendedVariable);
        body.captures().forEach(inner::extendedVariable);
        for (Node below : Graph.reachable(roots)) {
            if (!inner.along.containsKey(below)) {
                inner.visit(below);
            }
        }
        return roots.stream().map(inner::repeated).toList();
    }

    /** The rule of a custom gate with one more axis: over placeholders that have it, too. */
    private Custom.Rule along(Custom.Rule rule) {
        Vectorizer inner = new Vectorizer(graph, index);
        List<Node> parameters =
                rule.parameters().stream().map(inner::extendedVariable).toList();
        Node upstream = inner.extendedVariable(rule.upstream());
        for (Node below : Graph.reachable(rule.backward())) {
            if (!inner.along.containsKey(below)) {
                inner.visit(below);
            }
        }
        List<Node> backward = rule.backward().stream().map(inner::repeated).toList();
        return new Custom.Rule(rule.name(), parameters, upstream, backward);
    }

    private Node extendedVariable(Node variable) {
        String name = ((Leaf.Variable) variable.attribute()).name();
        Type type = new Type(variable.type().element(), extended(variable.shape()));
        Node wider = Leaf.variable(graph, name, type);
        along.put(variable, wider);
        return wider;
    }

    private Node remake(Node node, Attribute attribute) {
        return graph.make(
                node.gate(),
                attribute,
                node.inputs().stream().map(this::repeated).toList());
    }

    /** The values of {@code dim}, which the index is in. */
    private Node position(Dim dim) {
        Shape shape = extended(Shape.SCALAR);
        Node position = Leaf.position(graph, 0, shape);
        Dim step = dim.coefficientOf(index.symbol());
        Dim start = dim.substitute(index.symbol(), index.low());
        Node scaled = step.equals(Dim.ONE) ? position : graph.make(Arithmetic.MULTIPLY, position, filled(step, shape));
        return start.equals(Dim.ZERO) ? scaled : graph.make(Arithmetic.ADD, scaled, filled(start, shape));
    }

    private Node filled(Dim dim, Shape shape) {
        return new Term(graph, Leaf.extent(graph, dim))
                .broadcast(shape, List.of())
                .node();
    }

    private Node contraction(Node node) {
        Contraction.Labels labels = Contraction.labels(node);
        List<Integer> all = new ArrayList<>(labels.left());
        all.addAll(labels.right());
        all.addAll(labels.out());
        int own = all.stream().mapToInt(label -> label + 1).max().orElse(0);
        Contraction.Labels extended = new Contraction.Labels(
                along.containsKey(node.input(0)) ? prepended(own, labels.left()) : labels.left(),
                along.containsKey(node.input(1)) ? prepended(own, labels.right()) : labels.right(),
                prepended(own, labels.out()));
        List<Node> inputs = node.inputs().stream()
                .map(input -> along.getOrDefault(input, input))
                .toList();
        return graph.make(Contraction.CONTRACT, extended, inputs);
    }

    private static <T> List<T> prepended(T first, List<T> rest) {
        List<T> all = new ArrayList<>(List.of(first));
        all.addAll(rest);
        return all;
    }

    private Node view(Node node) {
        boolean moves = along.containsKey(node.input(0));
        IndexMap map = extended((IndexMap) node.attribute(), moves);
        return graph.make(View.VIEW, map, List.of(along.getOrDefault(node.input(0), node.input(0))));
    }

    private Node gather(Node node) {
        boolean moves = along.containsKey(node.input(0));
        Gather.Selection selection = Gather.selection(node);
        List<Integer> loaded = moves ? prepended(0, selection.loaded()) : selection.loaded();
        List<Node> inputs = new ArrayList<>();
        inputs.add(along.getOrDefault(node.input(0), node.input(0)));
        node.inputs().stream().skip(1).map(this::repeated).forEach(inputs::add);
        return graph.make(Gather.GATHER, new Gather.Selection(extended(selection.map(), moves), loaded), inputs);
    }

    private Node scatter(Node node) {
        Scatter.Target target = Scatter.target(node);
        List<Scatter.Part> parts = target.parts().stream()
                .map(part -> new Scatter.Part(extended(part.selection()), part.stored()))
                .toList();
        return remake(node, new Scatter.Target(parts, extended(target.shape()), target.filled()));
    }

    private Gather.Selection extended(Gather.Selection selection) {
        return new Gather.Selection(extended(selection.map(), true), prepended(0, selection.loaded()));
    }

    private Node pack(Node node, Pack.Target target) {
        List<IndexMap> maps =
                target.maps().stream().map(map -> extended(map, true)).toList();
        return remake(node, new Pack.Target(extended(target.shape()), maps, target.filled()));
    }

    private IndexMap extended(IndexMap map, boolean moves) {
        return map.along(index.symbol(), index.low(), index.extent(), moves);
    }
}
