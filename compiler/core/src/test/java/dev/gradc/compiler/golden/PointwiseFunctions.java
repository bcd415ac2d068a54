package dev.gradc.compiler.golden;

import dev.gradc.compiler.golden.Functions.Function;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Functions of single elements, their arguments broadcast. */
final class PointwiseFunctions {

    private static final String SAME_NAME =
            "abs acos acosh asin asinh atan atan2 atanh bce bce_with_logits binary_hinge"
                    + " cbrt ceil clip cos cosh digamma elu erf erfc erfinv exp exp2 expm1 floor gelu gelu_tanh hardsigmoid"
                    + " hardtanh huber hypot kl_divergence leaky_relu lgamma log log10 log1p log2 logaddexp logcosh logit"
                    + " logsigmoid mish normal_cdf prelu reciprocal relu relu6 selu sigmoid sign silu sin sinh softplus softsign"
                    + " sqrt square tan tanh xlogy";

    private static final Map<String, String> OTHER_NAME = Map.ofEntries(
            Map.entry("absolute", "abs"),
            Map.entry("arccos", "acos"),
            Map.entry("arccosh", "acosh"),
            Map.entry("arcsin", "asin"),
            Map.entry("arcsinh", "asinh"),
            Map.entry("arctan", "atan"),
            Map.entry("arctan2", "atan2"),
            Map.entry("arctanh", "atanh"),
            Map.entry("expit", "sigmoid"),
            Map.entry("gammaln", "lgamma"),
            Map.entry("maximum", "max"),
            Map.entry("minimum", "min"),
            Map.entry("normcdf", "normal_cdf"),
            Map.entry("power", "pow"),
            Map.entry("sig", "sigmoid"),
            Map.entry("N", "normal_cdf"));

    private PointwiseFunctions() {}

    static Map<String, Function> byName() {
        Map<String, Function> functions = new HashMap<>();
        for (String name : SAME_NAME.split(" ", -1)) {
            functions.put(name, (translator, a) -> call(name, a.values()));
        }
        OTHER_NAME.forEach((name, own) -> functions.put(name, (translator, a) -> call(own, a.values())));
        functions.put("where", (translator, a) -> where(a));
        return functions;
    }

    static Value call(String name, List<Value> arguments) {
        String list = arguments.stream().map(Value::text).collect(Collectors.joining(", "));
        int[][] shapes = arguments.stream().map(Value::shape).toArray(int[][]::new);
        return Value.atom(name + "(" + list + ")", Shapes.broadcast(shapes));
    }

    private static Value where(Arguments a) {
        Value condition = a.value(0);
        Value positive = a.value(1);
        Value negative = a.value(2);
        return Value.atom(
                "(if " + condition.text() + " then " + positive.text() + " else " + negative.text() + ")",
                Shapes.broadcast(condition.shape(), positive.shape(), negative.shape()));
    }
}
