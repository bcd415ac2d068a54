package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.run.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Derivatives as functions of the language against closed forms, alone and within everything else that it has. */
class DerivativesTest {

    /** How often what is derived is derived again. */
    private static final int MOST_DERIVED = 3;

    private static final double[] X = {0.5, -1.25, 2};

    /** What holds for vectors of 3 only. */
    private static final Pattern OF_FIXED_EXTENTS = Pattern.compile("\\[[12:-]+\\]|0\\.\\.2|k, 3|\\[1, 1");

    private static final String HEAD = """
            fn slope(v) = grad(v^3, v);
            gate tripled(a) { forward 3 * a; backward(g) 3 * g; }
            gate cubic(a) { forward a^3; backward(g) 3 * g * a^2; }
            model Energy(N) { input p : real[N]; output energy = 0.5 * (p @ p); output size = N; }
            model M%s {
              input x : real[%2$s];
              input s : real;
              input k : int[2] in 0..%3$s;
              input flag : bool;
              input n : int;
            """;

    /** Every row: an output {@code found} of the vector x[N] and the scalar s, and its value. */
    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', textBlock = """
            output found = grad(sum(x^3), x); | 0.75 4.6875 12
            let g = grad(s^4, s); output found = grad(g, s); | 108
            let g = grad(s^4, s); let h = grad(g, s); output found = grad(h, s); | 72
            let u = sum(x)^3; let p = sum(grad(u, x)^2); output found = grad(p, x); | 210.9375 210.9375 210.9375
            let y = 2 * x; let u = sum(y^2); output found = grad(u, y); | 2 -5 8
            let y = 2 * x; output found = grad(sum(y^2), s); | 0
            let y = 2 * x; output found = jacobian(y, s); | 0 0 0
            let u = sum(x) * s^2; output found = hessian(u, x, s); | 6 6 6
            let u = sum(x) * s^2; output found = hessian(u, s, x); | 6 6 6
            output found = hessian(x[0] * x[2]^2, x); | 0 0 4 0 0 0 4 0 1
            output found = hessian_diagonal(x[0] * x[2]^2, x); | 0 0 1
            output found = hvp(x[0] * x[2]^2, x, [1, 1, -1]); | -4 0 3
            output found = jvp(x^2, x, 1); | 1 -2.5 4
            output found = vjp(x^2, x, s); | 3 -7.5 12
            output found = jacobian(x[1:] - x[:-1], x); | -1 1 0 0 -1 1
            output found = jacobian(cumsum(x)[k], x); | 1 1 1 1 1 0
            let f = x[k]^2; output found = jacobian(f, x); | 0 0 4 0 -2.5 0
            output found = grad(scatter_add(x[k]^2, k, 3) @ x, x); | 0 4.6875 12
            output found = jacobian(tripled(x), x); | 3 0 0 0 3 0 0 0 3
            let g = grad(tripled(s)^2, s); output found = grad(g, s); | 18
            let g = grad(cubic(s), s); output found = grad(g, s); | 18
            output found = slope(s); | 27
            output found = slope(3); | 27
            output found = slope(s - 1); | 12
            let d[i] = slope(x[i]); output found = d; | 0.75 4.6875 12
            let u[i] = x[i]^3; output found = jacobian(u, x); | 0.75 0 0 0 4.6875 0 0 0 12
            let d[i] = sum(grad(x[i]^2 * s, x)); output found = d; | 3 -7.5 12
            scan t in 0..2 with h = 1 { h' = h * x[t]; } output found = grad(h, x); | -2.5 1 -0.625
            scan t in 0..2 with h = 1 { h' = h * x[t]; } output found = hessian(h, x); | 0 2 -1.25 2 0 0.5 -1.25 0.5 0
            scan t in 0..3 with h = s checkpoint 2 { h' = h^2; } output found = hessian(h, s) / s^14; | 240
            let y[i in 0..2] = s^2; scan t in 0..2 with h = 0.0 { h' = h + y[t]^2; } output found = grad(h, s); | 324
            scan t in 0..1 with h = x checkpoint 1 { h' = h * x; } output found = hessian_diagonal(sum(h), x); | 3 -7.5 12
            scan t in 1..6 with r = s { let e = r^2 - 2; r' = r - e / grad(e, r); } output found = r; | 1.4142135623730951
            output found = grad(Energy(x).energy, x); | 0.5 -1.25 2
            output found = jacobian(grad(Energy(x).energy, x), x); | 1 0 0 0 1 0 0 0 1
            output found = grad(if flag then s^2 else s^3, s); | 6
            output found = grad(n * s^2, s); | 24
            let y[i in 0..0] = s + (if i / s > 0.1 then sqrt(abs(i / s)) else 1); output found = jvp(y, s, 1); | 1
            let t[i in 0..1] = if max[j] (i * x[k[j]]) > 0.1 then sqrt(max[j] (i * x[k[j]])) else s; output found = hessian(sum(t^2), s, x); | 0 0 0
            output found = hessian(prod(x), x); | 0 2 -1.25 2 0 0.5 -1.25 0.5 0
            """)
    void derivativesAreThoseOfClosedForms(String statements, String expected) {
        CompilerOptions plain = CompilerOptions.defaults().withSimplify(false);
        requireClose(evaluate("", statements, CompilerOptions.defaults(), X), expected, 1e-12);
        requireClose(evaluate("", statements, plain, X), expected, 1e-12);
        requireClose(evaluate("", "precision f32; " + statements, plain, X), expected, 1e-3);
        if (!OF_FIXED_EXTENTS.matcher(statements).find()) {
            requireClose(evaluate("(N)", statements, CompilerOptions.defaults(), X), expected, 1e-12);
        }
    }

    private static void requireClose(double[] found, String expected, double offset) {
        double[] wanted = numbers(expected);
        assertThat(found).hasSize(wanted.length);
        for (int i = 0; i < wanted.length; i++) {
            assertThat(found[i]).as("element %d", i).isCloseTo(wanted[i], Offset.offset(offset));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 2, 3, 0 3 2 3 0 0 2 0 0", "0, 0, 3, 0 3 0 3 0 0 0 0 0", "0, 0, 0, 0 0 0 0 0 0 0 0 0"})
    void secondDerivativesOfProductsAreExactWhereFactorsAreZero(double a, double b, double c, String hessian) {
        for (boolean simplify : new boolean[] {true, false}) {
            CompilerOptions options = CompilerOptions.defaults().withSimplify(simplify);
            for (String product : new String[] {"prod(x)", "cumprod(x)[2]"}) {
                String statement = "output found = hessian(" + product + ", x);";
                assertThat(evaluate("", statement, options, a, b, c)).containsExactly(numbers(hessian));
            }
        }
    }

    /** Each loop takes x to a power of it; the tangent of a tangent's loop has states of its own. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            scan t in 0..1 with h = x { h' = h * h * x; } let z = h;                                      | 7
            scan t in 0..1 with h = x { h' = h * h * x; collect h; } let z = h[1];                        | 7
            scan t in 0..1 with h = x, g = x { h' = h * g * x; g' = h; } let z = h * g;                   | 8
            scan t in 0..3 with h = x checkpoint 2 { h' = h * x; } let z = h * h;                         | 10
            scan t in 0..1 with h = x { scan s in 0..1 with g = h { g' = g * x; } h' = g * h; } let z = h; | 10
            """)
    void derivativesOfLoopsAgreeInAnyOrderOfModes(String loop, int power) {
        Map<String, Double> expected = new LinkedHashMap<>();
        StringBuilder outputs = new StringBuilder();
        addDerivatives("z", power, Math.pow(2, power), outputs, expected);
        Map<String, Tensor> found = TestModels.evaluate(
                        "model M { param x : real; " + loop + " " + outputs + "loss = z; }",
                        CompilerOptions.defaults(),
                        Map.of("x", Tensor.scalar(2)))
                .outputs();
        assertThat(expected).hasSize(2 + 4 + 8);
        expected.forEach((name, value) ->
                assertThat(found.get(name).values()[0]).as(name).isCloseTo(value, Offset.offset(1e-9 * value)));
    }

    /** Derivatives of {@code of}, which is {@code value} at 2 and a multiple of that power of x, up to the third. */
    private static void addDerivatives(
            String of, int power, double value, StringBuilder outputs, Map<String, Double> expected) {
        if (of.length() > MOST_DERIVED) {
            return;
        }
        for (String mode : List.of("jvp(%s, x, 1)", "grad(%s, x)")) {
            String name = of + mode.charAt(0);
            outputs.append("output ")
                    .append(name)
                    .append(" = ")
                    .append(String.format(mode, of))
                    .append("; ");
            expected.put(name, value * power / 2);
            addDerivatives(name, power - 1, value * power / 2, outputs, expected);
        }
    }

    /** So many that they live in one array, some of them in a loop's state in one method and not in another. */
    @Test
    void secondDerivativesOfManyScalarsInLoopsAgreeByBothModes() {
        String text = """
                fn nested(x) {
                  scan i in 0..4 with outer = 0.0 {
                    scan j in 0..1 with inner = 0.1 * outer, weight = 1 {
                      inner' = inner + weight * sin(x[i, j]);
                      weight' = weight / 2 + 0.1 * inner;
                    }
                    outer' = 0.5 * outer + inner;
                  }
                  outer
                }
                model M {
                  param x : real[5, 2];
                  input d : real[5, 2];
                  let several[i in 0..9] = cos(i * nested(x));
                  loss = tanh(nested(x)) * prod(several);
                  output gradient = grad(loss, x);
                  output forward = hvp(loss, x, d);
                  output reverse = grad(sum(gradient * d), x);
                  output dense = hessian(loss, x);
                }
                """;
        double[] x = {0.1, -0.3, -0.2, -1.4, 0.4, -0.6, 0.4, 1.4, -0.5, -0.5};
        double[] d = {1.6, -0.6, -1.1, -0.6, -1.1, -1.7, -1.9, 0.1, -0.4, 0.3};
        Map<String, Tensor> data = Map.of("x", new Tensor(x, new int[] {5, 2}), "d", new Tensor(d, new int[] {5, 2}));
        Map<String, Tensor> found =
                TestModels.evaluate(text, CompilerOptions.defaults(), data).outputs();
        assertThat(found.get("reverse").values())
                .containsExactly(found.get("forward").values(), Offset.offset(1e-12));
    }

    private static double[] numbers(String list) {
        return Arrays.stream(list.trim().split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static double[] evaluate(String dims, String statements, CompilerOptions options, double... x) {
        String extent = dims.isEmpty() ? "3" : "N";
        String text = HEAD.formatted(dims, extent, dims.isEmpty() ? "2" : "N-1") + statements + "}";
        Map<String, Tensor> data = new LinkedHashMap<>();
        data.put("x", Tensor.vector(x));
        data.put("s", Tensor.scalar(3));
        data.put("k", Tensor.vector(2, 1));
        data.put("flag", Tensor.scalar(1));
        data.put("n", Tensor.scalar(4));
        return TestModels.evaluate(text, options.withModel("M"), data)
                .outputs()
                .get("found")
                .values();
    }
}
