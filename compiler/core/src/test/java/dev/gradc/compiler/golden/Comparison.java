package dev.gradc.compiler.golden;

import dev.gradc.compiler.golden.GoldenCase.Criterion;
import dev.gradc.compiler.golden.GoldenCase.Interval;
import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Holds an evaluation against a case by the case's own criterion. */
final class Comparison {

    private final GoldenCase expected;
    private final Criterion criterion;
    private final List<String> differences = new ArrayList<>();

    private Comparison(GoldenCase expected) {
        this.expected = expected;
        this.criterion = expected.criterion();
    }

    /** What differs: {@code found} has one output, and gradients under the names of the case's inputs. */
    static List<String> differences(GoldenCase expected, Evaluation found) {
        Comparison comparison = new Comparison(expected);
        comparison.compareAll(found);
        return comparison.differences;
    }

    private void compareAll(Evaluation found) {
        Tensor output = found.outputs().values().iterator().next();
        if (sameShape("output", output, expected.output())) {
            compare("output", output, expected.output());
        }
        expected.gradients().forEach((name, gradient) -> {
            Tensor actual = found.gradients().get(name);
            String what = "gradient by " + name;
            if (actual == null) {
                differences.add("no " + what);
            } else if (sameShape(what, actual, gradient)) {
                compareGradient(name, what, actual, gradient);
            }
        });
        if (criterion.note().startsWith("ties") && differences.isEmpty()) {
            compareSums(found.gradients());
        }
    }

    private boolean sameShape(String what, Tensor found, Tensor wanted) {
        if (!Arrays.equals(found.shape(), wanted.shape())) {
            differences.add(what + ": expected shape " + Arrays.toString(wanted.shape()) + ", found "
                    + Arrays.toString(found.shape()));
            return false;
        }
        return true;
    }

    private void compareGradient(String name, String what, Tensor found, Tensor wanted) {
        Interval interval = criterion.intervals().get(name);
        if (interval == null) {
            compare(what, found, wanted);
            return;
        }
        for (int i = 0; i < wanted.values().length; i++) {
            double value = found.values()[i];
            double low = Math.min(interval.low()[i], interval.high()[i]);
            double high = Math.max(interval.low()[i], interval.high()[i]);
            if (!(value >= low || near(value, low)) || !(value <= high || near(value, high))) {
                differences.add(what + "[" + i + "]: expected from " + low + " to " + high + ", found " + value);
            }
        }
    }

    private void compare(String what, Tensor found, Tensor wanted) {
        for (int i = 0; i < wanted.values().length; i++) {
            if (!near(found.values()[i], wanted.values()[i])) {
                differences.add(what + "[" + i + "]: expected " + wanted.values()[i] + ", found " + found.values()[i]);
            }
        }
    }

    /** At a tie the derivative may be split at will, but what flows back in all is what flowed in. */
    private void compareSums(Map<String, Tensor> found) {
        double wanted = total(expected.gradients());
        double actual = total(found);
        if (!near(actual, wanted)) {
            differences.add("sum of the gradients at a tie: expected " + wanted + ", found " + actual);
        }
    }

    private static double total(Map<String, Tensor> tensors) {
        return tensors.values().stream()
                .flatMapToDouble(tensor -> Arrays.stream(tensor.values()))
                .sum();
    }

    private boolean near(double found, double wanted) {
        if (found == wanted || (Double.isNaN(found) && Double.isNaN(wanted))) {
            return true;
        }
        double scale = criterion.relative() ? Math.abs(wanted) : Math.max(1, Math.abs(wanted));
        double tolerance = criterion.note().contains("exactly") ? 0 : criterion.tolerance();
        return Double.isFinite(wanted) && Math.abs(found - wanted) <= tolerance * scale;
    }
}
