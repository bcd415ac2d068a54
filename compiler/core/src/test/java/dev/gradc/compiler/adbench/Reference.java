package dev.gradc.compiler.adbench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The reference values for one data file.
 *
 * @param header what the JSON file says
 * @param values all numbers of the file beside it; empty where there is none
 */
record Reference(JsonNode header, double[] values) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The references in {@code folder}, in order of their names. */
    static List<Reference> readAll(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        Reference[] references = new Reference[files.size()];
        for (int i = 0; i < references.length; i++) {
            references[i] = read(files.get(i));
        }
        return List.of(references);
    }

    private static Reference read(Path file) throws IOException {
        JsonNode header = MAPPER.readTree(file.toFile());
        if (!header.has("bin")) {
            return new Reference(header, new double[0]);
        }
        byte[] bytes = Files.readAllBytes(file.resolveSibling(header.get("bin").asText()));
        double[] values = new double[bytes.length / Double.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
        return new Reference(header, values);
    }

    /** The data file, relative to the data directory. */
    String file() {
        return header.get("file").asText();
    }

    int whole(String name) {
        return header.get(name).asInt();
    }

    /** The array of that name, row by row. */
    double[] array(String name) {
        for (JsonNode entry : header.get("layout")) {
            if (entry.get("name").asText().equals(name)) {
                int size = 1;
                for (JsonNode extent : entry.get("shape")) {
                    size *= extent.asInt();
                }
                int offset = entry.get("offset").asInt();
                return Arrays.copyOfRange(values, offset, offset + size);
            }
        }
        throw new IllegalArgumentException(file() + " has no " + name);
    }

    /** The objective, where it is one number. */
    double[] objective() {
        return new double[] {header.get("objective").asDouble()};
    }
}
