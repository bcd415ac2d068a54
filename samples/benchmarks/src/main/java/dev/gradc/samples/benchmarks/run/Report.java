package dev.gradc.samples.benchmarks.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What was measured, and where.
 *
 * @param date when, ISO 8601
 * @param machine processor and operating system
 * @param jdk the virtual machine; what ran Python, in Python's reports
 * @param mode {@code standard} or {@code quick}
 * @param rows the measurements
 */
public record Report(String date, String machine, String jdk, String mode, List<Row> rows) {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Owns its rows. */
    public Report {
        rows = List.copyOf(rows);
    }

    /** This report with another one's rows behind its own. */
    public Report with(Report other) {
        List<Row> all = new ArrayList<>(rows);
        all.addAll(other.rows);
        return new Report(date, machine, jdk, mode, all);
    }

    /** Reads what {@link #write} or {@code peers.py} wrote. */
    public static Report read(Path file) {
        try {
            return MAPPER.readValue(file.toFile(), Report.class);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is not a report of measurements: " + e.getMessage(), e);
        }
    }

    /** Writes JSON. */
    public void write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            MAPPER.writeValue(file.toFile(), this);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the report " + file + ": " + e.getMessage(), e);
        }
    }
}
