package dev.gradc.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** {@link GradMath#select} takes one value or the other, bit by bit, whatever the values are. */
class SelectTest {

    private static final double[] VALUES = {
        0.0, -0.0, 1.5, -3e300, Double.MIN_VALUE, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN,
    };

    @Test
    void takesTheDoubleThatTheConditionSays() {
        for (double then : VALUES) {
            for (double otherwise : VALUES) {
                assertSame(then, GradMath.select(true, then, otherwise));
                assertSame(otherwise, GradMath.select(false, then, otherwise));
            }
        }
    }

    @Test
    void takesTheFloatThatTheConditionSays() {
        for (double then : VALUES) {
            for (double otherwise : VALUES) {
                assertSame((float) then, GradMath.select(true, (float) then, (float) otherwise));
                assertSame((float) otherwise, GradMath.select(false, (float) then, (float) otherwise));
            }
        }
    }

    private static void assertSame(double expected, double actual) {
        assertEquals(Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(actual));
    }
}
