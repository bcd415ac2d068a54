package dev.gradc.compiler.random;

import dev.gradc.compiler.run.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Random operations on whole tensors. */
final class Tensors {

    private static final List<String> FOLDS = List.of("sum", "mean", "prod", "max", "min", "logsumexp");

    private final Random random;
    private final List<Statement> known;
    private final List<Scalars.IntInput> ints;

    Tensors(Random random, List<Statement> known, List<Scalars.IntInput> ints) {
        this.random = random;
        this.known = known;
        this.ints = ints;
    }

    Statement statement(String name) {
        Statement x = pick(known);
        if (x.shape().isEmpty()) {
            return pointwise(name, x);
        }
        int axis = random.nextInt(x.shape().size());
        return switch (random.nextInt(19)) {
            case 0, 1 -> binary(name, x);
            case 2 -> fold(name, x, axis);
            case 3 -> slice(name, x, axis);
            case 4 -> joined(name, x, axis);
            case 5 -> padded(name, x, axis);
            case 6 -> cumsum(name, x, axis);
            case 7 -> sorted(name, x);
            case 8 -> linear(name, x);
            case 9 -> flat(name, x);
            case 10 -> product(name, x);
            case 11 -> rows(name, x);
            case 12 -> scattered(name, x);
            case 13 -> x.shape().size() == 2 ? transposed(name, x) : pointwise(name, x);
            case 14, 15, 16, 17 -> Recurrences.statement(random, name, x);
            default -> pointwise(name, x);
        };
    }

    /** A statement by its elements. */
    static Statement of(
            String name,
            String text,
            List<Extent> shape,
            Function<Map<String, Tensor>, ToDoubleFunction<int[]>> elements) {
        int[] extents = shape.stream().mapToInt(Extent::value).toArray();
        return new Statement(name, name, text, shape, values -> Elements.fill(extents, elements.apply(values)));
    }

    private Statement pointwise(String name, Statement x) {
        String form = pick(List.copyOf(Scalars.UNARY.keySet()));
        return of(
                name,
                form.formatted(x.name()),
                x.shape(),
                values -> index -> Scalars.UNARY.get(form).applyAsDouble(Elements.at(values.get(x.name()), index)));
    }

    /** With a tensor of the same shape, or a scalar, or the last axes. */
    private Statement binary(String name, Statement x) {
        List<Statement> fitting = known.stream().filter(y -> broadcasts(x, y)).toList();
        Statement y = pick(fitting);
        int missing = x.shape().size() - y.shape().size();
        String form = pick(List.copyOf(Scalars.BINARY.keySet()));
        return of(
                name,
                form.formatted(x.name(), y.name()),
                x.shape(),
                values -> index -> Scalars.BINARY
                        .get(form)
                        .applyAsDouble(
                                Elements.at(values.get(x.name()), index),
                                Elements.at(values.get(y.name()), Arrays.copyOfRange(index, missing, index.length))));
    }

    private static boolean broadcasts(Statement x, Statement y) {
        int missing = x.shape().size() - y.shape().size();
        for (int axis = 0; missing >= 0 && axis < y.shape().size(); axis++) {
            if (!x.shape().get(axis + missing).isSame(y.shape().get(axis))) {
                return false;
            }
        }
        return missing >= 0;
    }

    private Statement fold(String name, Statement x, int axis) {
        String fold = pick(FOLDS);
        boolean keeps = random.nextInt(3) == 0;
        List<Extent> shape = new ArrayList<>(x.shape());
        int extent = shape.remove(axis).value();
        if (keeps) {
            shape.add(axis, Extent.of(1));
        }
        String text = fold + "(" + x.name() + ", axis = " + axis + (keeps ? ", keepdims = true)" : ")");
        return of(name, text, shape, values -> index -> {
            double[] terms = new double[extent];
            for (int i = 0; i < extent; i++) {
                int[] at = keeps ? Elements.replaced(index, axis, i) : Elements.inserted(index, axis, i);
                terms[i] = Elements.at(values.get(x.name()), at);
            }
            return Folds.fold(fold, terms);
        });
    }

    private Statement slice(String name, Statement x, int axis) {
        Extent extent = x.shape().get(axis);
        if (!extent.isFixed()) {
            return taken(name, x, axis, "::-1", extent.value() - 1, -1, extent);
        }
        int step = pick(List.of(1, 1, 2, 3, -1, -2));
        int first = random.nextInt(extent.value());
        int room = step > 0 ? extent.value() - 1 - first : first;
        int count = 1 + random.nextInt(room / Math.abs(step) + 1);
        int end = first + (count - 1) * step + (step > 0 ? 1 : -1);
        String text = first + ":" + (end < 0 ? "" : end) + (step == 1 && random.nextBoolean() ? "" : ":" + step);
        return taken(name, x, axis, text, first, step, Extent.of(count));
    }

