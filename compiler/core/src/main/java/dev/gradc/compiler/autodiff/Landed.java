package dev.gradc.compiler.autodiff;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Gather;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Reductions;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What lands in a variable of which the rest is zero.
 *
 * @param graph makes its nodes
 * @param values the elements
 * @param selection the place of each in the variable; input k + 1 of it is {@code indices[k]}
 * @param indices int tensors of the shape of {@code values}
 * @param variable the variable's shape
 */
record Landed(NodeFactory graph, Node values, Gather.Selection selection, List<Node> indices, Shape variable) {

    Landed {
        indices = List.copyOf(indices);
    }

    /** What the plain {@code scatter} leaves. */
    static Landed of(NodeFactory graph, Node scatter) {
        Scatter.Target target = Scatter.target(scatter);
        List<Node> indices = scatter.inputs().subList(1, scatter.inputs().size());
        return new Landed(graph, scatter.input(0), target.selection(), indices, target.shape());
    }

    /** All of {@code gradient}. */
    static Landed whole(NodeFactory graph, Node gradient) {
        Shape shape = gradient.shape();
        IndexMap identity = new IndexMap(Affine.axes(shape.rank()), shape);
        return new Landed(graph, gradient, Gather.Selection.of(identity), List.of(), shape);
    }

    /** The same places with the negative elements. */
    Landed negated() {
        return new Landed(graph, graph.make(Arithmetic.NEGATE, values), selection, indices, variable);
    }

    Shape shape() {
        return values.shape();
    }

    /** About how many elements it has. */
    double size() {
        return Work.size(shape().dims());
    }

    /** The int tensor that is added to the place along {@code axis} of the variable; null for none. */
    Node loaded(int axis) {
        int input = selection.loaded().get(axis);
        return input == 0 ? null : indices.get(input - 1);
    }

    /** The row-major position in the variable behind {@code offset}, but for what is loaded. */
    Affine place(Dim offset) {
        Affine place = Affine.fixed(offset, shape().rank());
        for (int axis = 0; axis < variable.rank(); axis++) {
            place = place.plus(selection.map().sources().get(axis).times(variable.stride(axis)));
        }
        return place;
    }

    /** The row-major position of each element in the variable behind {@code offset}, as ints. */
    Node positions(Dim offset) {
        Node loaded = null;
        for (int axis = 0; axis < variable.rank(); axis++) {
            if (loaded(axis) != null) {
                Node moved = times(loaded(axis), variable.stride(axis));
                loaded = loaded == null ? moved : graph.make(Arithmetic.ADD, loaded, moved);
            }
        }
        Node affine = affine(place(offset));
        return loaded == null ? affine : graph.make(Arithmetic.ADD, affine, loaded);
    }

    /** {@code index} at every position of the elements' shape, as ints. */
    private Node affine(Affine index) {
        Node sum = new Term(graph, Leaf.extent(graph, index.offset()))
                .broadcast(shape(), List.of())
                .node();
        for (int axis = 0; axis < shape().rank(); axis++) {
            Dim coefficient = index.coefficients().get(axis);
            if (!coefficient.equals(Dim.ZERO)) {
                Node moved = times(Leaf.position(graph, axis, shape()), coefficient);
                sum = Leaf.isConstant(sum, 0) ? moved : graph.make(Arithmetic.ADD, sum, moved);
            }
        }
        return sum;
    }

    private Node times(Node node, Dim factor) {
        if (factor.equals(Dim.ONE)) {
            return node;
        }
        Node scale = new Term(graph, Leaf.extent(graph, factor))
                .broadcast(node.shape(), List.of())
                .node();
        return graph.make(Arithmetic.MULTIPLY, node, scale);
    }

    /** This with one element for each place: added up along axes that have no say in where elements land. */
    Landed summed() {
        List<Integer> idle =
                IntStream.range(0, shape().rank()).filter(this::isIdle).boxed().toList();
        if (idle.isEmpty()) {
            return this;
        }
        Node sum = new Term(graph, values).reduce(Reductions.SUM, idle).node();
        List<Node> rest = indices.stream().map(index -> first(index, idle)).toList();
        return new Landed(graph, sum, without(idle), rest, variable);
    }

