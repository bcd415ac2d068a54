package dev.gradc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What HotSpot inlines, and so whether vectors become objects, depends on all that a JVM ran before: each order has one of its
 * own. Nothing is timed, and a slow machine only takes longer. In about one JVM of a hundred, HotSpot 17 loses the type of what
 * the module's own {@code blend} returns, so that some functions go on allocating: up to three are asked.
 */
class BlockAllocationTest {

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 12"})
    void compiledFunctionsAllocateNothingWhateverCameBefore(String order, String small) throws Exception {
        String allocating = null;
        for (int jvm = 0; jvm < 3 && !"".equals(allocating); jvm++) {
            allocating = run("--add-modules", "jdk.incubator.vector", BlockAllocation.class.getName(), order, small);
        }
        assertThat(allocating).isEmpty();
    }

    private static String run(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"));
        java.command().addAll(List.of(arguments));
        Process process = java.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (InputStream output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isZero();
            return text;
        }
    }
}
