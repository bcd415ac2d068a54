package dev.gradc.compiler.explain;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.Gather;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.gate.Reductions;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads nodes as operations on whole tensors, where the language's broadcasting allows it. */
final class WholeReader {

    /**
     * A tensor as it is written.
     *
     * @param shape its own shape, which may be less than the node's where it is repeated
     */
    record Whole(Expression expression, Shape shape) {}

    private final Reading reading;

    WholeReader(Reading reading) {
        this.reading = reading;
    }

    /** {@code node} in a formula; empty where it takes indices. */
    Optional<Whole> read(Node node) {
        Node resolved = reading.resolved(node);
        Optional<String> name = reading.name(resolved);
        return name.isPresent()
                ? Optional.of(new Whole(new Expression.Name(name.get()), resolved.shape()))
                : value(resolved);
    }

    /** {@code node} in a place where its shape matters, which what is written must have. */
    Optional<Expression> exact(Node node) {
        return read(node).filter(whole -> whole.shape().equals(node.shape())).map(Whole::expression);
    }

    /** What {@code node} computes, whether or not it has a name. */
    Optional<Whole> value(Node node) {
        return switch (node.gate().kind()) {
            case LEAF -> leaf(node);
            case POINTWISE -> pointwise(node);
            case LAYOUT -> view(node);
            case REDUCTION -> exact(node.input(0)).map(operand -> new Whole(reduced(node, operand), node.shape()));
            case CONTRACTION -> contraction(node).map(product -> new Whole(product, node.shape()));
            case GATHER -> gather(node).map(picked -> new Whole(picked, node.shape()));
            case SCATTER, KERNEL, SCAN, CUSTOM, PACK -> Optional.empty();
        };
    }

    private Optional<Whole> leaf(Node node) {
        if (node.attribute() instanceof Leaf.Constant constant) {
            return Optional.of(new Whole(new Expression.Literal(constant.value()), Shape.SCALAR));
        } else if (node.attribute() instanceof Leaf.Extent extent) {
            return Optional.of(new Whole(new Expression.Extent(reading.readable(extent.dim())), Shape.SCALAR));
        }
        return Optional.empty();
    }

    private Optional<Whole> pointwise(Node node) {
        List<Expression> operands = new ArrayList<>();
        Shape shape = Shape.SCALAR;
        int tensors = 0;
        for (Node input : node.inputs()) {
            Optional<Whole> operand = read(input);
            if (operand.isEmpty()) {
                return Optional.empty();
            }
            operands.add(operand.get().expression());
            shape = broadcast(shape, operand.get().shape());
            tensors += operand.get().shape().isScalar() ? 0 : 1;
        }
        return Optional.of(new Whole(Reading.apply((Pointwise) node.gate(), operands, tensors > 1), shape));
    }

    private static Shape broadcast(Shape left, Shape right) {
        boolean isLeftLonger = left.rank() >= right.rank();
        Shape longer = isLeftLonger ? left : right;
        Shape shorter = isLeftLonger ? right : left;
        List<Dim> dims = new ArrayList<>(longer.dims());
        int missing = longer.rank() - shorter.rank();
        for (int axis = 0; axis < shorter.rank(); axis++) {
            if (dims.get(missing + axis).is(1)) {
                dims.set(missing + axis, shorter.dim(axis));
            }
        }
        return new Shape(dims);
    }

    private Optional<Whole> view(Node node) {
        IndexMap map = (IndexMap) node.attribute();
        Shape from = node.input(0).shape();
        if (isBroadcast(map, from)) {
            return read(node.input(0));
        }
        return exact(node.input(0))
                .flatMap(operand -> isTranspose(map, from)
                        ? Optional.<Expression>of(new Expression.Transpose(operand))
                        : slices(map, from).map(slices -> new Expression.Element(operand, slices)))
                .map(expression -> new Whole(expression, node.shape()));
    }

    /** Whether {@code map} only repeats, as operands of elementwise gates are repeated: aligned at the last axis. */
    private static boolean isBroadcast(IndexMap map, Shape from) {
        int rank = map.shape().rank();
        int missing = rank - from.rank();
        return missing >= 0
                && IntStream.range(0, from.rank()).allMatch(axis -> {
                    Affine source = map.sources().get(axis);
                    boolean isWhole = source.equals(Affine.axis(missing + axis, rank))
                            && from.dim(axis).equals(map.shape().dim(missing + axis));
                    return isWhole || (from.dim(axis).is(1) && source.equals(Affine.fixed(Dim.ZERO, rank)));
                });
    }

