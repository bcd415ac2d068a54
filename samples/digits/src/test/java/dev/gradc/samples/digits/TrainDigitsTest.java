package dev.gradc.samples.digits;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.gradc.runtime.GradientChecker;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainDigitsTest {

    @Test
    void learnsToReadDigitsItHasNotSeen() throws IOException {
        Training training = new Training(Digits.load().split(TrainDigits.SEED), TrainDigits.SEED);
        List<Training.Epoch> history = training.run(TrainDigits.EPOCHS, epoch -> {});
        Training.Epoch last = history.get(history.size() - 1);
        assertThat(last.testAccuracy()).isGreaterThanOrEqualTo(0.965);
        assertThat(last.loss()).isLessThan(history.get(0).loss() / 3);
    }

    @Test
    void theSplitIsFixedAndDisjoint() throws IOException {
        Digits all = Digits.load();
        Digits.Split split = all.split(5);
        assertThat(all.count()).isEqualTo(1797);
        assertThat(split.test().count()).isEqualTo(359);
        assertThat(split.training().count()).isEqualTo(1438);
        assertThat(split.test().images()).isEqualTo(all.split(5).test().images());
        int sum = IntStream.of(all.labels()).sum();
        assertThat(IntStream.of(split.test().labels()).sum()
                        + IntStream.of(split.training().labels()).sum())
                .isEqualTo(sum);
    }

    @Test
    void theGradientAgreesWithDifferences() throws IOException {
        Digits batch = Digits.load().select(List.of(3, 1, 4, 15, 9));
        TwoLayerNet net = new TwoLayerNet(batch.count());
        double[] point = randomPoint(net);
        net.valueAndGradient(batch.images(), batch.labels(), point);
        double[] gradient = net.gradient().clone();
        GradientChecker.Report report = GradientChecker.checkDotProduct(
                p -> net.forward(batch.images(), batch.labels(), p),
                point,
                gradient,
                GradientChecker.Options.defaults());
        assertThat(report.verdict()).as(report.toString()).isEqualTo(GradientChecker.Verdict.AGREES);
    }

    @Test
    void backwardScalesTheGradientByTheUpstream() throws IOException {
        Digits batch = Digits.load().select(List.of(2, 7, 18));
        TwoLayerNet net = new TwoLayerNet(batch.count());
        double[] point = randomPoint(net);
        net.valueAndGradient(batch.images(), batch.labels(), point);
        double[] once = net.gradient().clone();
        net.forward(batch.images(), batch.labels(), point);
        for (double upstream : new double[] {1, -3}) {
            net.backward(upstream);
            for (int i = 0; i < once.length; i++) {
                assertThat(net.gradient()[i]).isCloseTo(upstream * once[i], Offset.offset(1e-12));
            }
        }
    }

    @Test
    void noCallAllocates() throws IOException {
        Digits batch = Digits.load().select(IntStream.range(0, 32).boxed().toList());
        TwoLayerNet net = new TwoLayerNet(batch.count());
        double[] point = randomPoint(net);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int run = 0; run < 20 && least > 0; run++) { // the JVM itself allocates now and then
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            calls(net, batch, point, 200);
            long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            least = Math.min(least, (after - before) / 200);
        }
        assertThat(least).as("bytes a call").isZero();
    }

    private static void calls(TwoLayerNet net, Digits batch, double[] point, int count) {
        for (int i = 0; i < count; i++) {
            net.valueAndGradient(batch.images(), batch.labels(), point);
            net.forward(batch.images(), batch.labels(), point);
            net.backward(1);
        }
    }

    @Test
    void drawsTheCourse(@TempDir Path folder) throws IOException {
        System.setProperty("java.awt.headless", "true");
        Path file = folder.resolve("plot.png");
        TrainingPlot.write(List.of(new Training.Epoch(2, 0.5, 0.4), new Training.Epoch(1, 0.8, 0.7)), file);
        BufferedImage picture = ImageIO.read(file.toFile());
        assertThat(picture.getWidth()).isGreaterThan(picture.getHeight());
    }

    private static double[] randomPoint(TwoLayerNet net) {
        return new Random(11).doubles(net.layout().size(), -0.3, 0.3).toArray();
    }
}
