package dev.gradc.compiler.golden;

import static dev.gradc.compiler.golden.Families.attribute;

import dev.gradc.compiler.golden.Families.Family;
import java.util.Map;

/** Moments and norms, whose formulas leave their axes to the attributes. */
final class StatisticsFamilies {

    private StatisticsFamilies() {}

    static Map<String, Family> byName() {
        return Map.of(
                "var", c -> isBiased(c) ? fold("var", c) : unbiased(c),
                "std", c -> isBiased(c) ? fold("std", c) : "sqrt(" + unbiased(c) + ")",
                "norm2", c -> fold("norm", c),
                "norm1", c -> "sum(abs(x)" + axes(c) + ")");
    }

    private static boolean isBiased(GoldenCase example) {
        return attribute(example, "ddof", "0").equals("0");
    }

    private static String fold(String function, GoldenCase example) {
        return function + "(x" + axes(example) + ")";
    }

    private static String axes(GoldenCase example) {
        String axis = attribute(example, "axis", "");
        boolean keeps = attribute(example, "keepdims", "false").equals("true");
        return (axis.isEmpty() ? "" : ", axis=" + axis) + (keeps ? ", keepdims=True" : "");
    }

    private static String unbiased(GoldenCase example) {
        String axis = attribute(example, "axis", "None");
        String squares = "(x - mean(x, axis=" + axis + ", keepdims=True))**2";
        String degrees = "(count(x, axis=" + axis + ") - " + attribute(example, "ddof", "0") + ")";
        return "sum(" + squares + axes(example) + ") / " + degrees;
    }
}
