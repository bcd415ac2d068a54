package dev.gradc.compiler.adbench;

import dev.gradc.compiler.run.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The hand at rest.
 *
 * @param vertices inputs of the models: where bones and vertices are, and how these follow those
 * @param triangles which vertices [T, 3] make the triangles
 */
record HandModel(Map<String, Tensor> vertices, Tensor triangles) {

    private static final int BONES = 22;

    /** Reads {@code bones.txt}, {@code vertices.txt} and {@code triangles.txt}, whose fields are separated by colons. */
    static HandModel read(Path folder) throws IOException {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        List<String[]> bones = fields(folder.resolve("bones.txt"));
        inputs.put("relative", tensor(bones, 2, BONES, 4, 4));
        inputs.put("inverse", tensor(bones, 18, BONES, 4, 4));
        List<String[]> vertices = fields(folder.resolve("vertices.txt"));
        inputs.put("rest", positions(vertices));
        inputs.put("skin", weights(vertices));
        List<String[]> triangles = fields(folder.resolve("triangles.txt"));
        return new HandModel(inputs, tensor(triangles, 0, triangles.size(), 3));
    }

    Map<String, Tensor> withTriangles() {
        Map<String, Tensor> inputs = new LinkedHashMap<>(vertices);
        inputs.put("triangles", triangles);
        return inputs;
    }

    private static List<String[]> fields(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank())
                .map(line -> line.trim().split(":", -1))
                .toList();
    }

    /** The fields from {@code start} on of each line. */
    private static Tensor tensor(List<String[]> lines, int start, int... shape) {
        int width = Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact);
        double[] values = new double[lines.size() * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = Double.parseDouble(lines.get(i / width)[start + i % width]);
        }
        return new Tensor(values, shape);
    }

    /** Homogeneous coordinates. */
    private static Tensor positions(List<String[]> lines) {
        double[] values = new double[lines.size() * 4];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 4 == 3 ? 1 : Double.parseDouble(lines.get(i / 4)[i % 4]);
        }
        return new Tensor(values, new int[] {lines.size(), 4});
    }

    /** From the pairs of bone and weight behind their number, the ninth field. */
    private static Tensor weights(List<String[]> lines) {
        double[] values = new double[lines.size() * BONES];
        for (int vertex = 0; vertex < lines.size(); vertex++) {
            String[] line = lines.get(vertex);
            for (int pair = 9; pair < 9 + 2 * Integer.parseInt(line[8]); pair += 2) {
                values[vertex * BONES + Integer.parseInt(line[pair])] += Double.parseDouble(line[pair + 1]);
            }
        }
        return new Tensor(values, new int[] {lines.size(), BONES});
    }
}