    /** The selection where elements are at position 0 of {@code axes}, and have only the others. */
    private Gather.Selection without(List<Integer> axes) {
        List<Integer> kept = IntStream.range(0, shape().rank())
                .filter(axis -> !axes.contains(axis))
                .boxed()
                .toList();
        List<Affine> sources = selection.map().sources().stream()
                .map(source -> new Affine(
                        source.offset(),
                        kept.stream().map(source.coefficients()::get).toList()))
                .toList();
        return new Gather.Selection(new IndexMap(sources, shape().without(axes)), selection.loaded());
    }

    /**
     * Of the elements {@code all}, in place of these, those at position {@code index} along {@code axis}.
     *
     * @param index ints of the elements' shape, the same all along the axis
     */
    Optional<Landed> picked(Node all, int axis, Node index) {
        List<Integer> axes = List.of(axis);
        List<Integer> moved = IntStream.range(0, variable.rank())
                .filter(place -> !source(place).coefficients().get(axis).equals(Dim.ZERO))
                .boxed()
                .toList();
        if (moved.size() != 1 || !indices.stream().allMatch(other -> isRepeated(other, axes))) {
            return Optional.empty();
        }
        int place = moved.get(0);
        Node own = first(index, axes);
        List<Node> rest = new ArrayList<>();
        indices.forEach(other -> rest.add(first(other, axes)));
        Node there = times(own, source(place).coefficients().get(axis));
        rest.add(loaded(place) == null ? there : graph.make(Arithmetic.ADD, first(loaded(place), axes), there));
        Gather.Selection narrow = without(axes);
        List<Integer> loads = new ArrayList<>(narrow.loaded());
        loads.set(place, rest.size());
        Node elements = isRepeated(all, axes) ? first(all, axes) : entry(all, axis, own);
        return Optional.of(new Landed(graph, elements, new Gather.Selection(narrow.map(), loads), rest, variable));
    }

    /** The entry of each row of {@code tensor} along {@code axis} that {@code index} tells. */
    private Node entry(Node tensor, int axis, Node index) {
        int rank = index.shape().rank();
        List<Affine> sources = new ArrayList<>(Affine.axes(rank));
        sources.add(axis, Affine.fixed(Dim.ZERO, rank));
        List<Integer> loads = new ArrayList<>(Collections.nCopies(rank, 0));
        loads.add(axis, 1);
        Gather.Selection entry = new Gather.Selection(new IndexMap(sources, index.shape()), loads);
        return graph.make(Gather.GATHER, entry, List.of(tensor, index));
    }

    private boolean isIdle(int axis) {
        return selection.map().sources().stream()
                        .allMatch(source -> source.coefficients().get(axis).equals(Dim.ZERO))
                && indices.stream().allMatch(index -> isRepeated(index, List.of(axis)));
    }

    /** Whether {@code tensor} is provably the same all along {@code axes}. */
    boolean isRepeated(Node tensor, List<Integer> axes) {
        List<Integer> others = IntStream.range(0, tensor.shape().rank())
                .filter(axis -> !axes.contains(axis))
                .boxed()
                .toList();
        return new Term(graph, first(tensor, axes))
                .broadcast(tensor.shape(), others)
                .node()
                .equals(tensor);
    }

    /** {@code tensor} at position 0 of {@code axes}, without these. */
    private Node first(Node tensor, List<Integer> axes) {
        List<Affine> sources = new ArrayList<>();
        Shape rest = tensor.shape().without(axes);
        int next = 0;
        for (int axis = 0; axis < tensor.shape().rank(); axis++) {
            sources.add(axes.contains(axis) ? Affine.fixed(Dim.ZERO, rest.rank()) : Affine.axis(next++, rest.rank()));
        }
        return new Term(graph, tensor).view(new IndexMap(sources, rest)).node();
    }

    /** The one int that all elements load along {@code axis} of the variable; null where they load none, or several. */
    Node loadedAlike(int axis) {
        Node index = loaded(axis);
        List<Integer> all = IntStream.range(0, shape().rank()).boxed().toList();
        return index != null && isRepeated(index, all) ? first(index, all) : null;
    }

    /** Whether all elements have one place along {@code axis} of the variable. */
    boolean isFixed(int axis) {
        boolean isFixed =
                selection.map().sources().get(axis).coefficients().stream().allMatch(Dim.ZERO::equals);
        return isFixed && (loaded(axis) == null || loadedAlike(axis) != null);
    }

    /** Where all elements are along {@code axis} of the variable, but for what is loaded. */
    Affine source(int axis) {
        return selection.map().sources().get(axis);
    }
}
