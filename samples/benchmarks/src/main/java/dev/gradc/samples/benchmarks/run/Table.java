package dev.gradc.samples.benchmarks.run;

import dev.gradc.samples.benchmarks.Workload;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A report as text, in Markdown: a row for each workload and a column for each library. With a peer's time stands its ratio
 * to that of gradc with the Vector API: above 1, gradc is faster.
 */
public final class Table {
    private final Report report;
    private final Set<String> libraries = new LinkedHashSet<>();

    /** The table of a report. */
    public Table(Report report) {
        this.report = report;
        libraries.add(Measurement.WITH_VECTORS);
        libraries.add(Measurement.WITHOUT_VECTORS);
        report.rows().forEach(row -> libraries.add(row.library()));
    }

    /** The head with date, machine and JDK, then the table. */
    public String text() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(heading());
        for (Workload workload : Workload.values()) {
            if (report.rows().stream().anyMatch(row -> row.workload().equals(workload.id()))) {
                lines.add(line(workload));
            }
        }
        String head = String.format(
                "%s, %s; %s; one thread; %s mode. Time of one evaluation; in brackets, how many times that of gradc"
                        + " with the Vector API it is.%n%n",
                report.date(), report.machine(), report.jdk(), report.mode());
        return head + aligned(lines);
    }

    private List<String> heading() {
        List<String> cells = new ArrayList<>(List.of("workload"));
        cells.addAll(libraries);
        cells.add("gradc allocates");
        return cells;
    }

    private List<String> line(Workload workload) {
        List<String> cells = new ArrayList<>(List.of(workload.title() + " (" + workload.precision() + ")"));
        Optional<Row> ours = find(workload, Measurement.WITH_VECTORS);
        for (String library : libraries) {
            cells.add(find(workload, library).map(row -> cell(row, ours)).orElse(""));
        }
        cells.add(ours.map(Row::bytes).map(Table::bytes).orElse(""));
        return cells;
    }

    private Optional<Row> find(Workload workload, String library) {
        return report.rows().stream()
                .filter(row ->
                        row.workload().equals(workload.id()) && row.library().equals(library))
                .findFirst();
    }

    private static String cell(Row row, Optional<Row> ours) {
        String time = time(row.microseconds());
        if (ours.isEmpty() || row.equals(ours.get())) {
            return time;
        }
        return time + " (" + digits(row.microseconds() / ours.get().microseconds()) + ")";
    }

    /** Three digits, with the unit that keeps the number above 1. */
    static String time(double microseconds) {
        if (microseconds < 1) {
            return digits(1000 * microseconds) + " ns";
        }
        return microseconds < 1000 ? digits(microseconds) + " µs" : digits(microseconds / 1000) + " ms";
    }

    private static String digits(double value) {
        int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** Whole bytes: JMH's own threads allocate now and then, which makes a fraction of a byte for each evaluation. */
    private static String bytes(double bytes) {
        return String.format(Locale.ROOT, "%.0f B", bytes);
    }

    private static String aligned(List<List<String>> lines) {
        int[] widths = new int[lines.get(0).size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            text.append(padded(lines.get(i), widths));
            if (i == 0) {
                text.append(rule(widths));
            }
        }
        return text.toString();
    }

    private static String padded(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            String spaces = " ".repeat(widths[i] - cells.get(i).length());
            line.append(i == 0 ? " " + cells.get(i) + spaces : " " + spaces + cells.get(i))
                    .append(" |");
        }
        return line.append("\n").toString();
    }

    /** The first column is text, the others are numbers. */
    private static String rule(int[] widths) {
        StringBuilder rule =
                new StringBuilder("|").append("-".repeat(widths[0] + 2)).append('|');
        for (int i = 1; i < widths.length; i++) {
            rule.append("-".repeat(widths[i] + 1)).append(":|");
        }
        return rule.append("\n").toString();
    }
}
