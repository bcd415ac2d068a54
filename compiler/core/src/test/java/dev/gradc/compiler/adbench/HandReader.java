package dev.gradc.compiler.adbench;

import dev.gradc.compiler.run.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads hand tracking: {@code n t}, a line {@code index x y z} for each point, barycentric coordinates where the
 * indices are those of triangles, pose.
 */
final class HandReader {

    private static final int POSE = 26;

    private HandReader() {}

    static Instance read(Path data, Reference reference) throws IOException {
        Numbers numbers = new Numbers(data.resolve(reference.file()));
        boolean isComplicated = reference.header().get("complicated").asBoolean();
        HandModel hand = HandModel.read(
                data.resolve("hand").resolve(reference.header().get("model").asText()));
        Map<String, Tensor> values = new LinkedHashMap<>(isComplicated ? hand.withTriangles() : hand.vertices());
        int n = numbers.whole();
        numbers.whole();
        Tensor points = numbers.tensor(n, 4);
        values.put(isComplicated ? "triangle" : "vertex", columns(points, 0, 1, n));
        values.put("points", columns(points, 1, 4, n, 3));
        if (isComplicated) {
            values.put("u", numbers.tensor(n, 2));
        }
        values.put("theta", numbers.tensor(POSE));
        double[] jacobian = reference.array("jacobian_rowmajor");
        return new Instance(
                reference.file(),
                "hand.grad",
                isComplicated ? "HandComplicated" : "HandSimple",
                "residuals",
                values,
                reference.array("objective"),
                isComplicated ? spread(jacobian, n) : rows(jacobian, n));
    }

    private static Tensor columns(Tensor rows, int from, int to, int... shape) {
        int width = rows.shape()[1];
        double[] values = new double[rows.shape()[0] * (to - from)];
        Arrays.setAll(values, i -> rows.values()[i / (to - from) * width + from + i % (to - from)]);
        return new Tensor(values, shape);
    }

    private static double[][] rows(double[] jacobian, int n) {
        double[][] rows = new double[3 * n][];
        Arrays.setAll(rows, row -> Arrays.copyOfRange(jacobian, row * POSE, (row + 1) * POSE));
        return rows;
    }

    /** All columns, from rows that have the two of the row's own point and those of the pose only. */
    private static double[][] spread(double[] jacobian, int n) {
        double[][] rows = new double[3 * n][2 * n + POSE];
        for (int row = 0; row < rows.length; row++) {
            int start = row * (2 + POSE);
            System.arraycopy(jacobian, start, rows[row], row / 3 * 2, 2);
            System.arraycopy(jacobian, start + 2, rows[row], 2 * n, POSE);
        }
        return rows;
    }
}
