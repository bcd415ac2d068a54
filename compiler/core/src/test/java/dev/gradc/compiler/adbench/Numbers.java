package dev.gradc.compiler.adbench;

import dev.gradc.compiler.run.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;

/** The numbers of a data file, one after the other. */
final class Numbers {

    private final Iterator<String> words;

    Numbers(Path file) throws IOException {
        words = Arrays.asList(Files.readString(file).trim().split("\\s+", -1)).iterator();
    }

    int whole() {
        return Integer.parseInt(words.next());
    }

    double real() {
        return Double.parseDouble(words.next());
    }

    /** The next numbers, row by row. */
    Tensor tensor(int... shape) {
        double[] values = new double[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        Arrays.setAll(values, i -> real());
        return new Tensor(values, shape);
    }

    /** The next numbers as one row, so many times. */
    Tensor repeated(int rows, int columns) {
        return repeat(tensor(columns).values(), rows);
    }

    private static Tensor repeat(double[] row, int rows) {
        double[] values = new double[Math.multiplyExact(rows, row.length)];
        Arrays.setAll(values, i -> row[i % row.length]);
        return new Tensor(values, new int[] {rows, row.length});
    }
}
