package dev.gradc.compiler.reference;

import dev.gradc.compiler.gate.Formula;
import dev.gradc.compiler.gate.Gates;
import dev.gradc.compiler.gate.Operation;
import dev.gradc.compiler.rewrite.RuleSets;
import dev.gradc.compiler.syntax.Declaration;
import dev.gradc.compiler.syntax.Module;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables of the reference, as the declarations of gates and library functions make them. */
public final class Tables {

    /** Up to a full stop in front of another sentence; not that of "et al. 2015". */
    private static final Pattern SENTENCE = Pattern.compile("(.*?)\\.(?: +\\p{Lu}.*)?", Pattern.DOTALL);

    private Tables() {}

    /** One row for each gate. */
    public static String gates() {
        return Gates.ALL.stream()
                .map(Tables::row)
                .collect(Collectors.joining(
                        "\n", "| gate | output | local gradients | where | notes |\n|---|---|---|---|---|\n", "\n"));
    }

    /** One row for each rule of the simplifier. */
    public static String rules() {
        return RuleSets.ALL.stream()
                .map(rule -> row(List.of(
                        code(rule.name()),
                        code(rule.text()),
                        rule.contract().name().toLowerCase(Locale.ROOT))))
                .collect(Collectors.joining("\n", "| rule | before => after | contract |\n|---|---|---|\n", "\n"));
    }

    private static String row(Operation gate) {
        Formula formula = gate.formula();
        return row(List.of(
                code(gate.name()),
                code(formula.value()),
                formula.gradients().stream().map(Tables::code).collect(Collectors.joining("; ")),
                formula.domain(),
                formula.note()));
    }

    /** One table for each of {@code modules}. */
    public static String library(List<Module> modules) {
        return modules.stream().map(Tables::functions).collect(Collectors.joining("\n"));
    }

    private static String functions(Module module) {
        return module.declarations().stream()
                .filter(Declaration.Function.class::isInstance)
                .map(Declaration.Function.class::cast)
                .map(function -> row(List.of(code(signature(function)), firstSentence(function))))
                .collect(Collectors.joining(
                        "\n",
                        "### " + module.packageName().orElseThrow() + "\n\n| function | value |\n|---|---|\n",
                        "\n"));
    }

    private static String signature(Declaration.Function function) {
        return function.parameters().stream()
                .map(parameter -> parameter.name()
                        + parameter
                                .defaultValue()
                                .map(value -> " = " + value.span().text())
                                .orElse(""))
                .collect(Collectors.joining(", ", function.name() + "(", ")"));
    }

    private static String firstSentence(Declaration.Function function) {
        String documentation =
                function.documentation().orElseThrow().replaceAll("\\s+", " ").strip();
        Matcher sentence = SENTENCE.matcher(documentation);
        return sentence.matches() ? sentence.group(1) : documentation;
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String row(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |"))
                .replace("|  |", "| |")
                .replace("|  |", "| |");
    }
}
