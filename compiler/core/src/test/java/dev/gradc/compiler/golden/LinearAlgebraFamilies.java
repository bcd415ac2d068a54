package dev.gradc.compiler.golden;

import dev.gradc.compiler.golden.Families.Family;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Matrices, and layouts whose formulas are no expressions. */
final class LinearAlgebraFamilies {

    private static final Pattern LOG_DETERMINANT = Pattern.compile("log\\(abs\\(det\\((\\w+)\\)\\)\\)");
    private static final Pattern SPLIT = Pattern.compile("(.*) for \\[(.*)\\]=(split\\(.*\\))");
    private static final Pattern SCATTER = Pattern.compile("y=zeros\\((\\d+)\\); y\\[(\\w+)\\]\\+=(\\w+)");

    private LinearAlgebraFamilies() {}

    static Map<String, Family> byName() {
        return Map.of(
                "triangular_solve", LinearAlgebraFamilies::triangularSolve,
                "logdet", c -> rewritten(c, LOG_DETERMINANT, "logdet($1)"),
                "split", c -> rewritten(c, SPLIT, "$2=$3; $1"),
                "scatter_add", c -> rewritten(c, SCATTER, "scatter_add($3, $2, $1)"));
    }

    private static String triangularSolve(GoldenCase example) {
        String lower = example.formula().contains("upper") ? "False" : "True";
        return "solve_triangular(" + example.inputName(0) + ", " + example.inputName(1) + ", lower=" + lower + ")";
    }

    /** The formula as {@code replacement} where it has the form of {@code pattern}, else as it stands. */
    private static String rewritten(GoldenCase example, Pattern pattern, String replacement) {
        Matcher matcher = pattern.matcher(example.formula());
        return matcher.matches() ? matcher.replaceAll(replacement) : Families.formula(example);
    }
}