    private static Statement taken(String name, Statement x, int axis, String run, int first, int step, Extent count) {
        List<Extent> shape = new ArrayList<>(x.shape());
        shape.set(axis, count);
        String text = x.name() + "[" + ":, ".repeat(axis) + run + "]";
        return of(
                name,
                text,
                shape,
                values -> index ->
                        Elements.at(values.get(x.name()), Elements.replaced(index, axis, first + step * index[axis])));
    }

    private Statement joined(String name, Statement x, int axis) {
        Statement y = pick(
                known.stream().filter(other -> isSame(x.shape(), other.shape())).toList());
        List<Extent> shape = new ArrayList<>(x.shape());
        int extent = shape.get(axis).value();
        if (random.nextBoolean()) {
            shape.add(axis, Extent.of(2));
            String text = "stack([" + x.name() + ", " + y.name() + "], axis = " + axis + ")";
            return of(name, text, shape, values -> index -> {
                Tensor part = values.get(index[axis] == 0 ? x.name() : y.name());
                int[] at = Arrays.stream(index).toArray();
                return Elements.at(part, without(at, axis));
            });
        }
        Extent old = shape.get(axis);
        shape.set(
                axis,
                old.isFixed() ? Extent.of(2 * extent) : new Extent("2 * (" + old.text() + ")", 2 * extent, false));
        String text = "concat([" + x.name() + ", " + y.name() + "], axis = " + axis + ")";
        return of(name, text, shape, values -> index -> {
            Tensor part = values.get(index[axis] < extent ? x.name() : y.name());
            return Elements.at(part, Elements.replaced(index, axis, index[axis] % extent));
        });
    }