    private static boolean isTranspose(IndexMap map, Shape from) {
        int rank = from.rank();
        if (rank < 2 || map.shape().rank() != rank) {
            return false;
        }
        List<Integer> order = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
        order.set(rank - 2, rank - 1);
        order.set(rank - 1, rank - 2);
        return map.equals(IndexMap.permutation(from, order));
    }

    /** The subscripts that {@code map} is, where each is a position or a slice and the axes keep their order. */
    private Optional<List<Expression>> slices(IndexMap map, Shape from) {
        List<Expression> subscripts = new ArrayList<>();
        int rank = map.shape().rank();
        int next = 0;
        for (int axis = 0; axis < from.rank(); axis++) {
            Affine source = map.sources().get(axis);
            Dim offset = reading.readable(source.offset());
            if (source.equals(Affine.fixed(source.offset(), rank))) {
                subscripts.add(new Expression.Extent(offset));
                continue;
            }
            Dim step = next < rank ? source.coefficients().get(next) : Dim.ZERO;
            boolean isSlice = next < rank
                    && source.equals(Affine.strided(source.offset(), step, next, rank))
                    && step.constant().orElse(0) > 0;
            if (!isSlice) {
                return Optional.empty();
            }
            subscripts.add(slice(offset, step, map.shape().dim(next), from.dim(axis)));
            next++;
        }
        return next == rank ? Optional.of(subscripts) : Optional.empty();
    }

    private Expression slice(Dim from, Dim step, Dim count, Dim extent) {
        Dim length = reading.readable(count);
        boolean isAll = from.is(0) && step.is(1) && length.equals(reading.readable(extent));
        Dim end = from.plus(length.minus(Dim.ONE).times(step)).plus(Dim.ONE);
        return isAll ? Expression.Slice.ALL : new Expression.Slice(from, end, step);
    }

    /** Rows picked by one int tensor, {@code E[tokens, :]}: its axes stand in place of the first axis. */
    private Optional<Expression> gather(Node node) {
        Gather.Selection selection = Gather.selection(node);
        int rank = node.shape().rank();
        int rows = rank - node.input(0).shape().rank() + 1;
        for (int axis = 0; axis < selection.loaded().size(); axis++) {
            Affine source = selection.map().sources().get(axis);
            boolean fits = axis == 0
                    ? selection.loaded().get(0) == 1 && source.equals(Affine.fixed(Dim.ZERO, rank))
                    : selection.loaded().get(axis) == 0
                            && source.equals(Affine.axis(rows + axis - 1, rank))
                            && node.shape()
                                    .dim(rows + axis - 1)
                                    .equals(node.input(0).shape().dim(axis));
            if (!fits) {
                return Optional.empty();
            }
        }
        List<Expression> subscripts = new ArrayList<>();
        IntStream.range(1, selection.loaded().size()).forEach(axis -> subscripts.add(Expression.Slice.ALL));
        return exact(node.input(0))
                .flatMap(data -> rows(node.input(1), rows).map(index -> {
                    subscripts.add(0, index);
                    return new Expression.Element(data, subscripts);
                }));
    }

    /** The int tensor that {@code index} repeats behind its first {@code rank} axes. */
    private Optional<Expression> rows(Node index, int rank) {
        if (index.shape().rank() == rank) {
            return exact(index);
        }
        if (index.gate().kind() != Gate.Kind.LAYOUT) {
            return Optional.empty();
        }
        IndexMap map = (IndexMap) index.attribute();
        List<Affine> first = new ArrayList<>();
        for (Affine source : map.sources()) {
            boolean repeats = source
                    .coefficients()
                    .subList(rank, source.coefficients().size())
                    .stream()
                    .allMatch(Dim.ZERO::equals);
            if (!repeats) {
                return Optional.empty();
            }
            first.add(new Affine(source.offset(), source.coefficients().subList(0, rank)));
        }
        IndexMap rows = new IndexMap(first, new Shape(map.shape().dims().subList(0, rank)));
        Node tensor = index.input(0);
        return exact(tensor)
                .flatMap(expression -> rows.isIdentityOn(tensor.shape())
                        ? Optional.of(expression)
                        : slices(rows, tensor.shape()).map(slices -> new Expression.Element(expression, slices)));
    }

