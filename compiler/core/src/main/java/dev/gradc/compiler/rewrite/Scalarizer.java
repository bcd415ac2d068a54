package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Pack;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.NodeMap;
import dev.gradc.compiler.ir.Reached;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Small tensors of fixed shape become scalars, element by element: their loops unroll, their elements live in local
 * variables, and what is zero or equal between elements folds away. In the bodies of recurrences, too; their states stay
 * tensors.
 */
public final class Scalarizer {

    /** The most elements a tensor may have to become scalars. */
    private static final int MOST_ELEMENTS = 16;

    /** The most terms that a sum or product may unroll to, for all its elements together. */
    private static final int MOST_TERMS = 64;

    /** The index of a scalar. */
    private static final List<int[]> SCALAR = List.of(new int[0]);

    private final NodeFactory graph;
    private final Map<Node, List<Node>> elements = new NodeMap<>();
    private final Map<Node, Node> whole = new NodeMap<>();
    private final Map<Scan.Body, Scan.Body> bodies = new HashMap<>();

    /** Small tensors that loops over larger ones of fixed shape read: they stay tensors, or would be put together again. */
    private final Set<Node> tied = NodeMap.newSet();

    private Scalarizer(NodeFactory graph) {
        this.graph = graph;
    }

    /**
     * What became of each node.
     *
     * @param nodes old node to new node, a pack of its elements where it was taken apart
     * @param elements the elements, row-major, of the nodes that were taken apart
     */
    public record Result(Map<Node, Node> nodes, Map<Node, List<Node>> elements) {}

    /** Takes apart what is small among the nodes {@code reached}. */
    public static Result apply(NodeFactory graph, Reached reached) {
        Scalarizer scalarizer = new Scalarizer(graph);
        scalarizer.wholes(reached);
        return new Result(scalarizer.whole, scalarizer.elements);
    }

    /** {@code roots}, with all below them taken apart. */
    private List<Node> wholes(Collection<Node> roots) {
        return wholes(new Reached(List.copyOf(roots), Graph.reachable(roots, this::isNew)));
    }

