package dev.gradc.cli;

import dev.gradc.compiler.GeneratedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/** A root of Java sources on disk. Files appear whole or not at all, and are left alone when nothing changed. */
final class SourceTree {

    private final Path root;

    SourceTree(Path root) {
        this.root = root;
    }

    /**
     * Writes {@code model}'s source below its package.
     *
     * @throws CommandFailure when it cannot be written
     */
    void write(GeneratedModel model) {
        Path file = root.resolve(model.relativePath());
        byte[] content = model.javaSource().getBytes(StandardCharsets.UTF_8);
        try {
            if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content)) {
                return;
            }
            Files.createDirectories(file.getParent());
            replace(file, content);
        } catch (AccessDeniedException e) {
            throw new CommandFailure(e.getFile() + ": may not be written; check its permissions, or choose -d", e);
        } catch (FileAlreadyExistsException | NotDirectoryException e) {
            throw new CommandFailure(
                    e.getFile() + ": is in the way: a directory was expected; move it, or choose -d", e);
        } catch (FileSystemException e) {
            throw new CommandFailure(file + ": cannot be written: " + reason(e) + "; mend that, or choose -d", e);
        } catch (IOException e) {
            throw new CommandFailure(file + ": cannot be written: " + e.getMessage() + "; mend that, or choose -d", e);
        }
    }

    /** Through a temporary file in the same directory, since only then the move replaces in one step. */
    private static void replace(Path file, byte[] content) throws IOException {
        String name = "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp";
        Path temporary = file.resolveSibling(name);
        try {
            Files.write(temporary, content);
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static String reason(FileSystemException e) {
        return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
    }
}
