package dev.gradc.compiler.random;

import dev.gradc.compiler.run.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Loops over steps and custom gates, as functions of a tensor. */
final class Recurrences {

    /** What models may call. */
    static final String FUNCTIONS = """
            fn decayed(x) {
              scan t in 0..extent(x, 0)-1 with h = 0 * x[0] {
                h' = tanh(0.7 * h + x[t]);
                collect h;
              }
              h
            }
            fn nested(x) {
              scan i in 0..extent(x, 0)-1 with best = 0.0 {
                scan j in 0..extent(x, 1)-1 with row = 0.1 * best, weight = 1 {
                  row' = row + weight * sin(x[i, j]);
                  weight' = weight / 2 + 0.1 * row;
                }
                best' = 0.5 * best + row;
              }
              best
            }
            fn relaxed(x) {
              scan t in 0..5 with h = x checkpoint 3 {
                h' = h + 0.1 * sin(h * x) * (t + 1);
              }
              h
            }
            gate cubed(a, b) {
              forward a^3 * b;
              backward(g) 3 * g * a^2 * b, g * a^3;
            }
            """;

    private Recurrences() {}

    /** Some function of {@code x}, a tensor of rank 1 or more. */
    static Statement statement(Random random, String name, Statement x) {
        return switch (random.nextInt(5)) {
            case 0 -> decayed(name, x);
            case 1 -> x.shape().size() == 2 ? nested(name, x) : decayed(name, x);
            case 2 ->
                elementwise(name, "relaxed(%s)", x, value -> {
                    double state = value;
                    for (int t = 0; t <= 5; t++) {
                        state += 0.1 * Math.sin(state * value) * (t + 1);
                    }
                    return state;
                });
            case 3 -> cumprod(name, x);
            default -> elementwise(name, "cubed(%1$s, cos(%1$s))", x, value -> Math.pow(value, 3) * Math.cos(value));
        };
    }

    private static Statement elementwise(String name, String form, Statement x, Function function) {
        return Tensors.of(
                name,
                form.formatted(x.name()),
                x.shape(),
                values -> index -> function.of(Elements.at(values.get(x.name()), index)));
    }

    private interface Function {
        double of(double value);
    }

    private static Statement decayed(String name, Statement x) {
        return Tensors.of(name, "decayed(" + x.name() + ")", x.shape(), values -> index -> {
            double state = 0;
            for (int t = 0; t <= index[0]; t++) {
                state = Math.tanh(0.7 * state + Elements.at(values.get(x.name()), Elements.replaced(index, 0, t)));
            }
            return state;
        });
    }

    private static Statement nested(String name, Statement x) {
        return Tensors.of(name, "nested(" + x.name() + ")", List.of(), values -> nestedAt(values, x));
    }

    private static ToDoubleFunction<int[]> nestedAt(Map<String, Tensor> values, Statement x) {
        return index -> {
            int[] extents = x.extents();
            double best = 0;
            for (int i = 0; i < extents[0]; i++) {
                double row = 0.1 * best;
                double weight = 1;
                for (int j = 0; j < extents[1]; j++) {
                    double before = row;
                    row += weight * Math.sin(Elements.at(values.get(x.name()), i, j));
                    weight = weight / 2 + 0.1 * before;
                }
                best = 0.5 * best + row;
            }
            return best;
        };
    }

    private static Statement cumprod(String name, Statement x) {
        int last = x.shape().size() - 1;
        return Tensors.of(name, "cumprod(" + x.name() + ", axis = " + last + ")", x.shape(), values -> index -> {
            double product = 1;
            for (int i = 0; i <= index[last]; i++) {
                product *= Elements.at(values.get(x.name()), Elements.replaced(index, last, i));
            }
            return product;
        });
    }
}
