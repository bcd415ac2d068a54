package dev.gradc.samples.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.samples.benchmarks.Data;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By the description of the format: numpy.lib.format, version 1.0. */
class NpzTest {
    @Test
    void writesTypeShapeAndElements(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("arrays.npz");
        Map<String, Data.Array> arrays = Map.of(
                "a/ints", new Data.Array(new int[] {7, -1, 5}, new int[] {3}),
                "a/floats", new Data.Array(new float[] {1.5f, 2, 3, 4, 5, 6}, new int[] {2, 3}),
                "doubles", new Data.Array(new double[] {0.1}, new int[] {1, 1}));
        Npz.write(file, arrays);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ByteBuffer ints = entry(zip, "a/ints.npy");
            assertThat(header(ints)).contains("'<i4'", "'fortran_order': False", "'shape': (3,)");
            assertThat(ints.getInt()).isEqualTo(7);
            assertThat(ints.remaining()).isEqualTo(8);
            ByteBuffer floats = entry(zip, "a/floats.npy");
            assertThat(header(floats)).contains("'<f4'", "'shape': (2,3,)");
            assertThat(floats.getFloat()).isEqualTo(1.5f);
            ByteBuffer doubles = entry(zip, "doubles.npy");
            assertThat(header(doubles)).contains("'<f8'", "'shape': (1,1,)");
            assertThat(doubles.getDouble()).isEqualTo(0.1);
        }
    }

    private static ByteBuffer entry(ZipFile zip, String name) throws IOException {
        return ByteBuffer.wrap(zip.getInputStream(zip.getEntry(name)).readAllBytes())
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads up to the elements, which begin at a multiple of 64 bytes. */
    private static String header(ByteBuffer file) {
        byte[] magic = new byte[8];
        file.get(magic);
        assertThat(magic).startsWith(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0);
        byte[] text = new byte[file.getShort()];
        file.get(text);
        assertThat(file.position() % 64).isZero();
        String header = new String(text, StandardCharsets.US_ASCII);
        assertThat(header).endsWith("\n");
        return header;
    }
}
