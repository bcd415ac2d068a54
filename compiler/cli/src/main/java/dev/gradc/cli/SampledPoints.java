package dev.gradc.cli;

import dev.gradc.compiler.ModelInfo;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.run.DataException;
import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.run.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Draws data that a model accepts and where it is finite. What a model accepts is known only to itself, so points are
 * tried: dims are small primes, distinct so that mixing two up shows; reals come from wider and narrower ranges, since
 * a model may need them positive, or below one.
 */
final class SampledPoints {

    private static final int POINTS = 3;
    private static final int TRIES = 300;
    private static final List<Integer> PRIMES = List.of(2, 3, 5, 7, 11, 13, 17, 19, 23, 29);

    private final ModelInfo model;
    private final ModelRunner runner;
    private final SplittableRandom random = new SplittableRandom(20_240_229);
    private String obstacle = "its dims fit no small primes";

    SampledPoints(ModelInfo model, ModelRunner runner) {
        this.model = model;
        this.runner = runner;
    }

    /**
     * Some points, the same ones each time.
     *
     * @throws CommandFailure when none is found
     */
    List<DataSet> draw() {
        List<DataSet> points = new ArrayList<>();
        for (int attempt = 0; attempt < TRIES && points.size() < POINTS; attempt++) {
            sample(attempt).filter(this::isAccepted).ifPresent(points::add);
        }
        if (points.isEmpty()) {
            throw new CommandFailure(
                    "no sampled data suit model " + model.name() + ": " + obstacle + "; give data with --at");
        }
        return points;
    }

    private Optional<DataSet> sample(int attempt) {
        Map<String, Integer> dims = sampleDims(attempt);
        Map<String, Tensor> arguments = new LinkedHashMap<>();
        for (ModelInfo.Variable variable : model.arguments()) {
            Optional<int[]> shape = shape(variable.shape(), dims);
            if (shape.isEmpty()) {
                return Optional.empty();
            }
            arguments.put(variable.name(), sampleTensor(variable.element(), shape.get(), attempt));
        }
        Optional<Tensor> seed = model.target()
                .flatMap(model::output)
                .filter(target -> !target.isScalar())
                .flatMap(target -> shape(target.shape(), dims))
                .map(shape -> sampleTensor(ElementType.REAL, shape, 0));
        return Optional.of(new DataSet(arguments, dims, seed, Map.of()));
    }

    /** The first primes in order, in the reverse order, then in any. */
    private Map<String, Integer> sampleDims(int attempt) {
        int count = model.dims().size();
        List<Integer> primes = new ArrayList<>(PRIMES);
        while (primes.size() < count) {
            primes.addAll(PRIMES);
        }
        int window = Math.min(primes.size(), count + attempt / 8);
        Map<String, Integer> dims = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            int chosen = switch (attempt % 4) {
                case 0 -> 0;
                case 1 -> count - 1 - i;
                default -> random.nextInt(window - i);
            };
            dims.put(model.dims().get(i), primes.remove(chosen));
        }
        return dims;
    }

    private Tensor sampleTensor(ElementType element, int[] shape, int attempt) {
        double[] values = new double[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (element) {
                case REAL -> sampleReal(attempt / 2 % 3);
                case INT -> attempt % 3 == 1 ? 1 : random.nextInt(2);
                case BOOL -> random.nextInt(2);
            };
        }
        return new Tensor(values, shape);
    }

    private double sampleReal(int range) {
        return switch (range) {
            case 0 -> random.nextGaussian();
            case 1 -> random.nextDouble(0.25, 2);
            default -> random.nextDouble(0.1, 0.9);
        };
    }

    private static Optional<int[]> shape(List<Dim> extents, Map<String, Integer> dims) {
        int[] shape = new int[extents.size()];
        for (int i = 0; i < shape.length; i++) {
            long extent = extents.get(i).evaluate(dims);
            if (extent < 1) {
                return Optional.empty();
            }
            shape[i] = Math.toIntExact(extent);
        }
        return Optional.of(shape);
    }

    private boolean isAccepted(DataSet point) {
        try {
            Evaluation evaluation = runner.evaluate(point.arguments(), point.dims(), point.seed());
            boolean finite = Stream.concat(
                            differentiated().map(evaluation.outputs()::get), evaluation.gradients().values().stream())
                    .flatMapToDouble(tensor -> Arrays.stream(tensor.values()))
                    .allMatch(Double::isFinite);
            obstacle = finite ? obstacle : "its values are not finite there";
            return finite;
        } catch (DataException e) {
            obstacle = e.getMessage();
            return false;
        }
    }

    /** The target, or all real outputs where there is none. */
    private Stream<String> differentiated() {
        return model.target()
                .map(Stream::of)
                .orElseGet(() -> model.outputs().stream()
                        .filter(output -> output.element() == ElementType.REAL)
                        .map(ModelInfo.Variable::name));
    }
}