    private List<Node> wholes(Reached reached) {
        List<Node> nodes = reached.nodes();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            tie(nodes.get(i));
        }
        nodes.stream().filter(this::isNew).forEach(this::visit);
        return reached.roots().stream().map(this::whole).toList();
    }

    /** Ties the tensors that {@code node} is computed of, where it is larger or tied itself. */
    private void tie(Node node) {
        boolean isElementwise = switch (node.gate().kind()) {
            case POINTWISE, LAYOUT, SCATTER -> true;
            case LEAF, REDUCTION, CONTRACTION, GATHER, PACK, KERNEL, SCAN, CUSTOM -> false;
        };
        boolean isLarger = node.shape().fixedSize().orElse(0) > MOST_ELEMENTS;
        if (isElementwise && (isLarger || tied.contains(node))) {
            node.inputs().stream().filter(input -> !input.shape().isScalar()).forEach(tied::add);
        }
    }

    /** The inputs of {@code node}, each as one node. */
    private List<Node> wholes(Node node) {
        Node[] inputs = new Node[node.inputs().size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = whole(node.input(i));
        }
        return List.of(inputs);
    }

    private boolean isNew(Node node) {
        return !whole.containsKey(node) && !elements.containsKey(node);
    }

    private void visit(Node node) {
        if (node.inputs().isEmpty()) {
            whole.put(node, node);
        } else if (node.is(Scan.SCAN)) {
            List<Node> inputs = wholes(node);
            whole.put(node, graph.make(Scan.SCAN, scalarized((Scan.Result) node.attribute()), inputs));
        } else if (isSmall(node) && !tied.contains(node)) {
            elements.put(node, List.copyOf(expand(node)));
        } else {
            List<Node> inputs = wholes(node);
            boolean isSame = inputs.equals(node.inputs());
            whole.put(node, isSame ? node : graph.make(node.gate(), node.attribute(), inputs));
        }
    }

    /** The same result of the loop with what is small in its body taken apart. */
    private Scan.Result scalarized(Scan.Result result) {
        Scan.Body body = bodies.get(result.body());
        if (body == null) {
            body = result.body()
                    .with(result.body().captures(), wholes(result.body().next()));
            bodies.put(result.body(), body);
        }
        return result instanceof Scan.Sequence sequence
                ? new Scan.Sequence(body, wholes(List.of(sequence.node())).get(0))
                : new Scan.Final(body, ((Scan.Final) result).state());
    }

    private static boolean isSmall(Node node) {
        return switch (node.gate().kind()) {
            case LEAF, GATHER, KERNEL, SCAN, CUSTOM -> false;
            case PACK ->
                isTensorUpTo(node.shape(), MOST_ELEMENTS)
                        && isFixed(Pack.target(node).maps());
            case POINTWISE, LAYOUT ->
                isTensorUpTo(node.shape(), MOST_ELEMENTS) || node.shape().isScalar();
            case SCATTER ->
                node.inputs().size() == 1
                        && isFixed(List.of(((Scatter.Target) node.attribute()).map()))
                        && isTensorUpTo(node.shape(), MOST_ELEMENTS)
                        && node.input(0).shape().fixedSize().orElse(MOST_TERMS + 1) <= MOST_TERMS;
            case REDUCTION ->
                !((Reduction) node.gate()).isPositional()
                        && isTensorUpTo(node.input(0).shape(), MOST_ELEMENTS);
            case CONTRACTION ->
                node.shape().fixedSize().orElse(MOST_ELEMENTS + 1) <= MOST_ELEMENTS && terms(node) <= MOST_TERMS;
        };
    }

    private static boolean isTensorUpTo(Shape shape, int most) {
        return !shape.isScalar() && shape.fixedSize().orElse(most + 1) <= most;
    }

    private static long terms(Node contraction) {
        long terms = 1;
        for (var extent : Contraction.extents(Contraction.labels(contraction), contraction.inputs())
                .values()) {
            OptionalLong fixed = extent.constant();
            if (fixed.isEmpty() || fixed.getAsLong() > MOST_TERMS) {
                return MOST_TERMS + 1;
            }
            terms *= fixed.getAsLong();
        }
        return terms;
    }

    /** {@code node} as one node: its elements put together where it was taken apart. */
    private Node whole(Node node) {
        Node known = whole.get(node);
        if (known == null) {
            List<Node> parts = elements.get(node);
            known = node.shape().isScalar() ? parts.get(0) : Pack.elements(graph, node.shape(), parts);
            whole.put(node, known);
        }
        return known;
    }

    /** The element of {@code node} at {@code index}. */
    private Node element(Node node, int[] index) {
        int flat = 0;
        for (int axis = 0; axis < index.length; axis++) {
            flat = Math.toIntExact(flat * node.shape().dim(axis).constant().orElse(0) + index[axis]);
        }
        List<Node> known = elements.get(node);
        if (known != null) {
            return known.get(flat);
        }
        if (node.shape().isScalar()) {
            return whole(node);
        }
        if (node.attribute() instanceof Leaf.Constant constant) {
            return Leaf.constant(graph, constant.value(), new Type(node.type().element(), Shape.SCALAR));
        } else if (node.attribute() instanceof Leaf.Position position) {
            return Leaf.constant(graph, index[position.axis()], new Type(ElementType.INT, Shape.SCALAR));
        }
        List<Affine> at = new ArrayList<>();
        for (int place : index) {
            at.add(Affine.fixed(Dim.of(place), 0));
        }
        return new Term(graph, whole(node)).view(new IndexMap(at, Shape.SCALAR)).node();
    }

    private List<Node> expand(Node node) {
        return switch (node.gate().kind()) {
            case POINTWISE -> pointwise(node);
            case LAYOUT -> view(node);
            case REDUCTION -> reduce(node);
            case CONTRACTION -> contract(node);
            case SCATTER -> scatter(node);
            case PACK -> pack(node);
            case LEAF, GATHER, KERNEL, SCAN, CUSTOM -> throw new IllegalStateException("not taken apart: " + node);
        };
    }

    private List<Node> pointwise(Node node) {
        List<Node> result = new ArrayList<>();
        for (int[] index : indices(node.shape())) {
            Node[] inputs = new Node[node.inputs().size()];
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = element(node.input(i), index);
            }
            result.add(graph.make(node.gate(), node.attribute(), List.of(inputs)));
        }
        return result;
    }

    private List<Node> view(Node node) {
        IndexMap map = (IndexMap) node.attribute();
        List<Node> result = new ArrayList<>();
        for (int[] index : indices(node.shape())) {
            Node source = node.input(0);
            if (isFixed(List.of(map))
                    && (elements.containsKey(source)
                            || source.shape().fixedSize().isPresent())) {
                result.add(element(source, source(map, index)));
            } else {
                List<Affine> at = map.sources().stream().map(s -> fix(s, index)).toList();
                result.add(new Term(graph, whole(source))
                        .view(new IndexMap(at, Shape.SCALAR))
                        .node());
            }
        }
        return result;
    }

    /** Whether the indices of {@code maps}, all over fixed shapes, are numbers. */
    private static boolean isFixed(List<IndexMap> maps) {
        return maps.stream()
                .flatMap(map -> map.sources().stream())
                .allMatch(source -> source.offset().constant().isPresent());
    }

    private static Affine fix(Affine source, int[] index) {
        Dim at = source.offset();
        for (int axis = 0; axis < index.length; axis++) {
            at = at.plus(source.coefficients().get(axis).times(Dim.of(index[axis])));
        }
        return Affine.fixed(at, 0);
    }

    private static int[] source(IndexMap map, int[] index) {
        return map.sources().stream()
                .mapToInt(s -> (int) s.evaluate(Map.of(), index))
                .toArray();
    }

    private List<Node> reduce(Node node) {
        List<Integer> axes = Reduction.axes(node);
        Map<List<Integer>, Node> sums = new HashMap<>();
        for (int[] index : indices(node.input(0).shape())) {
            List<Integer> kept = new ArrayList<>();
            for (int axis = 0; axis < index.length; axis++) {
                if (!axes.contains(axis)) {
                    kept.add(index[axis]);
                }
            }
            Gate combiner = ((Reduction) node.gate()).combiner();
            sums.merge(kept, element(node.input(0), index), (sum, next) -> graph.make(combiner, sum, next));
        }
        return inOrder(node, sums);
    }

    private List<Node> contract(Node node) {
        Contraction.Labels labels = Contraction.labels(node);
        Map<Integer, Dim> extents = Contraction.extents(labels, node.inputs());
        List<Integer> order = List.copyOf(extents.keySet());
        Map<List<Integer>, Node> sums = new HashMap<>();
        for (int[] index : indices(new Shape(List.copyOf(extents.values())))) {
            Node left = element(node.input(0), pick(labels.left(), order, index));
            Node right = element(node.input(1), pick(labels.right(), order, index));
            Node product = graph.make(Arithmetic.MULTIPLY, left, right);
            List<Integer> out =
                    labels.out().stream().map(l -> index[order.indexOf(l)]).toList();
            sums.merge(out, product, (sum, next) -> graph.make(Arithmetic.ADD, sum, next));
        }
        return inOrder(node, sums);
    }

    private static int[] pick(List<Integer> labels, List<Integer> order, int[] index) {
        return labels.stream().mapToInt(label -> index[order.indexOf(label)]).toArray();
    }

    private List<Node> scatter(Node node) {
        IndexMap map = ((Scatter.Target) node.attribute()).map();
        Map<List<Integer>, Node> sums = new HashMap<>();
        for (int[] index : indices(map.shape())) {
            List<Integer> target = Arrays.stream(source(map, index)).boxed().toList();
            sums.merge(target, element(node.input(0), index), (sum, next) -> graph.make(Arithmetic.ADD, sum, next));
        }
        return inOrder(node, sums);
    }

    private List<Node> pack(Node node) {
        Map<List<Integer>, Node> parts = new HashMap<>();
        List<IndexMap> maps = Pack.target(node).maps();
        for (int i = 0; i < maps.size(); i++) {
            for (int[] index : indices(maps.get(i).shape())) {
                List<Integer> target =
                        Arrays.stream(source(maps.get(i), index)).boxed().toList();
                parts.put(target, element(node.input(i), index));
            }
        }
        return inOrder(node, parts);
    }

    /** The elements of {@code node}, row-major: zero where {@code byIndex} has none. */
    private List<Node> inOrder(Node node, Map<List<Integer>, Node> byIndex) {
        Node zero = Leaf.constant(graph, 0, new Type(node.type().element(), Shape.SCALAR));
        List<Node> result = new ArrayList<>();
        for (int[] index : indices(node.shape())) {
            result.add(byIndex.getOrDefault(Arrays.stream(index).boxed().toList(), zero));
        }
        return result;
    }

    /** All indices of a tensor of fixed {@code shape}, row-major. */
    private static List<int[]> indices(Shape shape) {
        if (shape.isScalar()) {
            return SCALAR;
        }
        List<int[]> indices = new ArrayList<>();
        int count = Math.toIntExact(shape.fixedSize().orElseThrow());
        for (int flat = 0; flat < count; flat++) {
            int[] index = new int[shape.rank()];
            int rest = flat;
            for (int axis = index.length - 1; axis >= 0; axis--) {
                int extent = Math.toIntExact(shape.dim(axis).constant().orElseThrow());
                index[axis] = rest % extent;
                rest /= extent;
            }
            indices.add(index);
        }
        return indices;
    }
}
