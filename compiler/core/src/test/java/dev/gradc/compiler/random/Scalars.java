package dev.gradc.compiler.random;

import dev.gradc.compiler.run.Tensor;
import dev.gradc.runtime.SpecialFunctions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Random scalar expressions of index notation. */
final class Scalars {

    /** Functions of one real, smooth but for those with kinks. */
    static final Map<String, DoubleUnaryOperator> UNARY = new LinkedHashMap<>();

    static {
        UNARY.put("tanh(%s)", Math::tanh);
        UNARY.put("sin(%s)", Math::sin);
        UNARY.put("exp(-(%s)^2)", x -> Math.exp(-x * x));
        UNARY.put("sqrt((%s)^2 + 0.5)", x -> Math.sqrt(x * x + 0.5));
        UNARY.put("log((%s)^2 + 1)", x -> Math.log(x * x + 1));
        UNARY.put("sigmoid(%s)", x -> 1 / (1 + Math.exp(-x)));
        UNARY.put("softplus(%s)", x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))));
        UNARY.put("relu(%s)", x -> Math.max(x, 0));
        UNARY.put("abs(%s)", Math::abs);
        UNARY.put("-(%s)", x -> -x);
        UNARY.put("erf(%s)", SpecialFunctions::erf);
        UNARY.put("normal_cdf(%s)", SpecialFunctions::normalCdf);
        UNARY.put("normal_density(%s)", x -> Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI));
        UNARY.put("log_normal_cdf(tanh(%s))", x -> SpecialFunctions.logNormalCdf(Math.tanh(x)));
        UNARY.put("lgamma(1 + (%s)^2)", x -> SpecialFunctions.lgamma(1 + x * x));
        UNARY.put("digamma(2 + sin(%s))", x -> SpecialFunctions.digamma(2 + Math.sin(x)));
        UNARY.put(
                "normal_quantile(0.5 + 0.4 * tanh(%s))",
                x -> SpecialFunctions.normalQuantile(0.5 + 0.4 * Math.tanh(x)));
    }

    static final Map<String, DoubleBinaryOperator> BINARY = new LinkedHashMap<>();

    static {
        BINARY.put("(%s + %s)", Double::sum);
        BINARY.put("(%s - %s)", (x, y) -> x - y);
        BINARY.put("(%s) * (%s)", (x, y) -> x * y);
        BINARY.put("max(%s, %s)", Math::max);
        BINARY.put("min(%s, %s)", Math::min);
        BINARY.put("(%s) / (1 + (%s)^2)", (x, y) -> x / (1 + y * y));
    }

    private static final List<String> FOLDS = List.of("sum", "sum", "mean", "prod", "max", "min", "logsumexp");

    /** An index and what it runs over. */
    record Index(String name, int low, Extent count) {
        int high() {
            return low + count.value() - 1;
        }
    }

    /** Where an expression is evaluated. */
    record Place(Map<String, Tensor> values, Map<String, Integer> indices) {
        Place with(String index, int position) {
            Map<String, Integer> more = new LinkedHashMap<>(indices);
            more.put(index, position);
            return new Place(values, more);
        }
    }

    interface Meaning {
        double at(Place place);
    }

    record Scalar(String text, Meaning meaning) {}

    /** A position along an axis. */
    private record Position(String text, Where where) {}

    private interface Where {
        int at(Place place);
    }

    private final Random random;
    private final List<Statement> known;
    private final List<IntInput> ints;
    private int opened;

    /** Whole numbers from 0 to {@code last}, given. */
    record IntInput(String name, List<Extent> shape, int last) {}

    Scalars(Random random, List<Statement> known, List<IntInput> ints) {
        this.random = random;
        this.known = known;
        this.ints = ints;
    }

    Index open(int low, Extent count) {
        return new Index("i" + opened++, low, count);
    }

    Scalar scalar(int depth, List<Index> indices) {
        int kind = random.nextInt(depth <= 0 ? 5 : 12);
        if (kind == 0) {
            return index(indices);
        } else if (kind < 5) {
            return element(pick(known), indices);
        } else if (kind < 7) {
            return unary(scalar(depth - 1, indices));
        } else if (kind < 9) {
            return binary(scalar(depth - 1, indices), scalar(depth - 1, indices));
        }
        return kind == 9 ? choice(depth, indices) : fold(depth, indices);
    }

    private Scalar index(List<Index> indices) {
        if (indices.isEmpty()) {
            return new Scalar("0.7", place -> 0.7);
        }
        Index index = pick(indices);
        return new Scalar(
                "0.3 * " + index.name(), place -> 0.3 * place.indices().get(index.name()));
    }

    private Scalar unary(Scalar x) {
        String form = pick(List.copyOf(UNARY.keySet()));
        return new Scalar(
                form.formatted(x.text()),
                place -> UNARY.get(form).applyAsDouble(x.meaning().at(place)));
    }

    private Scalar binary(Scalar x, Scalar y) {
        String form = pick(List.copyOf(BINARY.keySet()));
        return new Scalar(
                form.formatted(x.text(), y.text()),
                place -> BINARY.get(form)
                        .applyAsDouble(x.meaning().at(place), y.meaning().at(place)));
    }

    private Scalar choice(int depth, List<Index> indices) {
        Scalar yes = scalar(depth - 1, indices);
        Scalar no = scalar(depth - 1, indices);
        if (indices.size() > 1 && random.nextBoolean()) {
            String left = indices.get(0).name();
            String right = indices.get(1).name();
            return new Scalar(
                    "(if " + left + " <= " + right + " then " + yes.text() + " else " + no.text() + ")",
                    place -> place.indices().get(left) <= place.indices().get(right)
                            ? yes.meaning().at(place)
                            : no.meaning().at(place));
        }
        Scalar x = scalar(depth - 1, indices);
        return new Scalar(
                "(if " + x.text() + " > 0.1 then sqrt(abs(" + x.text() + ")) else " + no.text() + ")", place -> {
                    double value = x.meaning().at(place);
                    return value > 0.1
                            ? Math.sqrt(Math.abs(value))
                            : no.meaning().at(place);
                });
    }

    /** A fold over one index, whose range is written or told by a bare subscript. */
    private Scalar fold(int depth, List<Index> indices) {
        String fold = pick(FOLDS);
        Statement source = pick(known.stream().filter(s -> !s.shape().isEmpty()).toList());
        boolean isWritten = random.nextBoolean() || source == null;
        int axis = source == null ? 0 : random.nextInt(source.shape().size());
        Extent extent = source == null ? Extent.of(3) : source.shape().get(axis);
        boolean isInner = isWritten && extent.isFixed() && extent.value() > 1 && random.nextBoolean();
        Index index = isInner ? open(1, Extent.of(extent.value() - 1)) : open(0, extent);
        List<Index> inner = new ArrayList<>(indices);
        inner.add(index);
        Scalar body = scalar(depth - 1, inner);
        if (source != null) {
            Scalar bare = element(source, inner, axis, index);
            Scalar other = body;
            body = new Scalar(
                    bare.text() + " * (" + other.text() + ")",
                    place -> bare.meaning().at(place) * other.meaning().at(place));
        }
        String range = isWritten ? " in " + index.low() + ".." + extent.last() : "";
        Scalar folded = body;
        return new Scalar("(" + fold + "[" + index.name() + range + "] (" + folded.text() + "))", place -> {
            double[] terms = new double[index.count().value()];
            for (int i = 0; i < terms.length; i++) {
                terms[i] = folded.meaning().at(place.with(index.name(), index.low() + i));
            }
            return Folds.fold(fold, terms);
        });
    }

    Scalar element(Statement of, List<Index> indices) {
        return element(of, indices, -1, null);
    }

    /** An element of {@code of}, at {@code bare} along {@code bareAxis}. */
    private Scalar element(Statement of, List<Index> indices, int bareAxis, Index bare) {
        List<Position> positions = new ArrayList<>();
        for (int axis = 0; axis < of.shape().size(); axis++) {
            positions.add(axis == bareAxis ? itself(bare) : position(of.shape().get(axis), indices));
        }
        if (positions.isEmpty()) {
            return new Scalar(of.name(), place -> Elements.at(place.values().get(of.name())));
        }
        String text = String.join(", ", positions.stream().map(Position::text).toList());
        return new Scalar(of.name() + "[" + text + "]", place -> {
            int[] at = positions.stream().mapToInt(p -> p.where().at(place)).toArray();
            return Elements.at(place.values().get(of.name()), at);
        });
    }

    /** The element of {@code of} at its own indices, in order. */
    Scalar own(Statement of, List<Index> indices) {
        List<String> names = indices.stream().map(Index::name).toList();
        return new Scalar(
                of.name() + "[" + String.join(", ", names) + "]",
                place -> Elements.at(
                        place.values().get(of.name()),
                        names.stream().mapToInt(place.indices()::get).toArray()));
    }

    private static Position itself(Index index) {
        return new Position(index.name(), place -> place.indices().get(index.name()));
    }

    /** A position that is provably within 0..extent-1. */
    private Position position(Extent extent, List<Index> indices) {
        List<Position> possible = new ArrayList<>();
        possible.add(new Position("0", place -> 0));
        possible.add(new Position("-1", place -> extent.value() - 1));
        for (Index index : indices) {
            if (index.low() == 0 && index.count().isSame(extent)) {
                possible.add(itself(index));
                possible.add(itself(index));
                possible.add(new Position(
                        extent.last() + " - " + index.name(),
                        place -> extent.value() - 1 - place.indices().get(index.name())));
            } else if (index.count().isFixed() && extent.isFixed()) {
                affine(possible, extent, index);
            }
        }
        loaded(possible, extent, indices);
        windows(possible, extent, indices);
        return pick(possible);
    }

    private void affine(List<Position> possible, Extent extent, Index index) {
        int step = 1 + random.nextInt(2);
        int shift = random.nextInt(4) - 1;
        int first = step * index.low() + shift;
        int last = step * index.high() + shift;
        if (first >= 0 && last < extent.value() && (step > 1 || shift != 0)) {
            String sign = shift < 0 ? " - " : " + ";
            possible.add(new Position(
                    step + " * " + index.name() + sign + Math.abs(shift),
                    place -> step * place.indices().get(index.name()) + shift));
        }
    }

    private static void windows(List<Position> possible, Extent extent, List<Index> indices) {
        if (indices.size() > 1 && extent.isFixed()) {
            Index first = indices.get(0);
            Index second = indices.get(indices.size() - 1);
            boolean isFixed = first.count().isFixed() && second.count().isFixed();
            if (isFixed && first.high() + second.high() < extent.value()) {
                possible.add(new Position(
                        first.name() + " + " + second.name(),
                        place -> place.indices().get(first.name())
                                + place.indices().get(second.name())));
            }
        }
    }

    private void loaded(List<Position> possible, Extent extent, List<Index> indices) {
        for (IntInput input : ints) {
            if (!extent.isFixed() || input.last() >= extent.value()) {
                continue;
            }
            if (input.shape().isEmpty()) {
                possible.add(new Position(
                        input.name(), place -> (int) Elements.at(place.values().get(input.name()))));
            }
            for (Index index : indices) {
                if (input.shape().size() == 1
                        && index.low() == 0
                        && index.count().isSame(input.shape().get(0))) {
                    possible.add(new Position(input.name() + "[" + index.name() + "]", place -> (int) Elements.at(
                            place.values().get(input.name()), place.indices().get(index.name()))));
                }
            }
        }
    }

    <T> T pick(List<T> from) {
        return from.isEmpty() ? null : from.get(random.nextInt(from.size()));
    }
}
