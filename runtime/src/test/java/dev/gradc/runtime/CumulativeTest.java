package dev.gradc.runtime;

import static dev.gradc.runtime.Regions.OFFSET;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Running sums against sums over all that comes before. */
class CumulativeTest {

    private final Random random = new Random(3);

    @Test
    void eachElementIsTheSumUpToIt() {
        for (int outer = 0; outer <= 3; outer++) {
            for (int n = 0; n <= 11; n++) {
                for (int inner = 0; inner <= 9; inner++) {
                    for (int flags = 0; flags < 4; flags++) {
                        check(outer, n, inner, (flags & 1) != 0, (flags & 2) != 0);
                    }
                }
            }
        }
        check(2, 100, 33, false, false);
    }

    private void check(int outer, int n, int inner, boolean reverse, boolean inPlace) {
        int size = outer * n * inner;
        double[] x = Regions.random(random, size);
        double[] y = Regions.output(size);
        if (inPlace) {
            System.arraycopy(x, OFFSET, y, OFFSET, size);
        }
        DoubleCumulative.sum(outer, n, inner, reverse, inPlace ? y : x, OFFSET, y, OFFSET);
        double[] sums = Regions.written(y);
        for (int at = 0; at < size; at++) {
            int i = at / inner % n;
            double sum = 0;
            for (int k = reverse ? i : 0; k < (reverse ? n : i + 1); k++) {
                sum += x[OFFSET + at + (k - i) * inner];
            }
            assertThat(sums[at]).isCloseTo(sum, Offset.offset(1e-13 * n));
        }
    }

    @Test
    void bothDirectionsOfAMatrix() {
        double[] x = {1, 10, 2, 20, 3, 30};
        double[] y = new double[6];
        DoubleCumulative.sum(1, 3, 2, false, x, 0, y, 0);
        assertThat(y).containsExactly(1, 10, 3, 30, 6, 60);
        DoubleCumulative.sum(1, 3, 2, true, x, 0, y, 0);
        assertThat(y).containsExactly(6, 60, 5, 50, 3, 30);
    }
}