    private static Expression reduced(Node node, Expression operand) {
        List<Integer> axes = Reduction.axes(node);
        boolean isAll = axes.size() == node.input(0).shape().rank();
        return new Expression.Reduced(Reading.function((Reduction) node.gate()), operand, isAll ? List.of() : axes);
    }

    private Optional<Expression> contraction(Node node) {
        Contraction.Labels labels = Contraction.labels(node);
        Optional<Expression> left = exact(node.input(0));
        Optional<Expression> right = exact(node.input(1));
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        if (labels.out().isEmpty() && labels.left().equals(labels.right())) {
            boolean isDot = labels.left().size() == 1 && !left.equals(right);
            return Optional.of(isDot ? product(left.get(), right.get()) : sumOfProducts(left.get(), right.get()));
        }
        return MatrixLabels.of(labels.left(), labels.right(), labels.out())
                .map(form -> form.write(left.get(), right.get()))
                .or(() -> MatrixLabels.of(labels.right(), labels.left(), labels.out())
                        .map(form -> form.write(right.get(), left.get())));
    }

    private static Expression sumOfProducts(Expression left, Expression right) {
        Expression products = Reading.apply(Arithmetic.MULTIPLY, List.of(left, right), true);
        return new Expression.Reduced(Reading.function(Reductions.SUM), products, List.of());
    }

    private static Expression product(Expression left, Expression right) {
        return new Expression.Infix("@", Written.PRODUCT, left, right, false);
    }

    /**
     * A contraction as a product of matrices, or of a matrix and a vector.
     *
     * @param leftTransposed whether the left operand's last axes are swapped first
     * @param rightTransposed whether the right operand's are
     */
    private record MatrixLabels(boolean leftTransposed, boolean rightTransposed) {

        /** The form of {@code left @ right}, up to transposes; leading axes that all have alike are a batch. */
        static Optional<MatrixLabels> of(List<Integer> left, List<Integer> right, List<Integer> out) {
            int batch = 0;
            while (batch < Math.min(left.size(), Math.min(right.size(), out.size()))
                    && left.get(batch).equals(right.get(batch))
                    && left.get(batch).equals(out.get(batch))) {
                batch++;
            }
            return rest(
                    left.subList(batch, left.size()),
                    right.subList(batch, right.size()),
                    out.subList(batch, out.size()),
                    batch > 0);
        }

        private static Optional<MatrixLabels> rest(
                List<Integer> left, List<Integer> right, List<Integer> out, boolean isBatch) {
            for (boolean leftTransposed : new boolean[] {false, true}) {
                for (boolean rightTransposed : new boolean[] {false, true}) {
                    boolean swaps = (leftTransposed && left.size() != 2) || (rightTransposed && right.size() != 2);
                    if (!swaps && fits(swapped(left, leftTransposed), swapped(right, rightTransposed), out, isBatch)) {
                        return Optional.of(new MatrixLabels(leftTransposed, rightTransposed));
                    }
                }
            }
            return Optional.empty();
        }

        /** Whether the last axis on the left meets the last but one on the right (or a vector's only one). */
        private static boolean fits(List<Integer> left, List<Integer> right, List<Integer> out, boolean isBatch) {
            boolean isVector = left.size() == 1 || right.size() == 1;
            if (left.isEmpty() || right.isEmpty() || right.size() > 2 || (isBatch && (isVector || left.size() > 2))) {
                return false;
            }
            List<Integer> product = new ArrayList<>(left.subList(0, left.size() - 1));
            product.addAll(right.subList(1, right.size()));
            return left.get(left.size() - 1).equals(right.get(0)) && product.equals(out) && distinct(left, right);
        }

        private static boolean distinct(List<Integer> left, List<Integer> right) {
            List<Integer> all = new ArrayList<>(left);
            all.addAll(right.subList(1, right.size()));
            return all.stream().distinct().count() == all.size();
        }

        private static List<Integer> swapped(List<Integer> labels, boolean transposed) {
            return transposed ? List.of(labels.get(1), labels.get(0)) : labels;
        }

        Expression write(Expression left, Expression right) {
            return product(
                    leftTransposed ? new Expression.Transpose(left) : left,
                    rightTransposed ? new Expression.Transpose(right) : right);
        }
    }
}
