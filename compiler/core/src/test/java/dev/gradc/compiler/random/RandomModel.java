package dev.gradc.compiler.random;

import dev.gradc.compiler.run.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A random model as text, and its meaning by loops over elements. It shrinks: any definition can be turned into a param
 * that is given the definition's value, and what nothing uses any more is left out.
 */
final class RandomModel {

    private final String name;
    private final Map<String, Extent> dims;
    private final List<Scalars.IntInput> ints;
    private final List<Statement> statements;
    private final Set<String> given;
    private final Set<String> summed;
    private final Map<String, Tensor> start;

    private RandomModel(RandomModel of, Set<String> given, Set<String> summed) {
        this.name = of.name;
        this.dims = of.dims;
        this.ints = of.ints;
        this.statements = of.statements;
        this.given = given;
        this.summed = summed;
        this.start = of.start;
    }

    RandomModel(long seed) {
        Random random = new Random(seed);
        name = "P" + seed;
        dims = new LinkedHashMap<>();
        for (String dim : List.of("N", "M")) {
            dims.put(dim, new Extent(dim, 1 + random.nextInt(4), false));
        }
        ints = new ArrayList<>();
        statements = new ArrayList<>();
        start = new LinkedHashMap<>();
        inputs(random);
        int count = 3 + random.nextInt(6);
        Scalars scalars = new Scalars(random, statements, ints);
        Tensors tensors = new Tensors(random, statements, ints);
        for (int i = 0; i < count; i++) {
            String next = "t" + i;
            Statement made = random.nextInt(5) < 2 ? notation(random, scalars, next) : tensors.statement(next);
            if (size(made) <= 200) {
                statements.add(made);
            }
        }
        given = statements.stream()
                .map(Statement::name)
                .filter(start::containsKey)
                .collect(Collectors.toSet());
        summed = statements.stream().map(Statement::name).collect(Collectors.toSet());
    }

    private static int size(Statement statement) {
        return IntStream.of(statement.extents()).reduce(1, (x, y) -> x * y);
    }

    private void inputs(Random random) {
        for (int i = 0; i < 3; i++) {
            Statement variable =
                    new Statement("v" + i, "v" + i, "", shape(random, i == 0 ? 2 : random.nextInt(4)), values -> null);
            statements.add(variable);
            start.put(variable.name(), Elements.fill(variable.extents(), index -> 0.8 * random.nextGaussian()));
        }
        for (int i = 0; i < 2; i++) {
            Scalars.IntInput input = new Scalars.IntInput("k" + i, shape(random, i), 1 + random.nextInt(2));
            ints.add(input);
            int[] extents = input.shape().stream().mapToInt(Extent::value).toArray();
            start.put(input.name(), Elements.fill(extents, index -> random.nextInt(input.last() + 1)));
        }
    }

