package dev.gradc.compiler.explain;

import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a recurrence around the equations of its steps. */
final class LoopWriter {

    private static final String INDENT = "  ";

    private final Notation text;
    private final Notation latex;
    private final Reading reading;
    private final Names names;

    LoopWriter(Notation text, Notation latex, Reading reading, Names names) {
        this.text = text;
        this.latex = latex;
        this.reading = reading;
        this.names = names;
    }

    /** The loop of {@code body} from {@code initial} states. */
    Equation write(Scan.Body body, List<Expression> initial, List<Equation> steps, List<Node> results) {
        List<String> states = body.states().stream()
                .map(state -> names.of(state).orElseThrow())
                .toList();
        String given =
                results.stream().map(node -> names.of(node).orElseThrow()).collect(Collectors.joining(", "));
        String types = results.stream().map(node -> node.type().toString()).collect(Collectors.joining(", "));
        return new Equation(given, types, inText(body, states, initial, steps), inLatex(body, states, initial, steps));
    }

    private String inText(Scan.Body body, List<String> states, List<Expression> initial, List<Equation> steps) {
        List<String> starts = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            starts.add(states.get(i) + " = " + text.plain(initial.get(i)));
        }
        String head = "scan " + text.plain(index(body)) + " in " + text.plain(first(body)) + ".."
                + text.plain(last(body)) + " with " + String.join(", ", starts) + " {\n";
        return steps.stream()
                .map(step -> step.text().indent(INDENT.length()))
                .collect(Collectors.joining("", head, "}"));
    }

    private String inLatex(Scan.Body body, List<String> states, List<Expression> initial, List<Equation> steps) {
        List<String> starts = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            starts.add(latex.name(states.get(i)).text() + " = " + latex.plain(initial.get(i)));
        }
        String head = "&\\text{for } " + latex.plain(index(body)) + " = " + latex.plain(first(body)) + ", \\dots, "
                + latex.plain(last(body)) + ", \\text{ from } " + String.join(",\\; ", starts) + "\\text{:}";
        return steps.stream()
                .map(step -> step.latex().lines().map(LoopWriter::indented).collect(Collectors.joining("\n")))
                .collect(Collectors.joining(" \\\\\n", head + " \\\\\n", ""));
    }

    /** A row with all of it behind the mark for alignment. */
    private static String indented(String row) {
        return "&\\quad " + row.replaceFirst(" ?&", row.startsWith("&") ? "" : " ");
    }

    private Expression index(Scan.Body body) {
        return new Expression.Extent(reading.readable(Dim.symbol(body.symbol())));
    }

    private Expression first(Scan.Body body) {
        return body.isReversed() ? highest(body) : lowest(body);
    }

    private Expression last(Scan.Body body) {
        return body.isReversed() ? lowest(body) : highest(body);
    }

    private Expression lowest(Scan.Body body) {
        return new Expression.Extent(reading.readable(body.low()));
    }

    private Expression highest(Scan.Body body) {
        return new Expression.Extent(
                reading.readable(body.low().plus(body.count()).minus(Dim.ONE)));
    }
}
