package dev.gradc.maven;

import dev.gradc.compiler.source.SourceFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoFailureException;

/** Finds and reads model files. */
final class ModelDirectory {

    private ModelDirectory() {}

    /**
     * Every {@code .grad} file below {@code root} in the order of their names, which are relative to {@code basedir}
     * and have {@code /} between folders: generated sources show them, and must not depend on the machine.
     *
     * @throws MojoFailureException when one is not UTF-8
     */
    static List<SourceFile> read(Path root, Path basedir) throws IOException, MojoFailureException {
        List<SourceFile> models = new ArrayList<>();
        for (Path file : list(root)) {
            String name = basedir.relativize(file).toString().replace('\\', '/');
            try {
                models.add(new SourceFile(name, Files.readString(file)));
            } catch (CharacterCodingException e) {
                throw new MojoFailureException(file + ": is not UTF-8 text; save it as UTF-8", e);
            }
        }
        return models;
    }

    private static List<Path> list(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".grad"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }
}
