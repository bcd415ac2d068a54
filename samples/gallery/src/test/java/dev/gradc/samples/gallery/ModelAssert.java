package dev.gradc.samples.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.gradc.runtime.DifferentiableModel;
import dev.gradc.runtime.GradientChecker;
import dev.gradc.runtime.GradientChecker.ScalarFunction;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.function.DoubleConsumer;
import org.assertj.core.data.Offset;

/**
 * What holds for every model at any data: its gradient is the slope of its loss, and no call allocates.
 *
 * @param model the model
 * @param forward its {@code forward} at the test's data, given the parameters
 * @param valueAndGradient its {@code valueAndGradient} at the same data
 * @param backward its {@code backward}
 */
record ModelAssert(
        DifferentiableModel model, ScalarFunction forward, ScalarFunction valueAndGradient, DoubleConsumer backward) {

    private static final int CALLS = 100;
    private static final int RUNS = 20;

    /** {@code count} numbers between {@code low} and {@code high}, the same for the same seed. */
    static double[] random(long seed, int count, double low, double high) {
        return new Random(seed).doubles(count, low, high).toArray();
    }

    /** {@code count} whole numbers below {@code bound}, the same for the same seed. */
    static int[] positions(long seed, int count, int bound) {
        return new Random(seed).ints(count, 0, bound).toArray();
    }

    /** That a value is what it should be, up to rounding. */
    static void assertClose(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, Offset.offset(1e-11 * Math.max(1, Math.abs(expected))));
    }

    /** That each coordinate of the gradient agrees with differences. */
    ModelAssert gradientAgreesAt(double[] point) {
        double[] gradient = gradientByBothWaysAt(point);
        return agrees(GradientChecker.check(forward, point, gradient, GradientChecker.Options.defaults()));
    }

    /** That the gradient agrees with differences in random directions, which start with a step of {@code step}. */
    ModelAssert gradientAgreesInDirectionsAt(double[] point, double step) {
        double[] gradient = gradientByBothWaysAt(point);
        GradientChecker.Options options = new GradientChecker.Options(1e-6, step, 8, 3);
        return agrees(GradientChecker.checkDotProduct(forward, point, gradient, options));
    }

    /** That calls allocate nothing, once they are warm: in some run of them, as the JVM itself allocates now and then. */
    ModelAssert allocatesNothingAt(double[] point) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int run = 0; run < RUNS && least > 0; run++) {
            long before = threads.getThreadAllocatedBytes(thread);
            call(point);
            least = Math.min(least, (threads.getThreadAllocatedBytes(thread) - before) / CALLS);
        }
        assertThat(least).as("bytes a call").isZero();
        return this;
    }

    private ModelAssert agrees(GradientChecker.Report report) {
        assertThat(report.verdict()).as(report.toString()).isEqualTo(GradientChecker.Verdict.AGREES);
        return this;
    }

    /** The gradient by {@code valueAndGradient}, which {@code forward} and twice {@code backward} must confirm. */
    private double[] gradientByBothWaysAt(double[] point) {
        double value = valueAndGradient.value(point);
        double[] gradient = model.gradient().clone();
        assertClose(forward.value(point), value);
        for (double upstream : new double[] {1, -2}) {
            backward.accept(upstream);
            for (int i = 0; i < gradient.length; i++) {
                assertClose(model.gradient()[i], upstream * gradient[i]);
            }
        }
        return gradient;
    }

    private void call(double[] point) {
        for (int i = 0; i < CALLS; i++) {
            valueAndGradient.value(point);
            forward.value(point);
            backward.accept(1);
        }
    }
}
