package dev.gradc.compiler.gate;

import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.ShapeMismatch;
import dev.gradc.compiler.ir.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sum of products of two tensors over their shared axes: {@code out[o] = sum over labels not in o of left * right}.
 * Matrix products of all transposes, matrix-vector, dot, outer and batched products are one gate; so are their adjoints.
 */
public final class Contraction extends Operation {

    /** Attribute {@link Labels}. */
    public static final Contraction CONTRACT = new Contraction();

    /** Names for the axes: an equal label is the same index. A label of either input is in the other or in the output. */
    public record Labels(List<Integer> left, List<Integer> right, List<Integer> out) implements Attribute {
        public Labels {
            left = List.copyOf(left);
            right = List.copyOf(right);
            out = List.copyOf(out);
        }

        @Override
        public String toString() {
            return letters(left) + "," + letters(right) + "->" + letters(out);
        }

        private static String letters(List<Integer> labels) {
            StringBuilder text = new StringBuilder();
            labels.forEach(label -> text.append((char) ('a' + label)));
            return text.toString();
        }
    }

    private Contraction() {
        super("contract", Kind.CONTRACTION);
    }

    /** The labels of {@code node}. */
    public static Labels labels(Node node) {
        return (Labels) node.attribute();
    }

    /** The extent of each label of {@code labels} on {@code inputs}, in order of appearance. */
    public static Map<Integer, Dim> extents(Labels labels, List<Node> inputs) {
        Map<Integer, Dim> extents = new LinkedHashMap<>();
        bind(extents, labels.left(), inputs.get(0).shape());
        bind(extents, labels.right(), inputs.get(1).shape());
        return extents;
    }

    private static void bind(Map<Integer, Dim> extents, List<Integer> labels, Shape shape) {
        if (labels.size() != shape.rank()) {
            throw new ShapeMismatch("contraction of " + shape + " by " + labels.size() + " labels");
        }
        for (int axis = 0; axis < labels.size(); axis++) {
            Dim known = extents.putIfAbsent(labels.get(axis), shape.dim(axis));
            if (known != null && !known.equals(shape.dim(axis))) {
                throw new ShapeMismatch("contraction of extents " + known + " and " + shape.dim(axis));
            }
        }
    }

    @Override
    public Type type(Attribute attribute, List<Node> inputs) {
        Labels labels = (Labels) attribute;
        if (!inputs.stream().allMatch(Node::isReal)) {
            throw new ShapeMismatch("a product of " + inputs.get(0).type() + " and "
                    + inputs.get(1).type());
        }
        Map<Integer, Dim> extents = extents(labels, inputs);
        return Type.real(new Shape(labels.out().stream().map(extents::get).toList()));
    }

    @Override
    public boolean handsOnZeros(List<Node> inputs) {
        return inputs.stream().anyMatch(Node::isRouted);
    }

    @Override
    public Optional<Flow> flow(Node node) {
        return Optional.of(Flow.SWITCHER);
    }

    @Override
    public Formula formula() {
        return Formula.of("sum of a * b over shared axes", "g @ b'", "a' @ g")
                .note("all matrix products, and sums of products in index notation");
    }

    @Override
    public Optional<Term> adjoint(Site at, Term upstream, int input) {
        Labels labels = labels(at.node());
        Labels swapped = input == 0
                ? new Labels(labels.out(), labels.right(), labels.left())
                : new Labels(labels.left(), labels.out(), labels.right());
        List<Node> inputs = input == 0
                ? List.of(upstream.node(), at.node().input(1))
                : List.of(at.node().input(0), upstream.node());
        return Optional.of(new Term(at.graph(), at.graph().make(CONTRACT, swapped, inputs)));
    }
}
