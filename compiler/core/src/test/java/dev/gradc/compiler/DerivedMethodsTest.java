package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradc.compiler.explain.Equation;
import dev.gradc.compiler.explain.Explanation;
import dev.gradc.compiler.run.Derived;
import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.run.Tensor;
import dev.gradc.compiler.source.SourceFile;
import dev.gradc.runtime.SparsePattern;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The methods that {@code derive} clauses give a class, against closed forms and against each other. */
class DerivedMethodsTest {

    private static final String ROSENBROCK = """
            model Rosenbrock(%s) {
              %s
              param x : real[N];
              param a : real;
              let r[i in 0..N-2] = 10 * (x[i+1] - x[i]^2);
              output r;
              loss = 0.5 * sum(r^2) + 0.5 * sum((a - x)^2);
              derive jacobian(r), sparse jacobian(r), hessian, sparse hessian, diagonal hessian, hvp, jvp(r), vjp(r);
              derive gauss_newton(r), gauss_newton product(r), hessian(x);
            }
            """;

    private static final double[] X = {0.5, -0.3, 1.2};
    private static final double A = 0.7;
    private static final double[] DIRECTION = {0.2, -1, 0.4, 0.9};
    private static final double[] UPSTREAM = {1.5, -0.8};

    private static final Map<String, Tensor> DATA = Map.of("x", Tensor.vector(X), "a", Tensor.scalar(A));

    private static ModelRunner runner(String dims, String precision) {
        String text = ROSENBROCK.formatted(dims, precision);
        return ModelRunner.load(TestModels.compile(text, CompilerOptions.defaults()));
    }

    private static double[] jacobian() {
        return new double[] {-20 * X[0], 10, 0, 0, 0, -20 * X[1], 10, 0};
    }

