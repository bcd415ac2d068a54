package dev.gradc.samples.gallery;

import java.util.function.DoubleUnaryOperator;

/** Integrals by Simpson's rule. */
final class Simpson {

    private static final int INTERVALS = 20_000;

    private Simpson() {}

    /** The integral of a smooth function from {@code a} to {@code b}. */
    static double integral(DoubleUnaryOperator f, double a, double b) {
        double h = (b - a) / INTERVALS;
        double sum = f.applyAsDouble(a) + f.applyAsDouble(b);
        for (int i = 1; i < INTERVALS; i++) {
            sum += (i % 2 == 0 ? 2 : 4) * f.applyAsDouble(a + i * h);
        }
        return sum * h / 3;
    }
}
