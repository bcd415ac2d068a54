package dev.gradc.compiler.gate;

import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Factorisations and solves of square matrices, with leading axes as a batch. The adjoints are those of M. Giles, "An
 * extended collection of matrix derivative results" (2008), and for Cholesky of I. Murray, "Differentiation of the
 * Cholesky decomposition" (2016); they are made of the same gates, so they can be differentiated again.
 */
public final class LinearAlgebra {

    /**
     * Which triangle is solved with.
     *
     * @param lower whether the matrix is lower triangular; the other triangle is not read
     * @param transposed whether its transpose is solved with
     */
    public record Triangle(boolean lower, boolean transposed) implements Attribute {
        @Override
        public String toString() {
            return (lower ? "lower" : "upper") + (transposed ? " transposed" : "");
        }
    }

    /** Whether the transpose of the matrix is solved with. */
    public record Transposed(boolean transposed) implements Attribute {
        @Override
        public String toString() {
            return transposed ? "transposed" : "";
        }
    }

    /**
     * The lower L with A = L L', of A[..., n, n], of which the lower triangle is read; NaN where A is not positive
     * definite. The gradient is the symmetric one.
     */
    public static final Kernel CHOLESKY = Kernel.declare("cholesky")
            .type((attribute, inputs) -> square("cholesky", inputs, 0))
            .java("dev.gradc.runtime.DoubleCholesky", "factor", node -> onSquare(node, false))
            .meaning((attribute, extents, inputs) -> Matrices.each(extents[0], inputs[0], Matrices::cholesky))
            .adjoint((at, upstream, input) -> Optional.of(choleskyAdjoint(at, upstream)))
            .cost(node -> each(node, factor(order(node))))
            .formula("out * out' = a", "(S + S') / 2, S = out'^-1 P out^-1, P = tril(out' g) with half the diagonal")
            .where("a symmetric, positive definite")
            .note("reads the lower triangle; NaN where a is not positive definite")
            .define();

    /** X with op(T) X = B, for triangular T[..., n, n] and B[..., n, m]; attribute {@link Triangle}. */
    public static final Kernel SOLVE_TRIANGULAR = Kernel.declare("solve_triangular")
            .type((attribute, inputs) -> rightHandSide("solve_triangular", inputs))
            .java("dev.gradc.runtime.DoubleTriangular", "solve", LinearAlgebra::triangularCall)
            .meaning((attribute, extents, inputs) ->
                    Matrices.solve(extents, Matrices.triangle((Triangle) attribute, extents[0], inputs[0]), inputs[1]))
            .adjoint(LinearAlgebra::triangularAdjoint)
            .cost(node -> each(node, square(order(node.input(0))).times(order(node))))
            .formula("a^-1 b", "-h out' in the triangle of a, h = a'^-1 g", "a'^-1 g")
            .where("a triangular, no 0 on its diagonal")
            .note("a' in place of a where transposed")
            .define();

    /** X with op(A) X = B, for A[..., n, n] and B[..., n, m]; attribute {@link Transposed}. */
    public static final Kernel SOLVE = Kernel.declare("solve")
            .type((attribute, inputs) -> rightHandSide("solve", inputs))
            .java("dev.gradc.runtime.DoubleLu", "solve", LinearAlgebra::solveCall)
            .meaning((attribute, extents, inputs) -> Matrices.solve(
                    extents,
                    ((Transposed) attribute).transposed()
                            ? Matrices.each(extents[0], inputs[0], Matrices::transposed)
                            : inputs[0],
                    inputs[1]))
            .adjoint(LinearAlgebra::solveAdjoint)
            .cost(LinearAlgebra::solveCost)
            .formula("a^-1 b", "-h out', h = a'^-1 g", "a'^-1 g")
            .where("a invertible")
            .define();

    /** The inverse of A[..., n, n]. */
    public static final Kernel INVERSE = Kernel.declare("inverse")
            .type((attribute, inputs) -> square("inverse", inputs, 0))
            .java("dev.gradc.runtime.DoubleLu", "inverse", node -> onSquare(node, true))
            .meaning((attribute, extents, inputs) -> Matrices.each(extents[0], inputs[0], Matrices::inverse))
            .adjoint((at, upstream, input) ->
                    Optional.of(product(product(at.out(), true, upstream, false), false, at.out(), true)
                            .negate()))
            .cost(LinearAlgebra::solveCost)
            .formula("a^-1", "-out' g out'")
            .where("a invertible")
            .define();

    /** The determinant of A[..., n, n], as [..., 1]. */
    public static final Kernel DETERMINANT = Kernel.declare("determinant")
            .type((attribute, inputs) -> oneEach("determinant", inputs))
            .java("dev.gradc.runtime.DoubleLu", "determinant", node -> onSquare(node, true))
            .meaning((attribute, extents, inputs) -> Matrices.determinants(extents[0], inputs[0]))
            .adjoint((at, upstream, input) -> Optional.of(determinantAdjoint(at, upstream.times(at.out()))))
            .cost(node -> each(node, elimination(order(node.input(0))).plus(order(node.input(0)))))
            .formula("det(a)", "g * out * a'^-1")
            .note("the gradient needs an invertible a")
            .define();