    private static double[] hessian() {
        double r0 = 10 * (X[1] - X[0] * X[0]);
        double r1 = 10 * (X[2] - X[1] * X[1]);
        return new double[] {
            400 * X[0] * X[0] - 20 * r0 + 1,
            -200 * X[0],
            0,
            -1,
            -200 * X[0],
            100 + 400 * X[1] * X[1] - 20 * r1 + 1,
            -200 * X[1],
            -1,
            0,
            -200 * X[1],
            101,
            -1,
            -1,
            -1,
            -1,
            3
        };
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"N, '', 1e-12", "N = 3, '', 1e-12", "N, precision f32;, 1e-4", "N = 3, precision f32;, 1e-4"})
    void everyClauseGivesWhatItSays(String dims, String precision, double tolerance) {
        ModelRunner runner = runner(dims, precision);
        double[] j = jacobian();
        double[] h = hessian();
        double[] jj = product(transposed(j, 2, 4), j, 4, 2, 4);
        close(dense(runner, "jacobianR", null), j, tolerance);
        close(dense(runner, "hessian", null), h, tolerance);
        close(dense(runner, "diagonalHessian", null), new double[] {h[0], h[5], h[10], h[15]}, tolerance);
        close(dense(runner, "hvp", DIRECTION), product(h, DIRECTION, 4, 4, 1), tolerance);
        close(dense(runner, "jvpR", DIRECTION), product(j, DIRECTION, 2, 4, 1), tolerance);
        close(dense(runner, "vjpR", UPSTREAM), product(UPSTREAM, j, 1, 2, 4), tolerance);
        close(dense(runner, "gaussNewtonR", null), jj, tolerance);
        close(dense(runner, "gaussNewtonProductR", DIRECTION), product(jj, DIRECTION, 4, 4, 1), tolerance);
        double[] byX = {h[0], h[1], h[2], h[4], h[5], h[6], h[8], h[9], h[10]};
        close(dense(runner, "hessianByX", null), byX, tolerance);
        close(spread(runner, "sparseJacobianR"), j, tolerance);
        close(spread(runner, "sparseHessian"), h, tolerance);
    }

    @Test
    void aSparseMatrixHasNoEntryThatIsZeroByStructure() {
        ModelRunner runner = runner("N", "");
        SparsePattern rows = sparse(runner, "sparseJacobianR").pattern();
        assertThat(rows.rowPointers()).containsExactly(0, 2, 4);
        assertThat(rows.columnIndices()).containsExactly(0, 1, 1, 2);
        assertThat(rows.columnPointers()).containsExactly(0, 1, 3, 4, 4);
        assertThat(rows.rowIndices()).containsExactly(0, 0, 1, 1);
        assertThat(sparse(runner, "sparseHessian").pattern().entries()).isEqualTo(14);
    }

    private static ModelRunner loaded(String model) {
        return ModelRunner.load(TestModels.compile(model, CompilerOptions.defaults()));
    }

    private static void entries(ModelRunner runner, Map<String, Tensor> data, int[] columns, double... values) {
        Derived.Sparse found = (Derived.Sparse) runner.derive("sparseJacobian", data, Map.of(), Optional.empty());
        assertThat(found.pattern().columnIndices()).containsExactly(columns);
        assertThat(found.values()).containsExactly(values);
    }

    @Test
    void thePatternFollowsTheIndices() {
        ModelRunner runner = loaded("""
                model Picked(N, P) {
                  input index : int[P] in 0..N-1;
                  input k : int in 0..1;
                  param x : real[N];
                  output y = x[index] * x[clip(index + 2 * k, 0, N-1)];
                  derive sparse jacobian;
                }
                """);
        Tensor x = Tensor.vector(1, 2, 3, 4);
        Tensor index = Tensor.vector(3, 0);
        entries(runner, Map.of("x", x, "index", index, "k", Tensor.scalar(0)), new int[] {3, 0}, 8, 2);
        entries(runner, Map.of("x", x, "index", index, "k", Tensor.scalar(1)), new int[] {3, 0, 2}, 8, 3, 1);
        Tensor other = Tensor.vector(2, 1);
        entries(runner, Map.of("x", x, "index", other, "k", Tensor.scalar(1)), new int[] {2, 3, 1, 3}, 4, 3, 4, 2);
        Tensor y = Tensor.vector(5, 6, 7, 8);
        entries(runner, Map.of("x", y, "index", other, "k", Tensor.scalar(1)), new int[] {2, 3, 1, 3}, 8, 7, 8, 6);
    }

    @Test
    void thePatternFollowsTheData() {
        ModelRunner runner = loaded("""
                model Upwards(N) {
                  param x : real[N];
                  output y = sort(x)^2;
                  derive sparse jacobian;
                }
                """);
        entries(runner, Map.of("x", Tensor.vector(1, 3, 2)), new int[] {0, 2, 1}, 2, 4, 6);
        entries(runner, Map.of("x", Tensor.vector(4, 3, 5)), new int[] {1, 0, 2}, 6, 8, 10);
    }

    @Test
    void aGradientAndAJacobianThatAreTheSameHaveTheirOwnPlaces() {
        ModelRunner runner = loaded("""
                model Square(N) {
                  param x : real[N];
                  loss = sum(x^2);
                  derive gradient, sparse jacobian(loss);
                }
                """);
        entries(runner, Map.of("x", Tensor.vector(1, 3, 2)), new int[] {0, 1, 2}, 2, 6, 4);
    }

    @Test
    void aSubscriptPicksOneEntry() {
        ModelRunner scalar = loaded("""
                model Scaled(N, P) {
                  input index : int[P] in 0..N-1;
                  input k : int in 0..N-1;
                  param x : real[N];
                  output y = x[index] * x[k]^2;
                  derive sparse jacobian;
                }
                """);
        Map<String, Tensor> data =
                Map.of("index", Tensor.vector(2, 1), "k", Tensor.scalar(1), "x", Tensor.vector(1, 2, 3));
        entries(scalar, data, new int[] {1, 2, 1}, 12, 4, 12);
        ModelRunner labels = loaded("""
                model Labels(N, C) {
                  input label : int[N] in 0..C-1;
                  param W : real[N, C];
                  let z = W^2;
                  let y[i] = z[i, label[i]] - 2 * W[i, label[i]] + W[0, label[0]];
                  output y;
                  derive sparse jacobian;
                }
                """);
        Tensor w = new Tensor(new double[] {1, 2, 3, 4, 5, 6}, new int[] {2, 3});
        int[] columns = {2, 2, 4};
        entries(labels, Map.of("label", Tensor.vector(2, 1), "W", w), columns, 5, 1, 8);
    }

    @Test
    void aSubscriptPicksOneRow() {
        ModelRunner runner = loaded("""
                model Rows(N, D) {
                  input a, b : int in 0..N-1;
                  param X : real[N, D];
                  output y = X[a, :] - 3 * X[b, :];
                  derive sparse jacobian;
                }
                """);
        Tensor x = new Tensor(new double[6], new int[] {3, 2});
        Map<String, Tensor> data = Map.of("a", Tensor.scalar(2), "b", Tensor.scalar(0), "X", x);
        entries(runner, data, new int[] {0, 4, 1, 5}, -3, 1, -3, 1);
    }

    @Test
    void aMaximumHasAnEntryForEachElement() {
        ModelRunner runner = loaded("""
                model Largest(N) {
                  param x : real[N];
                  output y = max(x);
                  derive sparse jacobian;
                }
                """);
        entries(runner, Map.of("x", Tensor.vector(1, 3, 2)), new int[] {0, 1, 2}, 0, 1, 0);
    }

    @Test
    void whatLandsTogetherIsOneEntry() {
        ModelRunner runner = loaded("""
                model Rows(N, P) {
                  input index : int[P] in 0..N-1;
                  param w : real[P];
                  param x : real[N, 2];
                  let y[p] = w[p] * (x[index[p], 0] * x[index[p], 1] + 3 * x[index[p], 1] + sum(x[index[p], :]));
                  output y;
                  derive sparse jacobian;
                }
                """);
        Map<String, Tensor> data = Map.of(
                "index",
                Tensor.vector(1, 0),
                "w",
                Tensor.vector(10, 100),
                "x",
                new Tensor(new double[] {1, 2, 3, 4}, new int[] {2, 2}));
        entries(runner, data, new int[] {0, 4, 5, 1, 2, 3}, 31, 50, 70, 11, 300, 500);
    }

    @Test
    void theExplanationSaysThePattern() {
        SourceFile file = new SourceFile("rosenbrock.grad", ROSENBROCK.formatted("N", ""));
        Explanation explanation = Gradc.explain(
                        List.of(file), (importer, wanted) -> List.of(), CompilerOptions.defaults(), Map.of("N", 10))
                .models()
                .get(0);
        Explanation.Derived sparse = explanation.derived().get(1);
        assertThat(sparse.method()).isEqualTo("sparseJacobianR");
        assertThat(sparse.entries().orElseThrow().formula()).isEqualTo("2*N - 2");
        assertThat(sparse.pattern().stream().map(Equation::text))
                .contains("column[2 * i] = i", "column[2 * i + 1] = i + 1");
    }

    private static double[] dense(ModelRunner runner, String method, double[] vector) {
        Optional<Tensor> taken = Optional.ofNullable(vector).map(Tensor::vector);
        return ((Derived.Dense) runner.derive(method, DATA, Map.of(), taken))
                .value()
                .values();
    }

    private static Derived.Sparse sparse(ModelRunner runner, String method) {
        return (Derived.Sparse) runner.derive(method, DATA, Map.of(), Optional.empty());
    }

    private static double[] spread(ModelRunner runner, String method) {
        Derived.Sparse matrix = sparse(runner, method);
        SparsePattern pattern = matrix.pattern();
        double[] dense = new double[pattern.rows() * pattern.columns()];
        for (int row = 0; row < pattern.rows(); row++) {
            for (int i = pattern.rowPointers()[row]; i < pattern.rowPointers()[row + 1]; i++) {
                dense[row * pattern.columns() + pattern.columnIndices()[i]] = matrix.values()[i];
            }
        }
        return dense;
    }

    private static double[] product(double[] a, double[] b, int rows, int inner, int columns) {
        double[] c = new double[rows * columns];
        for (int i = 0; i < c.length; i++) {
            for (int k = 0; k < inner; k++) {
                c[i] += a[i / columns * inner + k] * b[k * columns + i % columns];
            }
        }
        return c;
    }

    private static double[] transposed(double[] a, int rows, int columns) {
        double[] t = new double[a.length];
        Arrays.setAll(t, i -> a[i % rows * columns + i / rows]);
        return t;
    }

    private static void close(double[] found, double[] expected, double tolerance) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i])
                    .as("element " + i)
                    .isCloseTo(expected[i], within(tolerance * Math.max(1, Math.abs(expected[i]))));
        }
    }
}
