package dev.gradc.samples.benchmarks;

import dev.gradc.runtime.DifferentiableFloatModel;
import dev.gradc.runtime.DifferentiableModel;
import dev.gradc.runtime.ParameterLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * The classes that gradc makes of the models in this package. The build copies this file to another package, where they are
 * written with vectors.
 */
public final class Models {

    private Models() {}

    /** The evaluation of {@code workload}. */
    public static Peer of(Workload workload, Data data) {
        return switch (workload) {
            case ROSENBROCK -> rosenbrock(data);
            case BLACK_SCHOLES -> blackScholes(data);
            case SABR -> sabr(data);
            case HELMHOLTZ_HESSIAN -> helmholtz(data);
            case PRODUCTS -> products(data);
            case LOGISTIC -> logistic(data);
            case MLP_SMALL -> smallMlp(data);
            case MLP_LARGE -> largeMlp(data);
            case CNN -> cnn(data);
            case ATTENTION -> attention(data);
        };
    }

    private static Peer rosenbrock(Data data) {
        double[] x = data.doubles("x");
        Rosenbrock model = new Rosenbrock(x.length);
        return new Evaluation(() -> model.valueAndGradient(x), () -> gradients(model));
    }

    private static Peer blackScholes(Data data) {
        double[] strike = data.doubles("strike");
        int[] call = data.ints("call");
        BlackScholes model = new BlackScholes(strike.length);
        double[] parameters = parameters(data, model.layout());
        return finance(() -> model.valueAndGradient(strike, call, parameters), model, "prices", model::prices);
    }

    private static Peer sabr(Data data) {
        double[] expiry = data.doubles("expiry");
        Sabr model = new Sabr(expiry.length);
        double[] parameters = parameters(data, model.layout());
        return finance(() -> model.valueAndGradient(expiry, parameters), model, "volatilities", model::volatilities);
    }

    /** A peer whose results are {@code model}'s gradient and an output called {@code name}. */
    private static Peer finance(
            DoubleSupplier value, DifferentiableModel model, String name, Supplier<double[]> output) {
        return new Evaluation(value, () -> {
            Map<String, double[]> results = gradients(model);
            results.put(name, output.get());
            return results;
        });
    }

    private static Peer helmholtz(Data data) {
        double[] a = data.doubles("A");
        double[] b = data.doubles("b");
        double[] x = data.doubles("x");
        Helmholtz model = new Helmholtz();
        double[][] hessian = new double[1][];
        return new Evaluation(
                () -> {
                    hessian[0] = model.hessian(a, b, x);
                    return model.loss();
                },
                () -> Map.of("hessian", hessian[0]));
    }

    private static Peer products(Data data) {
        float[] weights = data.floats("C");
        Products model = new Products(data.extent("A", 0), data.extent("A", 1), data.extent("B", 1));
        float[] parameters = floatParameters(data, model.layout());
        return new Evaluation(() -> model.valueAndGradient(weights, parameters), () -> gradients(model));
    }

    private static Peer logistic(Data data) {
        float[] images = data.floats("X");
        float[] labels = data.floats("y");
        Logistic model = new Logistic(labels.length);
        float[] parameters = floatParameters(data, model.layout());
        return new Evaluation(() -> model.valueAndGradient(images, labels, parameters), () -> gradients(model));
    }

    private static Peer smallMlp(Data data) {
        float[] images = data.floats("X");
        int[] labels = data.ints("y");
        SmallMlp model = new SmallMlp(labels.length);
        float[] parameters = floatParameters(data, model.layout());
        return new Evaluation(() -> model.valueAndGradient(images, labels, parameters), () -> gradients(model));
    }

    private static Peer largeMlp(Data data) {
        float[] images = data.floats("X");
        int[] labels = data.ints("y");
        LargeMlp model = new LargeMlp(labels.length);
        float[] parameters = floatParameters(data, model.layout());
        return new Evaluation(() -> model.valueAndGradient(images, labels, parameters), () -> gradients(model));
    }

    private static Peer cnn(Data data) {
        float[] images = data.floats("X");
        int[] labels = data.ints("y");
        Cnn model = new Cnn(labels.length);
        float[] parameters = floatParameters(data, model.layout());
        return new Evaluation(() -> model.valueAndGradient(images, labels, parameters), () -> gradients(model));
    }

    private static Peer attention(Data data) {
        float[] sequences = data.floats("X");
        float[] target = data.floats("target");
        Attention model = new Attention(data.extent("X", 0));
        float[] parameters = floatParameters(data, model.layout());
        return new Evaluation(() -> model.valueAndGradient(sequences, target, parameters), () -> gradients(model));
    }

    private static double[] parameters(Data data, ParameterLayout layout) {
        double[] parameters = new double[layout.size()];
        layout.entries().forEach(entry -> layout.set(entry.name(), parameters, data.doubles(entry.name())));
        return parameters;
    }

    private static float[] floatParameters(Data data, ParameterLayout layout) {
        float[] parameters = new float[layout.size()];
        for (ParameterLayout.Entry entry : layout.entries()) {
            System.arraycopy(data.floats(entry.name()), 0, parameters, entry.offset(), entry.size());
        }
        return parameters;
    }

    private static Map<String, double[]> gradients(DifferentiableModel model) {
        Map<String, double[]> gradients = new HashMap<>();
        ParameterLayout layout = model.layout();
        layout.entries().forEach(entry -> gradients.put(entry.name(), layout.slice(entry.name(), model.gradient())));
        return gradients;
    }

    private static Map<String, double[]> gradients(DifferentiableFloatModel model) {
        Map<String, double[]> gradients = new HashMap<>();
        ParameterLayout layout = model.layout();
        layout.entries()
                .forEach(entry ->
                        gradients.put(entry.name(), Data.widened(layout.slice(entry.name(), model.gradient()))));
        return gradients;
    }
}
