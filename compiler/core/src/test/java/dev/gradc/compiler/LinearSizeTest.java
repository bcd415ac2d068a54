package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.run.Tensor;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No expression swell: the class for twice the model has twice the text, in methods that HotSpot compiles. */
class LinearSizeTest {

    private static final int LENGTH = 500;

    /** Where the models are differentiated. */
    private static final double X = 0.7;

    /**
     * Models of param {@code x} that grow with a length.
     *
     * @param text the model of that length
     * @param derivative of its loss by x, at {@link #X}
     */
    private record Family(String name, IntFunction<String> text, IntFunction<Double> derivative) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Family> families() {
        return Stream.of(
                new Family("chain", n -> lets(n, "sin(s%d)"), LinearSizeTest::chain),
                new Family("diamonds", n -> lets(n, "s%1$d * s%1$d - 0.5 * s%1$d"), LinearSizeTest::diamonds),
                new Family("polynomial in Horner's form", n -> lets(n, "s%d * x + 0.5"), LinearSizeTest::horner),
                new Family(
                        "branches",
                        n -> lets(n, "if s%1$d > 1 then s%1$d * 0.3 else s%1$d + x"),
                        LinearSizeTest::branches),
                new Family("routers", n -> lets(n, "max(s%1$d * x, sin(%1$d * x))"), LinearSizeTest::routers),
                new Family(
                        "branches of products",
                        n -> lets(n, "if s%1$d > 1 then s%1$d * x else 2 * x + s%1$d * s%1$d"),
                        LinearSizeTest::branchesOfProducts),
                new Family("sum of terms", n -> loss(n, " + ", "sin(%d * x)"), LinearSizeTest::terms),
                new Family("polynomial as a sum", n -> loss(n, " + ", "x ^ %d"), LinearSizeTest::powers),
                new Family("product", n -> loss(n, " * ", "x"), n -> n * Math.pow(X, n - 1)));
    }

    @ParameterizedTest
    @MethodSource("families")
    void textGrowsInProportion(Family family) {
        double ratio = (double) size(family, 2 * LENGTH) / size(family, LENGTH);
        assertThat(ratio).isBetween(1.8, 2.2);
    }

    private static int size(Family family, int length) {
        return TestModels.compile(family.text().apply(length), CompilerOptions.defaults())
                .javaSource()
                .length();
    }

    @ParameterizedTest
    @MethodSource("families")
    void derivativesAreRightAndMethodsSmall(Family family) {
        GeneratedModel model = TestModels.compile(family.text().apply(LENGTH), CompilerOptions.defaults());
        ModelRunner runner = ModelRunner.load(model);
        assertThat(MethodSizes.of(runner.classFiles()))
                .isNotEmpty()
                .allSatisfy((method, bytes) -> assertThat(bytes).as(method).isLessThan(8_000));
        double expected = family.derivative().apply(LENGTH);
        double actual = runner.evaluate(Map.of("x", Tensor.scalar(X)), Map.of(), Optional.empty())
                .gradients()
                .get("x")
                .values()[0];
        assertThat(actual).isCloseTo(expected, within(1e-9 * Math.abs(expected)));
    }

    /** A model of {@code n} definitions, each of the one before, whose number takes the place of {@code %d}. */
    private static String lets(int n, String step) {
        String lets = IntStream.rangeClosed(1, n)
                .mapToObj(i -> " let s" + i + " = " + String.format(step, i - 1) + ";\n")
                .collect(Collectors.joining());
        return "model Grown { param x : real;\n let s0 = x;\n" + lets + " loss = s" + n + "; }";
    }

    /** A model of {@code n} terms in one expression. */
    private static String loss(int n, String operator, String term) {
        return IntStream.rangeClosed(1, n)
                .mapToObj(i -> String.format(term, i))
                .collect(Collectors.joining(operator, "model Grown { param x : real; loss = ", "; }"));
    }

    private static double chain(int n) {
        double value = X;
        double slope = 1;
        for (int i = 0; i < n; i++) {
            slope *= Math.cos(value);
            value = Math.sin(value);
        }
        return slope;
    }

    private static double diamonds(int n) {
        double value = X;
        double slope = 1;
        for (int i = 0; i < n; i++) {
            slope *= 2 * value - 0.5;
            value = value * value - 0.5 * value;
        }
        return slope;
    }

    /** x^(n+1) + 0.5 (x^(n-1) + ... + 1). */
    private static double horner(int n) {
        double tail =
                IntStream.range(1, n).mapToDouble(k -> k * Math.pow(X, k - 1)).sum();
        return (n + 1) * Math.pow(X, n) + 0.5 * tail;
    }

    private static double branches(int n) {
        double value = X;
        double slope = 1;
        for (int i = 0; i < n; i++) {
            slope = value > 1 ? 0.3 * slope : slope + 1;
            value = value > 1 ? 0.3 * value : value + X;
        }
        return slope;
    }

    private static double routers(int n) {
        double value = X;
        double slope = 1;
        for (int i = 0; i < n; i++) {
            boolean isProduct = value * X >= Math.sin(i * X);
            slope = isProduct ? slope * X + value : i * Math.cos(i * X);
            value = isProduct ? value * X : Math.sin(i * X);
        }
        return slope;
    }

    private static double branchesOfProducts(int n) {
        double value = X;
        double slope = 1;
        for (int i = 0; i < n; i++) {
            boolean isLarge = value > 1;
            slope = isLarge ? slope * X + value : 2 + 2 * value * slope;
            value = isLarge ? value * X : 2 * X + value * value;
        }
        return slope;
    }

    private static double terms(int n) {
        return IntStream.rangeClosed(1, n).mapToDouble(k -> k * Math.cos(k * X)).sum();
    }

    private static double powers(int n) {
        return IntStream.rangeClosed(1, n)
                .mapToDouble(k -> k * Math.pow(X, k - 1))
                .sum();
    }
}
