package dev.gradc.compiler.adbench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gradc.compiler.run.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads bundle adjustment: {@code n m p}, then cameras, points, weights and features. A file of ADBench has one of each,
 * to be repeated, and observation i is of point i mod m in camera i mod n; one that is written out has all, and a line
 * {@code camera point} for each observation between weights and features.
 */
final class BundleReader {

    /** With more observations the Jacobian, 3p rows, would not fit into memory. */
    private static final int MOST_OBSERVATIONS = 1000;

    private static final int CAMERA = 11;

    private final Map<String, Tensor> data = new LinkedHashMap<>();
    private final int n;
    private final int m;
    private final int p;

    private BundleReader(Path file, boolean isRepeated) throws IOException {
        Numbers numbers = new Numbers(file);
        n = numbers.whole();
        m = numbers.whole();
        p = numbers.whole();
        data.put("cameras", isRepeated ? numbers.repeated(n, CAMERA) : numbers.tensor(n, CAMERA));
        data.put("points", isRepeated ? numbers.repeated(m, 3) : numbers.tensor(m, 3));
        Tensor weights = isRepeated ? numbers.repeated(p, 1) : numbers.tensor(p, 1);
        data.put("weights", Tensor.vector(weights.values()));
        double[] seen = isRepeated ? cycles() : numbers.tensor(p, 2).values();
        data.put("camera", everySecond(seen, 0));
        data.put("point", everySecond(seen, 1));
        data.put("feature", isRepeated ? numbers.repeated(p, 2) : numbers.tensor(p, 2));
    }

    /** Camera and point of each observation. */
    private double[] cycles() {
        double[] seen = new double[2 * p];
        Arrays.setAll(seen, i -> i / 2 % (i % 2 == 0 ? n : m));
        return seen;
    }

    private static Tensor everySecond(double[] values, int start) {
        double[] result = new double[values.length / 2];
        Arrays.setAll(result, i -> values[2 * i + start]);
        return Tensor.vector(result);
    }

    /** The instance of a file that is written out, or those of all repeating files, which one reference describes. */
    static List<Instance> read(Path folder, Reference reference) throws IOException {
        if (!reference.header().has("files")) {
            return List.of(new BundleReader(folder.resolve(reference.file()), false).writtenOut(reference));
        }
        List<Instance> instances = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : reference.header().get("files").properties()) {
            Path file = folder.resolve("ba").resolve(entry.getKey());
            if (Files.exists(file) && entry.getValue().get("p").asInt() <= MOST_OBSERVATIONS) {
                instances.add(new BundleReader(file, true).repeated(entry.getKey(), entry.getValue()));
            }
        }
        return instances;
    }

    private Instance writtenOut(Reference reference) {
        return instance(reference.file(), reference.array("residuals"), jacobian(reference.array("csr_vals")));
    }

    /** All observations have the same residuals and block of the Jacobian. */
    private Instance repeated(String name, JsonNode block) {
        double[] residuals = new double[3 * p];
        double[] entries = new double[2 * p * (CAMERA + 4) + p];
        for (int i = 0; i < 2 * p; i++) {
            residuals[i] = block.get("reproj_err").get(i % 2).asDouble();
        }
        Arrays.fill(residuals, 2 * p, 3 * p, block.get("w_err").asDouble());
        JsonNode own = block.get("J_reproj_2x15_rowmajor");
        for (int i = 0; i < entries.length - p; i++) {
            entries[i] = own.get(i % own.size()).asDouble();
        }
        Arrays.fill(
                entries,
                entries.length - p,
                entries.length,
                block.get("dw_err_dw").asDouble());
        return instance("ba/" + name, residuals, jacobian(entries));
    }

    private Instance instance(String name, double[] residuals, double[][] jacobian) {
        return new Instance(name, "ba.grad", "BundleAdjustment", "residuals", data, residuals, jacobian);
    }

    /** From the entries by row: those of its camera, point and weight; of its weight alone in the last p rows. */
    private double[][] jacobian(double[] entries) {
        int weights = CAMERA * n + 3 * m;
        double[][] rows = new double[3 * p][weights + p];
        int next = 0;
        for (int row = 0; row < 2 * p; row++) {
            int i = row / 2;
            int camera = (int) data.get("camera").values()[i];
            int point = (int) data.get("point").values()[i];
            System.arraycopy(entries, next, rows[row], CAMERA * camera, CAMERA);
            System.arraycopy(entries, next + CAMERA, rows[row], CAMERA * n + 3 * point, 3);
            rows[row][weights + i] = entries[next + CAMERA + 3];
            next += CAMERA + 4;
        }
        for (int i = 0; i < p; i++) {
            rows[2 * p + i][weights + i] = entries[next++];
        }
        return rows;
    }
}