    private List<Extent> shape(Random random, int rank) {
        List<Extent> all = new ArrayList<>(dims.values());
        List.of(1, 2, 3, 5, 18).forEach(extent -> all.add(Extent.of(extent)));
        List<Extent> shape = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            shape.add(all.get(random.nextInt(rank > 1 ? all.size() - 1 : all.size())));
        }
        return shape;
    }

    /** A tensor by its elements; the ranges of its indices are written, or told by the first term. */
    private Statement notation(Random random, Scalars scalars, String next) {
        Statement like = scalars.pick(statements);
        boolean isInferred = !like.shape().isEmpty() && like.shape().size() < 4 && random.nextBoolean();
        List<Extent> shape = isInferred ? like.shape() : shape(random, 1 + random.nextInt(2));
        List<Scalars.Index> indices =
                shape.stream().map(extent -> scalars.open(0, extent)).toList();
        Scalars.Scalar body = scalars.scalar(3, indices);
        Scalars.Scalar first = isInferred ? scalars.own(like, indices) : new Scalars.Scalar("0.1", place -> 0.1);
        String head = next
                + indices.stream()
                        .map(index -> index.name()
                                + (isInferred ? "" : " in 0.." + index.count().last()))
                        .collect(Collectors.joining(", ", "[", "]"));
        int[] extents = shape.stream().mapToInt(Extent::value).toArray();
        return new Statement(
                next,
                head,
                first.text() + " + " + body.text(),
                shape,
                values -> Elements.fill(extents, at -> {
                    Map<String, Integer> positions = new LinkedHashMap<>();
                    for (int i = 0; i < at.length; i++) {
                        positions.put(indices.get(i).name(), at[i]);
                    }
                    Scalars.Place place = new Scalars.Place(values, positions);
                    return first.meaning().at(place) + body.meaning().at(place);
                }));
    }

    /** The model as a file. */
    String text(String packageName) {
        return text(packageName, "");
    }

    /** The model as a file, with more statements; {@code total} is its loss. */
    String text(String packageName, String more) {
        StringBuilder text = new StringBuilder();
        text.append("package ")
                .append(packageName)
                .append(";\nimport gradc.linalg.*;\n")
                .append(Recurrences.FUNCTIONS)
                .append("model ")
                .append(name)
                .append("(N, M) {\n");
        for (Scalars.IntInput input : ints) {
            String shape = input.shape().stream().map(Extent::text).collect(Collectors.joining(", "));
            text.append("  input ").append(input.name()).append(" : int");
            text.append(shape.isEmpty() ? "" : "[" + shape + "]")
                    .append(" in 0..")
                    .append(input.last())
                    .append(";\n");
        }
        for (Statement statement : used()) {
            text.append("  ").append(given.contains(statement.name()) ? statement.given() : statement.definition());
            text.append('\n');
        }
        List<String> terms =
                summed.stream().sorted().map(s -> "sum(tanh(0.5 * " + s + "))").toList();
        return text.append("  let total = ")
                .append(String.join(" + ", terms))
                .append(";\n  loss = total;\n")
                .append(more)
                .append("}\n")
                .toString();
    }

    /** The statements that the loss needs. */
    List<Statement> used() {
        Set<String> needed = new HashSet<>(summed);
        List<Statement> used = new ArrayList<>();
        for (int i = statements.size() - 1; i >= 0; i--) {
            Statement statement = statements.get(i);
            if (needed.contains(statement.name())) {
                used.add(0, statement);
                if (!given.contains(statement.name())) {
                    statements.stream()
                            .map(Statement::name)
                            .filter(statement::uses)
                            .forEach(needed::add);
                }
            }
        }
        return used;
    }

    /** The params that are left, in order. */
    List<String> params() {
        return used().stream().map(Statement::name).filter(given::contains).toList();
    }

    /** The data of one call. */
    Map<String, Tensor> data() {
        Map<String, Tensor> all = values(start);
        Map<String, Tensor> data = new LinkedHashMap<>();
        ints.forEach(input -> data.put(input.name(), all.get(input.name())));
        params().forEach(param -> data.put(param, all.get(param)));
        return data;
    }

    Map<String, Integer> dims() {
        Map<String, Integer> values = new LinkedHashMap<>();
        dims.forEach((dim, extent) -> values.put(dim, extent.value()));
        return values;
    }

    private Map<String, Tensor> values(Map<String, Tensor> data) {
        Map<String, Tensor> values = new LinkedHashMap<>(data);
        for (Statement statement : statements) {
            if (!values.containsKey(statement.name())) {
                values.put(statement.name(), statement.meaning().apply(values));
            }
        }
        return values;
    }

    /** The values of all that is used, by definition; names in {@code data} have the value that they have there. */
    Map<String, Tensor> usedValues(Map<String, Tensor> data) {
        Map<String, Tensor> values = new LinkedHashMap<>(data);
        for (Statement statement : used()) {
            if (!values.containsKey(statement.name())) {
                values.put(statement.name(), statement.meaning().apply(values));
            }
        }
        return values;
    }

    /** The loss, by definition. */
    double loss(Map<String, Tensor> data) {
        Map<String, Tensor> values = usedValues(data);
        double loss = 0;
        for (String term : summed) {
            for (double element : values.get(term).values()) {
                loss += Math.tanh(0.5 * element);
            }
        }
        return loss;
    }

    /** Models that are smaller by one step. */
    List<RandomModel> smaller() {
        List<RandomModel> smaller = new ArrayList<>();
        for (String term : summed) {
            if (summed.size() > 1) {
                Set<String> rest = new HashSet<>(summed);
                rest.remove(term);
                smaller.add(new RandomModel(this, given, rest));
            }
        }
        for (Statement statement : used()) {
            if (!given.contains(statement.name())) {
                Set<String> more = new HashSet<>(given);
                more.add(statement.name());
                smaller.add(new RandomModel(this, more, summed));
            }
        }
        return smaller;
    }

    @Override
    public String toString() {
        return text("random") + dims() + " " + data();
    }
}
