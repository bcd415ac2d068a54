package dev.gradc.samples.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
    private static final Report REPORT = new Report(
            "2026-01-02",
            "a machine",
            "a JDK",
            "quick",
            List.of(
                    new Row("rosenbrock", "gradc + Vector API", 0.2, 0.01, 0.0004),
                    new Row("rosenbrock", "gradc", 0.25, null, 0.0),
                    new Row("rosenbrock", "Other", 12.345, null, 800.0),
                    new Row("mlp-small", "gradc + Vector API", 2500.0, null, 16.0),
                    new Row("mlp-small", "by hand", 1000.0, null, 0.0)));

    @Test
    void hasARowForEachWorkloadAndAColumnForEachLibrary() {
        assertThat(new Table(REPORT).text()).isEqualToNormalizingNewlines("""
            2026-01-02, a machine; a JDK; one thread; quick mode. Time of one evaluation; in brackets, how many times\
             that of gradc with the Vector API it is.

            | workload                              | gradc + Vector API |         gradc |          Other |        by hand | gradc allocates |
            |---------------------------------------|-------------------:|--------------:|---------------:|---------------:|----------------:|
            | Rosenbrock, 100 variables (f64)       |             200 ns | 250 ns (1.25) | 12.3 µs (61.7) |                |             0 B |
            | Perceptron 784-100-10, batch 64 (f32) |            2.50 ms |               |                | 1.00 ms (0.40) |            16 B |
            """);
    }

    @Test
    void hasTheFasterOfTwoRounds() {
        Row slow = new Row("sabr", "gradc", 0.3, 0.01, 8.0);
        Row fast = new Row("sabr", "gradc", 0.2, 0.02, 0.0);
        assertThat(List.of(slow.faster(fast), fast.faster(slow))).containsOnly(fast);
    }

    @Test
    void isMadeOfWhatWasWritten(@TempDir Path folder) {
        Path file = folder.resolve("results.json");
        REPORT.write(file);
        assertThat(Report.read(file)).isEqualTo(REPORT);
    }

    @Test
    void addsTheRowsOfPeersElsewhere(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("python.json");
        Files.writeString(file, """
            {"date": "2026-01-02", "machine": "m", "jdk": "Python 3", "mode": "3 s",
             "rows": [{"workload": "mlp-small", "library": "NumPy", "microseconds": 5000.0, "error": 1.5}]}
            """);
        assertThat(new Table(REPORT.with(Report.read(file))).text()).contains(" NumPy |", "| 5.00 ms (2.00) |");
    }

    @Test
    void choosesUnitsThatKeepThreeDigits() {
        assertThat(Table.time(0.0421)).isEqualTo("42.1 ns");
        assertThat(Table.time(99.96)).isEqualTo("100 µs");
        assertThat(Table.time(123456)).isEqualTo("123 ms");
    }
}
