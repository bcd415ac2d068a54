package dev.gradc.compiler.explain;

import dev.gradc.compiler.explain.Explanation.Cost;
import dev.gradc.compiler.explain.Explanation.Count;
import dev.gradc.compiler.explain.Explanation.Derived;
import dev.gradc.compiler.explain.Explanation.Found;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Explanations as text to read, and formulas as LaTeX to set. */
public final class Report {

    private static final int MOST_PLACES = 12;
    private static final String INDENT = "  ";

    private Report() {}

    /** All of {@code explanation}, in plain text. */
    public static String text(Explanation explanation) {
        StringBuilder text = new StringBuilder("model " + explanation.model() + "\n");
        equations(text, "values", explanation.primal());
        equations(text, "derivatives", explanation.derivative());
        found(text, "the gradient on its way back", explanation.patterns());
        found(text, "rewrites", explanation.rules());
        explanation.derived().forEach(derived -> derived(text, derived));
        cost(text, explanation.cost(), explanation.dims());
        return text.toString();
    }

    /** The formulas of {@code explanation} as one environment {@code align*}, for use with the package amsmath. */
    public static String latex(Explanation explanation) {
        String primal = rows(explanation.primal());
        String derivative = rows(explanation.derivative());
        String space = primal.isEmpty() || derivative.isEmpty() ? "" : " \\\\[1ex]\n";
        return "% model " + explanation.model() + "\n\\begin{align*}\n" + primal + space + derivative
                + "\n\\end{align*}\n";
    }

    private static String rows(List<Equation> equations) {
        return equations.stream().map(Equation::latex).collect(Collectors.joining(" \\\\\n"));
    }

    private static void equations(StringBuilder text, String title, List<Equation> equations) {
        if (equations.isEmpty()) {
            return;
        }
        text.append('\n').append(title).append('\n');
        for (Equation equation : equations) {
            text.append(equation.text().indent(INDENT.length()));
        }
    }

    private static void derived(StringBuilder text, Derived derived) {
        text.append("\n%s: %s of %s by %s%n"
                .formatted(derived.method(), derived.kind(), derived.of(), String.join(", ", derived.by())));
        count(text, "operations", derived.operations());
        derived.entries().ifPresent(entries -> count(text, "entries", entries));
        derived.pattern().forEach(equation -> text.append(equation.text().indent(2 * INDENT.length())));
    }

    private static void found(StringBuilder text, String title, List<Found> all) {
        if (all.isEmpty()) {
            return;
        }
        text.append('\n').append(title).append('\n');
        for (Found found : all) {
            text.append(INDENT).append(found.name()).append(": ").append(found.count());
            List<String> where = found.where();
            if (!where.isEmpty()) {
                String rest = where.size() > MOST_PLACES ? ", ..." : "";
                text.append(" (")
                        .append(String.join(", ", where.subList(0, Math.min(MOST_PLACES, where.size()))))
                        .append(rest)
                        .append(')');
            }
            text.append("  ").append(found.meaning()).append('\n');
        }
    }

    private static void cost(StringBuilder text, Cost cost, Map<String, Integer> dims) {
        String at =
                dims.isEmpty() ? "" : " at " + new TreeMap<>(dims).toString().replaceAll("[{}]", "");
        text.append("\noperations of the generated code").append(at).append('\n');
        count(text, "forward", cost.forward());
        cost.backward().ifPresent(count -> count(text, "backward", count));
        cost.valueAndGradient().ifPresent(count -> count(text, "valueAndGradient", count));
        cost.ratio()
                .ifPresent(ratio -> line(
                        text,
                        (cost.valueAndGradient().isPresent() ? "valueAndGradient" : "forward and backward")
                                + " / forward",
                        String.format(Locale.ROOT, "%.2f", ratio)));
        text.append("\nmemory and size\n");
        line(text, "bytes kept between forward and backward", grouped(cost.bytesKept()));
        line(text, "bytes of workspace", grouped(cost.workspaceBytes()));
        line(text, "loops", String.valueOf(cost.loops()));
        line(text, "largest method, estimated bytes of bytecode", String.valueOf(cost.largestMethod()));
    }

    private static void count(StringBuilder text, String name, Count count) {
        String value = grouped(count.value());
        boolean isFixed = count.formula().equals(String.valueOf(count.value()));
        line(text, name, isFixed ? value : count.formula() + " = " + value);
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(INDENT).append(name).append(": ").append(value).append('\n');
    }

    private static String grouped(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
