package dev.gradc.samples.digits;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Learns the digits, says how well, and draws the course: {@code TrainDigits [seed]}. */
public final class TrainDigits {

    static final long SEED = 1;
    static final int EPOCHS = 40;

    private TrainDigits() {}

    public static void main(String[] arguments) throws IOException {
        System.setProperty("java.awt.headless", "true");
        long seed = arguments.length == 0 ? SEED : Long.parseLong(arguments[0]);
        Digits.Split data = Digits.load().split(seed);
        System.out.printf(
                Locale.ROOT,
                "learning %,d handwritten digits, testing on %,d others%n",
                data.training().count(),
                data.test().count());
        Training training = new Training(data, seed);
        long start = System.nanoTime();
        List<Training.Epoch> history;
        try (ProgressBar bar = bar()) {
            history = training.run(EPOCHS, epoch -> {
                bar.step();
                bar.setExtraMessage(String.format(Locale.ROOT, "test %.1f %%", 100 * epoch.testAccuracy()));
            });
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Training.Epoch last = history.get(history.size() - 1);
        System.out.printf(Locale.ROOT, "%d epochs in %.1f s, loss %.4f%n", EPOCHS, seconds, last.loss());
        System.out.printf(Locale.ROOT, "training accuracy: %.1f %%%n", 100 * last.trainingAccuracy());
        System.out.printf(Locale.ROOT, "test accuracy: %.1f %%%n", 100 * last.testAccuracy());
        Path picture = Path.of(System.getProperty("digits.plot", "target/digits-training.png"));
        TrainingPlot.write(history, picture);
        System.out.println(
                "the course of the training: " + picture.toAbsolutePath().normalize());
    }

    private static ProgressBar bar() {
        return new ProgressBarBuilder()
                .setTaskName("training")
                .setInitialMax(EPOCHS)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .build();
    }
}
