package dev.gradc.compiler.golden;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The program that computes a case, by its family: in the notation that {@link Translator} reads, which has the
 * functions of the standard library, too. A family without an entry here is computed by its formula.
 */
final class Families {

    /** The program of a case. */
    interface Family {
        String program(GoldenCase example);
    }

    /** Families that are one function of one or two inputs, under the same name. */
    private static final Set<String> FUNCTIONS = Set.of(
            ("abs acos acosh asin asinh atan atan2 atanh cbrt ceil cos cosh digamma erf erfc erfinv exp exp2 expm1"
                            + " floor gelu_tanh hardsigmoid hardtanh hypot lgamma log log10 log1p log2 logaddexp logit"
                            + " logsigmoid mish normcdf reciprocal relu relu6 selu sigmoid sign silu sin sinh softplus"
                            + " softsign sqrt square tan tanh xlogy")
                    .split(" ", -1));

    /** Families whose formula may have other constants than the function. */
    private static final Map<String, String> EXACT = Map.of(
            "relu6", "minimum(maximum(x,0),6)",
            "hardtanh", "minimum(maximum(x,-1),1)",
            "hardsigmoid", "minimum(maximum(x/6+0.5,0),1)");

    private static final Map<String, Family> BY_NAME = new HashMap<>();

    static {
        BY_NAME.put("gelu_erf", c -> call("gelu", c));
        BY_NAME.put("leaky_relu", c -> "leaky_relu(x, " + number(c, "([\\d.e-]+)\\*x", "0.01") + ")");
        BY_NAME.put("elu", c -> "elu(x, " + number(c, "([\\d.e-]+)\\*\\(exp", "1") + ")");
        BY_NAME.put("prelu", c -> "prelu(x, alpha)");
        BY_NAME.putAll(StatisticsFamilies.byName());
        BY_NAME.putAll(LossFamilies.byName());
        BY_NAME.putAll(LinearAlgebraFamilies.byName());
        BY_NAME.putAll(NetworkFamilies.byName());
        BY_NAME.put("model", ModelFamily::program);
    }

    private Families() {}

    static String program(GoldenCase example) {
        if (example.family().startsWith("fuzz ")) {
            return example.formula();
        } else if (example.family().startsWith("function ")) {
            return FunctionFamilies.program(example);
        } else if (FUNCTIONS.contains(example.family())) {
            return isOtherFormula(example) ? formula(example) : call(example.family(), example);
        }
        return BY_NAME.getOrDefault(example.family(), Families::formula).program(example);
    }

    /** A formula with other constants, or with more or fewer inputs, than the family's function. */
    private static boolean isOtherFormula(GoldenCase example) {
        boolean isBinary = Set.of("atan2", "hypot", "logaddexp", "xlogy").contains(example.family());
        String formula = example.formula().replace(" ", "");
        return example.inputs().size() != (isBinary ? 2 : 1)
                || !EXACT.getOrDefault(example.family(), formula).equals(formula);
    }

    /** {@code function} of all inputs, in the file's order. */
    static String call(String function, GoldenCase example) {
        return function + "(" + String.join(", ", example.inputs().keySet()) + ")";
    }

    /** The formula without the words that follow it. */
    static String formula(GoldenCase example) {
        String text = example.formula();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += "([".indexOf(c) >= 0 ? 1 : ")]".indexOf(c) >= 0 ? -1 : 0;
            if (depth == 0 && text.startsWith(", ", i)) {
                return text.substring(0, i);
            }
        }
        return text;
    }

    /** What {@code pattern}'s first group finds in the formula. */
    static String number(GoldenCase example, String pattern, String otherwise) {
        Matcher matcher = Pattern.compile(pattern).matcher(example.formula());
        return matcher.find() ? matcher.group(1) : otherwise;
    }

    /** An attribute as it stands in the file, with lists as NumPy's. */
    static String attribute(GoldenCase example, String name, String otherwise) {
        return example.attrs().hasNonNull(name) ? example.attrs().get(name).toString() : otherwise;
    }

    /** {@code inner}, summed or averaged where the formula starts so. */
    static String reduced(GoldenCase example, String inner) {
        Matcher start = Pattern.compile("^(mean|sum)").matcher(example.formula());
        return start.find() ? start.group(1) + "(" + inner + ")" : inner;
    }
}