    /** log|det A| of A[..., n, n], as [..., 1]. */
    public static final Kernel LOG_DETERMINANT = Kernel.declare("log_determinant")
            .type((attribute, inputs) -> oneEach("log_determinant", inputs))
            .java("dev.gradc.runtime.DoubleLu", "logAbsDeterminant", node -> onSquare(node, true))
            .meaning((attribute, extents, inputs) -> {
                double[] values = Matrices.determinants(extents[0], inputs[0]);
                for (int i = 0; i < values.length; i++) {
                    values[i] = Math.log(Math.abs(values[i]));
                }
                return values;
            })
            .adjoint((at, upstream, input) -> Optional.of(determinantAdjoint(at, upstream)))
            .cost(node -> each(
                    node,
                    elimination(order(node.input(0))).plus(order(node.input(0)).times(Dim.of(2)))))
            .formula("log(abs(det(a)))", "g * a'^-1")
            .where("a invertible")
            .define();

    /** In the order of the reference page. */
    static final List<Operation> ALL =
            List.of(CHOLESKY, SOLVE_TRIANGULAR, SOLVE, INVERSE, DETERMINANT, LOG_DETERMINANT);

    private LinearAlgebra() {}

    private static Type square(String name, List<Type> inputs, int input) {
        Shape shape = inputs.get(input).shape();
        int rank = shape.rank();
        boolean fits = inputs.get(input).element() == ElementType.REAL
                && rank >= 2
                && shape.dim(rank - 1).equals(shape.dim(rank - 2));
        Kernel.require(fits, name + " takes a square matrix, real[..., N, N]", inputs);
        return inputs.get(input);
    }

    private static Type oneEach(String name, List<Type> inputs) {
        return Type.real(Kernel.replaced(square(name, inputs, 0).shape(), 2, Dim.ONE));
    }

    private static Type rightHandSide(String name, List<Type> inputs) {
        Shape matrix = square(name, inputs, 0).shape();
        Shape right = inputs.get(1).shape();
        int rank = matrix.rank();
        boolean fits = inputs.get(1).element() == ElementType.REAL
                && right.rank() == rank
                && right.dims().subList(0, rank - 1).equals(matrix.dims().subList(0, rank - 1));
        Kernel.require(fits, name + " takes real[..., N, N] and real[..., N, M]", inputs);
        return inputs.get(1);
    }

    private static Dim order(Node matrix) {
        return matrix.shape().dim(matrix.shape().rank() - 1);
    }

    private static Dim square(Dim n) {
        return n.times(n);
    }

    /** {@code operations} for each matrix of the batch that {@code node} is. */
    private static Dim each(Node node, Dim operations) {
        return Kernel.batch(node.input(0).shape(), 2).times(operations);
    }

    /** n(n+1)(2n+1)/6, about n^3/3: multiplications, subtractions, divisions and roots of a Cholesky factorisation. */
    private static Dim factor(Dim n) {
        return n.times(n.plus(Dim.ONE)).times(n.times(Dim.of(2)).plus(Dim.ONE)).dividedBy(6);
    }

    /** n(n-1)(4n+1)/6, about 2n^3/3: Gaussian elimination without right sides. */
    private static Dim elimination(Dim n) {
        return n.times(n.minus(Dim.ONE)).times(n.times(Dim.of(4)).plus(Dim.ONE)).dividedBy(6);
    }

    /** Elimination, and 2n^2 - n for each right side. */
    private static Dim solveCost(Node node) {
        Dim n = order(node.input(0));
        Dim substitution = square(n).times(Dim.of(2)).minus(n);
        return each(node, elimination(n).plus(substitution.times(order(node))));
    }

    private static Kernel.Work luWork(Dim order) {
        return new Kernel.Work(ElementType.REAL, order.times(order).plus(order));
    }

    private static List<Kernel.Argument> onSquare(Node node, boolean works) {
        Node matrix = node.input(0);
        List<Kernel.Argument> arguments = new ArrayList<>(List.of(
                new Kernel.Extent(Kernel.batch(matrix.shape(), 2)),
                new Kernel.Extent(order(matrix)),
                new Kernel.Tensor(matrix),
                new Kernel.Tensor(node)));
        if (works) {
            arguments.add(luWork(order(matrix)));
        }
        return arguments;
    }

    private static List<Kernel.Argument> triangularCall(Node node) {
        Triangle triangle = (Triangle) node.attribute();
        return List.of(
                new Kernel.Extent(Kernel.batch(node.shape(), 2)),
                new Kernel.Extent(order(node.input(0))),
                new Kernel.Extent(order(node)),
                new Kernel.Flag(triangle.lower()),
                new Kernel.Flag(triangle.transposed()),
                new Kernel.Tensor(node.input(0)),
                new Kernel.Tensor(node.input(1)),
                new Kernel.Tensor(node));
    }

