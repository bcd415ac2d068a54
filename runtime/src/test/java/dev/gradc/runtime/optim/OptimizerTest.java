package dev.gradc.runtime.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class OptimizerTest {

    @Test
    void momentumAddsUpAsComputedByHand() {
        Sgd sgd = new Sgd(2, 0.1, 0.5);
        double[] x = {1, -1};
        sgd.step(x, new double[] {2, 4});
        assertThat(x[0]).isCloseTo(0.8, Offset.offset(1e-15));
        assertThat(x[1]).isCloseTo(-1.4, Offset.offset(1e-15));
        sgd.step(x, new double[] {1, 0});
        assertThat(x[0]).isCloseTo(0.8 - 0.1 * 2, Offset.offset(1e-15));
        assertThat(x[1]).isCloseTo(-1.4 - 0.1 * 2, Offset.offset(1e-15));
        sgd.setRate(1);
        sgd.step(x, new double[] {0, 0});
        assertThat(x[0]).isCloseTo(0.6 - 1, Offset.offset(1e-15));
    }

    @Test
    void adamStepsAsComputedByHand() {
        Adam adam = new Adam(1, 0.1);
        double[] x = {5};
        adam.step(x, new double[] {3});
        // bias-corrected mean 3, root mean square 3
        assertThat(x[0]).isCloseTo(4.9, Offset.offset(1e-8));
        adam.step(x, new double[] {-1});
        double mean = (0.9 * 0.1 * 3 + 0.1 * -1) / (1 - 0.81);
        double square = (0.999 * 0.001 * 9 + 0.001) / (1 - 0.999 * 0.999);
        assertThat(x[0]).isCloseTo(4.9 - 0.1 * mean / Math.sqrt(square), Offset.offset(1e-8));
    }

    @Test
    void weightDecayIsDecoupledFromTheGradient() {
        Adam adam = new Adam(1, 0.1, 0.9, 0.999, 0.5);
        double[] x = {2};
        adam.step(x, new double[] {0});
        assertThat(x[0]).isCloseTo(2 * (1 - 0.05), Offset.offset(1e-15));
    }

    @Test
    void bothFindTheMinimumOfAQuadratic() {
        for (Optimizer optimizer : List.of(new Sgd(2, 0.02, 0.9), new Adam(2, 0.05))) {
            double[] x = {3, -2};
            for (int i = 0; i < 3000; i++) {
                optimizer.step(x, new double[] {2 * (x[0] - 1), 20 * (x[1] - 0.5)});
            }
            assertThat(x[0]).isCloseTo(1, Offset.offset(1e-3));
            assertThat(x[1]).isCloseTo(0.5, Offset.offset(1e-3));
        }
    }

    @Test
    void bothFindTheMinimumOfAQuadraticOfFloats() {
        for (Optimizer optimizer : List.of(new Sgd(2, 0.02, 0.9), new Adam(2, 0.05))) {
            float[] x = {3, -2};
            for (int i = 0; i < 3000; i++) {
                optimizer.step(x, new float[] {2 * (x[0] - 1), 20 * (x[1] - 0.5f)});
            }
            assertThat(x[0]).isCloseTo(1, Offset.offset(1e-3f));
            assertThat(x[1]).isCloseTo(0.5f, Offset.offset(1e-3f));
        }
    }

    @Test
    void floatsMoveAsDoublesDoAndAreRoundedAfterEachStep() {
        checkRounded(new Sgd(1, 0.1, 0.9), new Sgd(1, 0.1, 0.9));
        checkRounded(new Adam(1, 0.1, 0.9, 0.999, 0.01), new Adam(1, 0.1, 0.9, 0.999, 0.01));
    }

    private static void checkRounded(Optimizer ofFloats, Optimizer ofDoubles) {
        float[] x = {0.3f};
        for (int i = 0; i < 50; i++) {
            float[] gradient = {(float) Math.sin(i)};
            double[] expected = {x[0]};
            ofDoubles.step(expected, new double[] {gradient[0]});
            ofFloats.step(x, gradient);
            assertThat(x[0]).isEqualTo((float) expected[0]);
        }
    }

    @Test
    void badSettingsAndLengthsAreRefused() {
        assertThatThrownBy(() -> new Sgd(1, 0, 0)).hasMessageContaining("learning rate");
        assertThatThrownBy(() -> new Sgd(1, 0.1, 1)).hasMessageContaining("momentum");
        assertThatThrownBy(() -> new Adam(1, Double.NaN)).hasMessageContaining("learning rate");
        assertThatThrownBy(() -> new Adam(1, 0.1, 1, 0.9, 0)).hasMessageContaining("beta1");
        assertThatThrownBy(() -> new Adam(2, 0.1).step(new double[2], new double[3]))
                .hasMessageContaining("2");
        assertThatThrownBy(() -> new Adam(2, 0.1).step(new float[3], new float[2]))
                .hasMessage("the optimizer was made for 2 parameters; found 3 and a gradient of 2");
        assertThatThrownBy(() -> new Sgd(2, 0.1, 0).step(new float[2], new float[1]))
                .hasMessageContaining("a gradient of 1");
    }

    @Test
    void stepsAllocateNothing() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Optimizer adam = new Adam(100, 0.01);
        double[] x = new double[100];
        double[] gradient = new double[100];
        for (int i = 0; i < 100; i++) {
            adam.step(x, gradient);
        }
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (int i = 0; i < 1000; i++) {
            adam.step(x, gradient);
        }
        long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        assertThat((after - before) / 1000).isZero();
    }
}
