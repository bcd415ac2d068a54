package dev.gradc.maven;

import dev.gradc.compiler.CompilerOptions;
import dev.gradc.compiler.GeneratedModel;
import dev.gradc.compiler.source.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a successful run read and wrote. Kept as lines of text: the digest of the inputs, then a digest and a path for
 * each file written.
 *
 * @param inputs digest of gradc's version, the options and every model file; empty before the first run
 * @param outputs path below the output directory to digest of the content
 */
record GenerationStatus(String inputs, SortedMap<String, String> outputs) {

    private static final String SEPARATOR = "  ";

    GenerationStatus {
        outputs = Collections.unmodifiableSortedMap(new TreeMap<>(outputs));
    }

    /** The status after {@code models} were generated. */
    static GenerationStatus of(String inputs, List<GeneratedModel> models) {
        SortedMap<String, String> outputs = new TreeMap<>();
        models.forEach(model -> outputs.put(model.relativePath(), digest(List.of(model.javaSource()))));
        return new GenerationStatus(inputs, outputs);
    }

    /** The status kept in {@code file}; that of no run when there is none or it cannot be made out. */
    static GenerationStatus read(Path file) throws IOException {
        GenerationStatus none = new GenerationStatus("", new TreeMap<>());
        if (!Files.isRegularFile(file)) {
            return none;
        }
        List<String> lines = Files.readAllLines(file);
        SortedMap<String, String> outputs = new TreeMap<>();
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            int separator = line.indexOf(SEPARATOR);
            if (separator < 0) {
                return none;
            }
            outputs.put(line.substring(separator + SEPARATOR.length()), line.substring(0, separator));
        }
        return lines.isEmpty() ? none : new GenerationStatus(lines.get(0), outputs);
    }

    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(inputs);
        outputs.forEach((path, digest) -> lines.add(digest + SEPARATOR + path));
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
    }

    /** Whether a run on {@code inputs} would leave everything in {@code directory} as it is. */
    boolean holds(String inputs, Path directory) throws IOException {
        if (!this.inputs.equals(inputs)) {
            return false;
        }
        for (Map.Entry<String, String> output : outputs.entrySet()) {
            Path file = directory.resolve(output.getKey());
            if (!Files.isRegularFile(file)
                    || !digest(List.of(Files.readString(file))).equals(output.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** The digest of all that generated sources depend on. */
    static String digestInputs(String version, CompilerOptions options, List<SourceFile> models) {
        List<String> parts = new ArrayList<>(List.of(version, options.toString()));
        for (SourceFile model : models) {
            parts.add(model.name());
            parts.add(model.text());
        }
        return digest(parts);
    }

    /** SHA-256 over {@code parts}, each led by its length so that no two lists give the same bytes. */
    private static String digest(List<String> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