    private static int[] without(int[] index, int axis) {
        int[] rest = new int[index.length - 1];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = index[i < axis ? i : i + 1];
        }
        return rest;
    }

    private Statement padded(String name, Statement x, int axis) {
        int before = random.nextInt(3);
        int behind = random.nextInt(3);
        List<Extent> shape = new ArrayList<>(x.shape());
        int extent = shape.get(axis).value();
        shape.set(axis, before + behind == 0 ? shape.get(axis) : shape.get(axis).plus(before + behind));
        List<String> widths = new ArrayList<>();
        for (int i = 0; i < shape.size(); i++) {
            widths.add(i == axis ? "[" + before + ", " + behind + "]" : "[0, 0]");
        }
        String text = "pad(" + x.name() + ", [" + String.join(", ", widths) + "])";
        return of(name, text, shape, values -> index -> {
            int place = index[axis] - before;
            boolean isInside = place >= 0 && place < extent;
            return isInside ? Elements.at(values.get(x.name()), Elements.replaced(index, axis, place)) : 0;
        });
    }

    private static Statement cumsum(String name, Statement x, int axis) {
        return of(name, "cumsum(" + x.name() + ", axis = " + axis + ")", x.shape(), values -> index -> {
            double sum = 0;
            for (int i = 0; i <= index[axis]; i++) {
                sum += Elements.at(values.get(x.name()), Elements.replaced(index, axis, i));
            }
            return sum;
        });
    }

    private static Statement sorted(String name, Statement x) {
        int last = x.shape().size() - 1;
        return of(name, "sort(" + x.name() + ")", x.shape(), values -> index -> {
            double[] row = new double[x.shape().get(last).value()];
            for (int i = 0; i < row.length; i++) {
                row[i] = Elements.at(values.get(x.name()), Elements.replaced(index, last, i));
            }
            Arrays.sort(row);
            return row[index[last]];
        });
    }

    /** Solves and factors with x x' + 2, for a matrix x. */
    private Statement linear(String name, Statement x) {
        if (x.shape().size() != 2) {
            return cumsum(name, x, 0);
        }
        Extent order = x.shape().get(0);
        String matrix = "tanh(" + x.name() + ") @ tanh(" + x.name() + ")' + 2 * identity(" + order.text() + ")";
        return switch (random.nextInt(5)) {
            case 0 ->
                of(name, "solve(" + matrix + ", " + x.name() + ")", x.shape(), values -> index -> {
                    double[] column = new double[order.value()];
                    for (int i = 0; i < column.length; i++) {
                        column[i] = Elements.at(values.get(x.name()), i, index[1]);
                    }
                    return Matrices.solve(square(values.get(x.name())), column)[index[0]];
                });
            case 1 ->
                of(
                        name,
                        "cholesky(" + matrix + ")",
                        List.of(order, order),
                        values -> index -> Matrices.cholesky(square(values.get(x.name())))[index[0]][index[1]]);
            case 2 ->
                of(
                        name,
                        "det(0.3 * (" + matrix + "))",
                        List.of(),
                        values -> index -> Math.pow(0.3, order.value())
                                * Math.exp(Matrices.logDeterminant(square(values.get(x.name())))));
            case 3 ->
                of(
                        name,
                        "logdet(" + matrix + ")",
                        List.of(),
                        values -> index -> Matrices.logDeterminant(square(values.get(x.name()))));
            default ->
                of(name, "inverse(" + matrix + ")", List.of(order, order), values -> index -> {
                    double[] unit = new double[order.value()];
                    unit[index[1]] = 1;
                    return Matrices.solve(square(values.get(x.name())), unit)[index[0]];
                });
        };
    }

    /** tanh(x) tanh(x)' + 2. */
    private static double[][] square(Tensor x) {
        double[][] square = new double[x.shape()[0]][x.shape()[0]];
        for (int i = 0; i < square.length; i++) {
            for (int j = 0; j < square.length; j++) {
                square[i][j] = i == j ? 2 : 0;
                for (int k = 0; k < x.shape()[1]; k++) {
                    square[i][j] += Math.tanh(Elements.at(x, i, k)) * Math.tanh(Elements.at(x, j, k));
                }
            }
        }
        return square;
    }

    /** The same elements in one row, or one fixed shape with its axes in reverse. */
    private static Statement flat(String name, Statement x) {
        List<Extent> shape = new ArrayList<>();
        if (x.shape().stream().allMatch(Extent::isFixed)) {
            x.shape().forEach(extent -> shape.add(0, extent));
        } else if (x.shape().size() == 2) {
            shape.addAll(List.of(x.shape().get(1), x.shape().get(0)));
        } else {
            shape.addAll(x.shape());
            shape.add(Extent.of(1));
        }
        List<String> dims = shape.stream().map(Extent::text).toList();
        Statement reshaped = new Statement(
                name,
                name,
                "reshape(" + x.name() + ", [" + String.join(", ", dims) + "])",
                shape,
                values -> new Tensor(
                        values.get(x.name()).values(),
                        shape.stream().mapToInt(Extent::value).toArray()));
        return reshaped;
    }

    private Statement product(String name, Statement x) {
        if (x.shape().size() != 2) {
            return pointwise(name, x);
        }
        List<Statement> fitting = known.stream()
                .filter(y -> (y.shape().size() == 1 || y.shape().size() == 2)
                        && y.shape().get(0).isSame(x.shape().get(1)))
                .toList();
        Statement y = pick(fitting);
        if (y == null) {
            return transposed(name, x);
        }
        List<Extent> shape = new ArrayList<>(List.of(x.shape().get(0)));
        shape.addAll(y.shape().subList(1, y.shape().size()));
        return of(name, x.name() + " @ " + y.name(), shape, values -> index -> {
            double sum = 0;
            for (int k = 0; k < x.shape().get(1).value(); k++) {
                int[] right = Elements.replaced(index, 0, k);
                sum += Elements.at(values.get(x.name()), index[0], k) * Elements.at(values.get(y.name()), right);
            }
            return sum;
        });
    }

    private static Statement transposed(String name, Statement x) {
        List<Extent> shape = List.of(x.shape().get(1), x.shape().get(0));
        return of(
                name, x.name() + "'", shape, values -> index -> Elements.at(values.get(x.name()), index[1], index[0]));
    }

    /** Rows given by ints. */
    private Statement rows(String name, Statement x) {
        Extent extent = x.shape().get(0);
        Scalars.IntInput given = pick(ints.stream()
                .filter(k -> extent.isFixed() && k.last() < extent.value())
                .toList());
        if (given == null) {
            return pointwise(name, x);
        }
        int rank = given.shape().size();
        List<Extent> shape = new ArrayList<>(given.shape());
        shape.addAll(x.shape().subList(1, x.shape().size()));
        String text = x.name() + "[" + given.name()
                + (random.nextBoolean() ? "" : ", :".repeat(x.shape().size() - 1)) + "]";
        return of(name, text, shape, values -> index -> {
            double row = Elements.at(values.get(given.name()), Arrays.copyOf(index, rank));
            int[] rest = Arrays.copyOfRange(index, rank, index.length);
            return Elements.at(values.get(x.name()), Elements.inserted(rest, 0, (int) row));
        });
    }

    /** Rows added up where ints say. */
    private Statement scattered(String name, Statement x) {
        Scalars.IntInput given = pick(ints.stream()
                .filter(k -> k.shape().size() == 1
                        && k.shape().get(0).isSame(x.shape().get(0)))
                .toList());
        if (given == null) {
            return pointwise(name, x);
        }
        List<Extent> shape = new ArrayList<>(x.shape());
        shape.set(0, Extent.of(given.last() + 1));
        String text = "scatter_add(" + x.name() + ", " + given.name() + ", " + (given.last() + 1) + ")";
        return of(name, text, shape, values -> index -> {
            double sum = 0;
            for (int row = 0; row < x.shape().get(0).value(); row++) {
                if (Elements.at(values.get(given.name()), row) == index[0]) {
                    sum += Elements.at(values.get(x.name()), Elements.replaced(index, 0, row));
                }
            }
            return sum;
        });
    }

    private static boolean isSame(List<Extent> left, List<Extent> right) {
        return left.stream()
                .map(Extent::text)
                .toList()
                .equals(right.stream().map(Extent::text).toList());
    }

    private <T> T pick(List<T> from) {
        return from.isEmpty() ? null : from.get(random.nextInt(from.size()));
    }
}
