package dev.gradc.samples.digits;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/**
 * Handwritten digits of 8 by 8 pixels.
 *
 * @param images pixels scaled to 0..1, row-major [count, 64]
 * @param labels 0 to 9, one an image
 */
public record Digits(double[] images, int[] labels) {

    /** Pixels an image. */
    public static final int PIXELS = 64;

    private static final String FILE = "digits8x8.csv.gz";
    private static final double BRIGHTEST = 16;

    /** Training and test images. */
    public record Split(Digits training, Digits test) {}

    /** The number of images. */
    public int count() {
        return labels.length;
    }

    /** The images that come with the sample, all 1,797. */
    public static Digits load() throws IOException {
        InputStream resource = Digits.class.getResourceAsStream(FILE);
        if (resource == null) {
            throw new IOException(FILE + " is not on the class path; build the sample with Maven");
        }
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.US_ASCII))) {
            List<String> lines = reader.lines().skip(1).toList();
            double[] images = new double[lines.size() * PIXELS];
            int[] labels = new int[lines.size()];
            for (int i = 0; i < labels.length; i++) {
                String[] fields = lines.get(i).split(",", -1);
                if (fields.length != PIXELS + 1) {
                    throw new IOException(FILE + ", line " + (i + 2) + ": expected " + (PIXELS + 1) + " fields, found "
                            + fields.length);
                }
                for (int pixel = 0; pixel < PIXELS; pixel++) {
                    images[i * PIXELS + pixel] = Double.parseDouble(fields[pixel]) / BRIGHTEST;
                }
                labels[i] = (int) Double.parseDouble(fields[PIXELS]);
            }
            return new Digits(images, labels);
        }
    }

    /** A fifth of the images, drawn by {@code seed}, for testing; the others for training. */
    public Split split(long seed) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < count(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(seed));
        int test = count() / 5;
        return new Split(select(order.subList(test, count())), select(order.subList(0, test)));
    }

    /** The images at {@code places}, in that order. */
    public Digits select(List<Integer> places) {
        Digits selected = new Digits(new double[places.size() * PIXELS], new int[places.size()]);
        for (int i = 0; i < places.size(); i++) {
            System.arraycopy(images, places.get(i) * PIXELS, selected.images, i * PIXELS, PIXELS);
            selected.labels[i] = labels[places.get(i)];
        }
        return selected;
    }
}
