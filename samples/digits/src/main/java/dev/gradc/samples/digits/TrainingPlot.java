package dev.gradc.samples.digits;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The course of a training as a picture: the loss, and the accuracies beside it. */
final class TrainingPlot {

    private static final int WIDTH = 620;
    private static final int HEIGHT = 420;
    private static final Color BLUE = new Color(0x1f, 0x5f, 0xa8);
    private static final Color GRID = new Color(0xe4, 0xe4, 0xe4);
    private static final Color ORANGE = new Color(0xd9, 0x6c, 0x10);

    private TrainingPlot() {}

    /** Writes {@code history} as a PNG to {@code file}. */
    static void write(List<Training.Epoch> history, Path file) throws IOException {
        XYChart loss = chart("Training loss", "loss");
        loss.getStyler().setYAxisLogarithmic(true);
        loss.getStyler().setLegendVisible(false);
        add(loss, "loss", BLUE, history, Training.Epoch::loss);
        XYChart accuracy = chart("Accuracy", "% right");
        add(accuracy, "training images", BLUE, history, epoch -> 100 * epoch.trainingAccuracy());
        add(accuracy, "test images", ORANGE, history, epoch -> 100 * epoch.testAccuracy());
        BufferedImage picture = new BufferedImage(2 * WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = picture.createGraphics();
        canvas.drawImage(BitmapEncoder.getBufferedImage(loss), 0, 0, null);
        canvas.drawImage(BitmapEncoder.getBufferedImage(accuracy), WIDTH, 0, null);
        canvas.dispose();
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (!ImageIO.write(picture, "png", file.toFile())) {
            throw new IOException("this JDK cannot write PNG pictures: " + file);
        }
    }

    private static XYChart chart(String title, String axis) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("epoch")
                .yAxisTitle(axis)
                .build();
        chart.getStyler().setPlotGridLinesColor(GRID);
        chart.getStyler()
                .setLegendPosition(Styler.LegendPosition.InsideSE)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false);
        return chart;
    }

    private static void add(
            XYChart chart,
            String name,
            Color color,
            List<Training.Epoch> history,
            ToDoubleFunction<Training.Epoch> value) {
        double[] epochs = new double[history.size()];
        double[] values = new double[history.size()];
        for (int i = 0; i < epochs.length; i++) {
            epochs[i] = i + 1;
            values[i] = value.applyAsDouble(history.get(i));
        }
        chart.addSeries(name, epochs, values).setMarker(SeriesMarkers.NONE).setLineColor(color);
    }
}
