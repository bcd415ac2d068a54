package dev.gradc.cli;

import dev.gradc.compiler.ModelInfo;
import dev.gradc.compiler.ModelInfo.Derivative;
import dev.gradc.compiler.lower.Derivation.Kind;
import dev.gradc.compiler.run.Derived;
import dev.gradc.compiler.run.ModelInstance;
import dev.gradc.compiler.run.Tensor;
import dev.gradc.runtime.GradientChecker;
import dev.gradc.runtime.GradientChecker.Options;
import dev.gradc.runtime.GradientChecker.Report;
import dev.gradc.runtime.GradientChecker.VectorFunction;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Holds one further derivative of a model at one point against differences: first ones against those of the output,
 * second ones against those of its gradient, which the model's vector-Jacobian product gives.
 */
final class DerivativeCheck {

    private static final Options OPTIONS = Options.defaults();

    private final ModelInfo model;
    private final Derivative derivative;
    private final ModelInstance instance;
    private final Stacked stacked;

    DerivativeCheck(ModelInfo model, Derivative derivative, ModelInstance instance, DataSet point) {
        this.model = model;
        this.derivative = derivative;
        this.instance = instance;
        this.stacked = new Stacked(point.arguments(), derivative.by());
    }

    Finding run() {
        double[] x = stacked.values();
        Coordinates coordinates = Coordinates.of(x.length);
        return switch (derivative.kind()) {
            case JACOBIAN, HESSIAN, SPARSE_JACOBIAN, SPARSE_HESSIAN -> matrix(x);
            case JVP -> finding(GradientChecker.checkJacobian(this::output, x, this::product, OPTIONS), "");
            case HVP -> finding(GradientChecker.checkJacobian(this::gradient, x, this::product, OPTIONS), "");
            case VJP -> finding(vjp(x), "");
            case HESSIAN_DIAGONAL -> finding(diagonal(x, coordinates), coordinates.extent(""));
            case GAUSS_NEWTON -> {
                double[] matrix = dense(derive(x, Optional.empty()));
                yield finding(gaussNewton(x, v -> Stacked.times(matrix, v)), "");
            }
            case GAUSS_NEWTON_PRODUCT -> finding(gaussNewton(x, this::product), "");
        };
    }

    private Finding finding(Report report, String extent) {
        return Finding.of(derivative.toString(), report, extent);
    }

    private Finding matrix(double[] x) {
        VectorFunction f = derivative.kind().isOfScalar() ? this::gradient : this::output;
        Derived derived = derive(x, Optional.empty());
        if (derived instanceof Derived.Sparse sparse) {
            return finding(
                    GradientChecker.checkJacobian(
                            f, x, sparse.pattern(), sparse.values().clone(), OPTIONS),
                    "");
        }
        double[] matrix = dense(derived);
        return finding(
                derivative.kind() == Kind.HESSIAN
                        ? GradientChecker.checkHessian(f, x, matrix, OPTIONS)
                        : GradientChecker.checkJacobian(f, x, matrix, OPTIONS),
                "");
    }

    private Report vjp(double[] x) {
        SplittableRandom random = new SplittableRandom(OPTIONS.seed());
        double[] upstream = new double[output(x).length];
        for (int i = 0; i < upstream.length; i++) {
            upstream[i] = random.nextGaussian();
        }
        double[] vjp = dense(derive(x, Optional.of(Tensor.vector(upstream))));
        return GradientChecker.checkVjp(this::output, x, upstream, vjp, OPTIONS);
    }

    private Report diagonal(double[] x, Coordinates coordinates) {
        return GradientChecker.checkHessianDiagonal(
                moved -> coordinates.pick(gradient(coordinates.replace(x, moved))),
                coordinates.pick(x),
                coordinates.pick(dense(derive(x, Optional.empty()))),
                OPTIONS);
    }

    private Report gaussNewton(double[] x, VectorFunction product) {
        return GradientChecker.checkGaussNewton(this::output, x, u -> pulledBack(x, u), product, OPTIONS);
    }

    private double[] output(double[] x) {
        return instance.forward(stacked.with(x)).get(derivative.of()).values();
    }

    private double[] gradient(double[] x) {
        return pulledBack(x, 1);
    }

    /** {@code upstream} times the Jacobian at {@code x}. */
    private double[] pulledBack(double[] x, double... upstream) {
        String name = model.derivatives().stream()
                .filter(other -> other.kind() == Kind.VJP)
                .filter(other ->
                        other.of().equals(derivative.of()) && other.by().equals(derivative.by()))
                .findFirst()
                .orElseThrow()
                .name();
        return dense(instance.derive(name, stacked.with(x), Optional.of(Tensor.vector(upstream))));
    }

    private double[] product(double[] direction) {
        return dense(derive(stacked.values(), Optional.of(Tensor.vector(direction))));
    }

    private Derived derive(double[] x, Optional<Tensor> vector) {
        return instance.derive(derivative.name(), stacked.with(x), vector);
    }

    private static double[] dense(Derived derived) {
        return ((Derived.Dense) derived).value().values();
    }
}
