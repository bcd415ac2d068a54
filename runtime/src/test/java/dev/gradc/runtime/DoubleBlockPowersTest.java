package dev.gradc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Powers by the block; the build runs it without the module jdk.incubator.vector and with it, and derives the same for floats. */
class DoubleBlockPowersTest {

    private static final int MANY = 5003;
    private static final int MOST = 40;
    private static final int BEFORE = 3;

    /** The bound, and one that the scalar function may be off. */
    private static final int ULPS = 3;

    /** To exponents beyond 2^31 StrictMath raises with less care. */
    private static final double MOST_EXACT = 2e9f;

    private final Random random = new Random(8);

    @Test
    void elementsAreThePowersOfThem() {
        double widest = 0.693f * Double.MAX_EXPONENT;
        for (double spread : new double[] {1e-6f, 1e-3f, 0.3f, 3, widest}) {
            for (double size : new double[] {1, 50, widest}) {
                double[] x = new double[MANY];
                double[] y = new double[MANY];
                for (int i = 0; i < MANY; i++) {
                    var log = spread * (2 * random.nextDouble() - 1);
                    Rounding.store(Math.exp(log), x, i);
                    var exponent = size * (2 * random.nextDouble() - 1) / Math.log(x[i]);
                    Rounding.store(Math.max(-MOST_EXACT, Math.min(exponent, MOST_EXACT)), y, i);
                }
                double[] z = new double[MANY];
                BlockMath.power(MANY, x, 0, y, 0, z, 0);
                for (int i = 0; i < MANY; i++) {
                    check(x[i], y[i], z[i]);
                }
            }
        }
    }

    @Test
    void signsZerosInfinitiesAndTheEndsOfTheRangeAreAsInTheScalarFunction() {
        double one = 1;
        double[] all = {
            0,
            1,
            2,
            3,
            0.5f,
            1e9f,
            Double.MIN_VALUE,
            Double.MIN_NORMAL,
            Double.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            Math.nextUp(one),
            Math.nextDown(one),
            1023,
            1074,
            126,
            149,
            Double.NaN
        };
        for (double base : all) {
            for (double exponent : all) {
                for (int signs = 0; signs < 4; signs++) {
                    double[] x = between(1, 2, MOST);
                    double[] y = between(1, 2, MOST);
                    int place = random.nextInt(MOST);
                    x[place] = signs % 2 == 0 ? base : -base;
                    y[place] = signs < 2 ? exponent : -exponent;
                    double[] z = new double[MOST];
                    BlockMath.power(MOST, x, 0, y, 0, z, 0);
                    for (int i = 0; i < MOST; i++) {
                        check(x[i], y[i], z[i]);
                    }
                }
            }
        }
    }

    private static void check(double x, double y, double actual) {
        double[] rounded = new double[1];
        Rounding.store(StrictMath.pow(x, y), rounded, 0);
        double expected = rounded[0];
        if (Double.isNaN(expected)) {
            assertThat(actual).as("%s^%s", x, y).isNaN();
        } else if (expected == 0 || Math.abs(expected) > Double.MAX_VALUE) {
            assertThat(1 / actual).as("1/%s^%s", x, y).isEqualTo(1 / expected);
        } else {
            assertThat(actual).as("%s^%s", x, y).isCloseTo(expected, within(ULPS * Math.ulp(expected)));
        }
    }

    @Test
    void aValueDependsOnNeitherPlaceNorSizeAndNothingElseIsWritten() {
        double[] x = between(-1, 4, MOST);
        double[] y = between(-3, 3, MOST);
        double[] whole = new double[MOST];
        BlockMath.power(MOST, x, 0, y, 0, whole, 0);
        for (int n = 0; n <= MOST; n++) {
            double[] expected = room(whole, MOST - n, n);
            double[] z = room(whole, 0, 0);
            BlockMath.power(n, x, MOST - n, y, MOST - n, z, BEFORE);
            assertThat(z).isEqualTo(expected);
            double[] base = room(x, MOST - n, n);
            BlockMath.power(n, base, BEFORE, y, MOST - n, base, BEFORE);
            assertThat(base).isEqualTo(expected);
            double[] exponent = room(y, MOST - n, n);
            BlockMath.power(n, x, MOST - n, exponent, BEFORE, exponent, BEFORE);
            assertThat(exponent).isEqualTo(expected);
        }
    }

    private double[] between(double low, double high, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            Rounding.store(low + (high - low) * random.nextDouble(), values, i);
        }
        return values;
    }

    /** A larger array with {@code count} elements from {@code values}. */
    private static double[] room(double[] values, int from, int count) {
        double[] room = new double[BEFORE + MOST + BEFORE];
        Arrays.fill(room, Double.NaN);
        System.arraycopy(values, from, room, BEFORE, count);
        return room;
    }
}
