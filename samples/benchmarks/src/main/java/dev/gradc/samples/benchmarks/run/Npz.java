package dev.gradc.samples.benchmarks.run;

import dev.gradc.samples.benchmarks.Data;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes arrays as NumPy reads them: a zip of {@code .npy} files of version 1.0, each a magic number, a header that says
 * type and shape, and the elements, little-endian.
 */
final class Npz {
    private static final int ALIGNMENT = 64;

    private Npz() {}

    /** Writes arrays by name. */
    static void write(Path file, Map<String, Data.Array> arrays) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (OutputStream stream = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(stream)) {
            for (Map.Entry<String, Data.Array> entry : arrays.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey() + ".npy"));
                zip.write(npy(entry.getValue()));
                zip.closeEntry();
            }
        }
    }

    private static byte[] npy(Data.Array array) {
        byte[] header = header(array);
        ByteBuffer file = ByteBuffer.allocate(header.length + 8 * size(array)).order(ByteOrder.LITTLE_ENDIAN);
        file.put(header);
        if (array.elements() instanceof double[] doubles) {
            Arrays.stream(doubles).forEach(file::putDouble);
        } else if (array.elements() instanceof int[] ints) {
            Arrays.stream(ints).forEach(file::putInt);
        } else {
            for (float element : (float[]) array.elements()) {
                file.putFloat(element);
            }
        }
        return Arrays.copyOf(file.array(), file.position());
    }

    private static byte[] header(Data.Array array) {
        String type = array.elements() instanceof double[] ? "<f8" : array.elements() instanceof int[] ? "<i4" : "<f4";
        String shape =
                Arrays.stream(array.shape()).mapToObj(extent -> extent + ",").collect(Collectors.joining());
        String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }";
        int prefix = 10;
        int padding = ALIGNMENT - (prefix + text.length() + 1) % ALIGNMENT;
        String padded = text + " ".repeat(padding) + "\n";
        ByteBuffer header = ByteBuffer.allocate(prefix + padded.length()).order(ByteOrder.LITTLE_ENDIAN);
        header.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0);
        header.putShort((short) padded.length()).put(padded.getBytes(StandardCharsets.US_ASCII));
        return header.array();
    }

    private static int size(Data.Array array) {
        return Arrays.stream(array.shape()).reduce(1, Math::multiplyExact);
    }
}
