package dev.gradc.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files the user names, with errors that name place, cause and cure. */
final class TextFile {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private TextFile() {}

    /**
     * The text of a UTF-8 file, without its byte order mark.
     *
     * @param limit the largest size accepted, in bytes
     * @throws CommandFailure when it is missing, a directory, unreadable, too large or not UTF-8
     */
    static String read(Path file, long limit) {
        if (Files.isDirectory(file)) {
            throw new CommandFailure(file + ": is a directory; name a file");
        }
        try {
            long size = Files.size(file);
            if (size > limit) {
                throw new CommandFailure(file + ": is too large: " + size + " bytes, at most " + limit + " are read");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw new CommandFailure(file + ": no such file; check the path", e);
        } catch (AccessDeniedException e) {
            throw new CommandFailure(file + ": may not be read; check its permissions", e);
        } catch (CharacterCodingException e) {
            throw new CommandFailure(file + ": is not UTF-8 text; save it as UTF-8", e);
        } catch (IOException e) {
            throw new CommandFailure(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
