package dev.gradc.maven;

import dev.gradc.compiler.GeneratedModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.codehaus.plexus.build.BuildContext;

/** The directory of generated sources. */
final class GeneratedSources {

    private final Path root;
    private final BuildContext buildContext;

    GeneratedSources(Path root, BuildContext buildContext) {
        this.root = root;
        this.buildContext = buildContext;
    }

    /**
     * Writes the sources of {@code models} that differ from what is there, so that nothing else is compiled again, and
     * deletes what only the {@code last} run wrote.
     *
     * @return how many files were written or deleted
     */
    int replace(List<GeneratedModel> models, GenerationStatus last, GenerationStatus now) throws IOException {
        int changed = 0;
        for (GeneratedModel model : models) {
            changed += write(root.resolve(model.relativePath()), model.javaSource()) ? 1 : 0;
        }
        for (String path : last.outputs().keySet()) {
            if (!now.outputs().containsKey(path)) {
                changed += delete(root.resolve(path)) ? 1 : 0;
            }
        }
        return changed;
    }

    private boolean write(Path file, String source) throws IOException {
        byte[] content = source.getBytes(StandardCharsets.UTF_8);
        if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content)) {
            return false;
        }
        Files.createDirectories(file.getParent());
        try (OutputStream out = buildContext.newFileOutputStream(file.toFile())) {
            out.write(content);
        }
        return true;
    }

    private boolean delete(Path file) throws IOException {
        boolean deleted = Files.deleteIfExists(file);
        buildContext.refresh(file.toFile());
        for (Path folder = file.getParent(); !folder.equals(root); folder = folder.getParent()) {
            try {
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException e) {
                break;
            }
        }
        return deleted;
    }
}
