package dev.gradc.compiler.random;

import dev.gradc.compiler.run.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A random model with derivatives of every kind as outputs: of some {@code value} in it and of its loss, by the params
 * {@code variable} and {@code other}.
 */
record DerivedModel(RandomModel model, Statement variable, Statement value, Statement other) {

    /** How many elements what is differentiated by may have: its Hessian has their square. */
    private static final int MOST_VARIABLES = 12;

    private static final int MOST_VALUES = 24;

    private static final String OUTPUTS = """
              input the_direction : real%2$s;
              input the_seed : real%4$s;
              output at = %1$s;
              output value = %3$s;
              output gradient = grad(total, %1$s);
              output forward = jvp(%3$s, %1$s, the_direction);
              output reverse = vjp(%3$s, %1$s, the_seed);
              output dense = jacobian(%3$s, %1$s);
              output second = hessian(total, %1$s);
              output diagonal = hessian_diagonal(total, %1$s);
              output product = hvp(total, %1$s, the_direction);
              let along = sum(gradient * the_direction);
              output reversed = grad(along, %1$s);
              output mixed = hessian(total, %1$s, %5$s);
              output mixed_back = hessian(total, %5$s, %1$s);
            """;

    /** Some derivatives of {@code model}. */
    static DerivedModel of(RandomModel model, Random random) {
        List<Statement> used = model.used();
        List<Statement> variables =
                used.stream().filter(s -> size(s) <= MOST_VARIABLES).toList();
        List<Statement> params = variables.stream()
                .filter(s -> model.params().contains(s.name()))
                .toList();
        List<Statement> values = used.stream()
                .filter(s -> size(s) <= MOST_VALUES && !params.contains(s))
                .toList();
        Statement variable = pick(random, params, used);
        return new DerivedModel(model, variable, pick(random, values, used), pick(random, params, List.of(variable)));
    }

    private static Statement pick(Random random, List<Statement> from, List<Statement> otherwise) {
        List<Statement> some = from.isEmpty() ? otherwise : from;
        return some.get(random.nextInt(some.size()));
    }

    static int size(Statement statement) {
        return IntStream.of(statement.extents()).reduce(1, (x, y) -> x * y);
    }

    /** Whether dense derivatives of it are small enough to be tried. */
    boolean isSmall() {
        return isByParam()
                && size(variable) <= 2 * MOST_VARIABLES
                && size(value) <= 2 * MOST_VALUES
                && size(other) <= 2 * MOST_VARIABLES;
    }

    boolean isByParam() {
        return model.params().contains(variable.name());
    }

    String text(String packageName) {
        return model.text(
                packageName,
                OUTPUTS.formatted(variable.name(), shape(variable), value.name(), shape(value), other.name()));
    }

    private static String shape(Statement statement) {
        return statement.shape().isEmpty()
                ? ""
                : statement.shape().stream().map(Extent::text).collect(Collectors.joining(", ", "[", "]"));
    }

    /** The data of one call. */
    Map<String, Tensor> data() {
        Random random = new Random(1);
        Map<String, Tensor> data = model.data();
        data.put("the_direction", Elements.fill(variable.extents(), index -> random.nextGaussian()));
        data.put("the_seed", Elements.fill(value.extents(), index -> random.nextGaussian()));
        return data;
    }

    /** The same derivatives of models that are smaller by one step. */
    List<DerivedModel> smaller() {
        List<DerivedModel> smaller = new ArrayList<>();
        for (RandomModel less : model.smaller()) {
            List<String> names = less.used().stream().map(Statement::name).toList();
            if (names.contains(variable.name()) && names.contains(value.name()) && names.contains(other.name())) {
                smaller.add(new DerivedModel(less, variable, value, other));
            }
        }
        return smaller;
    }

    @Override
    public String toString() {
        return text("random") + model.dims() + " " + data();
    }
}