    private static List<Kernel.Argument> solveCall(Node node) {
        return List.of(
                new Kernel.Extent(Kernel.batch(node.shape(), 2)),
                new Kernel.Extent(order(node.input(0))),
                new Kernel.Extent(order(node)),
                new Kernel.Flag(((Transposed) node.attribute()).transposed()),
                new Kernel.Tensor(node.input(0)),
                new Kernel.Tensor(node.input(1)),
                new Kernel.Tensor(node),
                luWork(order(node.input(0))));
    }

    /** B: op(T)^-T g. T: -B' X' (transposed where T is), in its triangle. */
    private static Optional<Term> triangularAdjoint(Site at, Term upstream, int input) {
        Triangle triangle = (Triangle) at.node().attribute();
        Term right = at.in(0).make(SOLVE_TRIANGULAR, new Triangle(triangle.lower(), !triangle.transposed()), upstream);
        if (input == 1) {
            return Optional.of(right);
        }
        Term matrix =
                triangle.transposed() ? product(at.out(), false, right, true) : product(right, false, at.out(), true);
        return Optional.of(inTriangle(matrix.negate(), triangle.lower()));
    }

    private static Optional<Term> solveAdjoint(Site at, Term upstream, int input) {
        boolean transposed = ((Transposed) at.node().attribute()).transposed();
        Term right = at.in(0).make(SOLVE, new Transposed(!transposed), upstream);
        if (input == 1) {
            return Optional.of(right);
        }
        Term matrix = transposed ? product(at.out(), false, right, true) : product(right, false, at.out(), true);
        return Optional.of(matrix.negate());
    }

    /** {@code weight} times the transposed inverse. */
    private static Term determinantAdjoint(Site at, Term weight) {
        Shape shape = at.in(0).node().shape();
        int rank = shape.rank();
        Term inverse = transpose(at.in(0).apply(INVERSE));
        List<Affine> sources = new ArrayList<>();
        for (int axis = 0; axis < rank - 2; axis++) {
            sources.add(Affine.axis(axis, rank));
        }
        sources.add(Affine.fixed(Dim.ZERO, rank));
        return weight.view(new IndexMap(sources, shape)).times(inverse);
    }

    /** With P the lower triangle of L' g, its diagonal halved: the symmetric part of L^-T P L^-1. */
    private static Term choleskyAdjoint(Site at, Term upstream) {
        Term factor = at.out();
        Term product = product(factor, true, inTriangle(upstream, true), false);
        Term halved = rowEqualsColumn(product).select(product.times(0.5), inTriangle(product, true));
        Term left = factor.make(SOLVE_TRIANGULAR, new Triangle(true, true), halved);
        Term both = transpose(factor.make(SOLVE_TRIANGULAR, new Triangle(true, true), transpose(left)));
        return both.plus(transpose(both)).times(0.5);
    }

    private static Term rowEqualsColumn(Term matrix) {
        return position(matrix, 2).equalTo(position(matrix, 1));
    }

    private static Term inTriangle(Term matrix, boolean lower) {
        Term row = position(matrix, 2);
        Term column = position(matrix, 1);
        Term inside = lower ? row.greaterOrEqual(column) : column.greaterOrEqual(row);
        return inside.select(matrix, matrix.constant(0));
    }

    private static Term position(Term matrix, int fromEnd) {
        Shape shape = matrix.node().shape();
        return new Term(matrix.graph(), Leaf.position(matrix.graph(), shape.rank() - fromEnd, shape));
    }

    private static Term transpose(Term matrix) {
        Shape shape = matrix.node().shape();
        int rank = shape.rank();
        List<Integer> order = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            order.add(axis < rank - 2 ? axis : 2 * rank - 3 - axis);
        }
        return matrix.view(IndexMap.permutation(shape, order));
    }

    /** op(A) op(B) of two batches of matrices. */
    private static Term product(Term a, boolean aTransposed, Term b, boolean bTransposed) {
        int batch = a.node().shape().rank() - 2;
        List<Integer> left = new ArrayList<>();
        for (int axis = 0; axis < batch; axis++) {
            left.add(axis);
        }
        List<Integer> right = new ArrayList<>(left);
        List<Integer> out = new ArrayList<>(left);
        int row = batch;
        int inner = batch + 1;
        int column = batch + 2;
        left.addAll(aTransposed ? List.of(inner, row) : List.of(row, inner));
        right.addAll(bTransposed ? List.of(column, inner) : List.of(inner, column));
        out.addAll(List.of(row, column));
        return a.make(Contraction.CONTRACT, new Contraction.Labels(left, right, out), b);
    }
}
