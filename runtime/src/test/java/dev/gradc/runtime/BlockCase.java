package dev.gradc.runtime;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * A function of blocks under both types, and what its elements are.
 *
 * @param scalar its value, by other formulas
 * @param low the least argument of those where it is neither constant nor undefined
 * @param high the greatest
 * @param ulps by how much a value and {@code scalar} may differ
 */
record BlockCase(
        String name,
        DoublesKernel doubles,
        FloatsKernel floats,
        DoubleUnaryOperator scalar,
        int low,
        int high,
        int ulps) {

    /** The method of {@link BlockMath} for doubles. */
    @FunctionalInterface
    interface DoublesKernel {
        void apply(int n, double[] x, int xOffset, double[] y, int yOffset);
    }

    /** The method of {@link BlockMath} for floats. */
    @FunctionalInterface
    interface FloatsKernel {
        void apply(int n, float[] x, int xOffset, float[] y, int yOffset);
    }

    /** A function of blocks that gives two, each as its own function does. */
    record PairCase(String name, BlockCase first, BlockCase second, DoublesPair doubles, FloatsPair floats) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The method of {@link BlockMath} for doubles. */
    @FunctionalInterface
    interface DoublesPair {
        void apply(int n, double[] x, int xOffset, double[] y, int yOffset, double[] z, int zOffset);
    }

    /** The method of {@link BlockMath} for floats. */
    @FunctionalInterface
    interface FloatsPair {
        void apply(int n, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset);
    }

    double value(double x) {
        return scalar.applyAsDouble(x);
    }

    float value(float x) {
        return (float) scalar.applyAsDouble(x);
    }

    /** From one rounded value and exact arithmetic. */
    private static double tanh(double x) {
        if (Math.abs(x) > 20 || Math.abs(x) < 1e-9 || Double.isNaN(x)) {
            return Math.abs(x) < 1e-9 ? x : StrictMath.tanh(x);
        }
        BigDecimal e = new BigDecimal(StrictMath.expm1(2 * x));
        return e.divide(e.add(BigDecimal.valueOf(2)), MathContext.DECIMAL128).doubleValue();
    }

    /** From one rounded value and exact arithmetic. */
    private static double sigmoid(double x) {
        if (!(Math.abs(x) < 700)) {
            return GradMath.sigmoid(x);
        }
        BigDecimal e = new BigDecimal(StrictMath.exp(-Math.abs(x)));
        BigDecimal numerator = x > 0 ? BigDecimal.ONE : e;
        return numerator.divide(e.add(BigDecimal.ONE), MathContext.DECIMAL128).doubleValue();
    }

    static List<BlockCase> all() {
        return List.of(
                new BlockCase("exp", BlockMath::exp, BlockMath::exp, StrictMath::exp, -746, 710, 2),
                new BlockCase("expm1", BlockMath::expm1, BlockMath::expm1, StrictMath::expm1, -40, 710, 3),
                new BlockCase("log", BlockMath::log, BlockMath::log, StrictMath::log, 0, 20, 2),
                new BlockCase("log1p", BlockMath::log1p, BlockMath::log1p, StrictMath::log1p, -1, 20, 3),
                new BlockCase("sin", BlockMath::sin, BlockMath::sin, StrictMath::sin, -20, 20, 2),
                new BlockCase("cos", BlockMath::cos, BlockMath::cos, StrictMath::cos, -20, 20, 2),
                new BlockCase("tan", BlockMath::tan, BlockMath::tan, StrictMath::tan, -20, 20, 3),
                new BlockCase("sinh", BlockMath::sinh, BlockMath::sinh, StrictMath::sinh, -711, 711, 5),
                new BlockCase("cosh", BlockMath::cosh, BlockMath::cosh, StrictMath::cosh, -711, 711, 5),
                new BlockCase("tanh", BlockMath::tanh, BlockMath::tanh, BlockCase::tanh, -20, 20, 4),
                new BlockCase("atan", BlockMath::atan, BlockMath::atan, StrictMath::atan, -20, 20, 3),
                new BlockCase("sigmoid", BlockMath::sigmoid, BlockMath::sigmoid, BlockCase::sigmoid, -745, 40, 3),
                new BlockCase("softplus", BlockMath::softplus, BlockMath::softplus, GradMath::softplus, -745, 40, 4),
                new BlockCase("erf", BlockMath::erf, BlockMath::erf, SpecialFunctions::erf, -6, 6, 5),
                new BlockCase("erfc", BlockMath::erfc, BlockMath::erfc, SpecialFunctions::erfc, -6, 27, 7),
                new BlockCase(
                        "normalCdf",
                        BlockMath::normalCdf,
                        BlockMath::normalCdf,
                        SpecialFunctions::normalCdf,
                        -38,
                        9,
                        8),
                new BlockCase(
                        "normalDensity",
                        BlockMath::normalDensity,
                        BlockMath::normalDensity,
                        SpecialFunctions::normalDensity,
                        -38,
                        38,
                        8));
    }

    static List<PairCase> pairs() {
        return List.of(
                new PairCase("sinAndCos", named("sin"), named("cos"), BlockMath::sinAndCos, BlockMath::sinAndCos),
                new PairCase(
                        "normalCdfAndDensity",
                        named("normalCdf"),
                        named("normalDensity"),
                        BlockMath::normalCdfAndDensity,
                        BlockMath::normalCdfAndDensity));
    }

    private static BlockCase named(String name) {
        return all().stream().filter(each -> each.name.equals(name)).findFirst().orElseThrow();
    }

    @Override
    public String toString() {
        return name;
    }
}
