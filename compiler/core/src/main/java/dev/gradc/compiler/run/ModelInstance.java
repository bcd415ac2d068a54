package dev.gradc.compiler.run;

import dev.gradc.compiler.ModelInfo;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.runtime.DifferentiableFloatModel;
import dev.gradc.runtime.DifferentiableModel;
import dev.gradc.runtime.DoubleSparseMatrix;
import dev.gradc.runtime.FloatSparseMatrix;
import dev.gradc.runtime.ParameterLayout;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An instance of a generated class, with a workspace for data of certain shapes. */
public final class ModelInstance {

    private final ModelInfo info;
    private final Class<?> type;
    private final Object instance;
    private final Map<String, Integer> dims;
    private final boolean byName;
    private final Map<String, Method> methods = new HashMap<>();

    private ModelInstance(ModelInfo info, Class<?> type, Object instance, Map<String, Integer> dims) {
        this.info = info;
        this.type = type;
        this.instance = instance;
        this.dims = dims;
        this.byName = Arrays.stream(type.getMethods())
                .anyMatch(method -> method.getName().equals("forward") && isByName(method));
    }

    static ModelInstance of(ModelInfo info, Class<?> type, Map<String, Integer> dims) {
        return new ModelInstance(info, type, construct(info, type, dims), dims);
    }

    /** A value for every runtime dim. */
    public Map<String, Integer> dims() {
        return Collections.unmodifiableMap(dims);
    }

    /** The outputs at {@code data}. */
    public Map<String, Tensor> forward(Map<String, Tensor> data) {
        Object[] arguments = arguments(data);
        invoke(method("forward", arguments.length), arguments);
        return outputs();
    }

    /**
     * Outputs, and gradients of the model's target, at {@code data}.
     *
     * @param seed upstream gradient of the target; when empty 1 for a scalar one, and no gradients for another
     */
    public Evaluation evaluate(Map<String, Tensor> data, Optional<Tensor> seed) {
        Optional<ModelInfo.Variable> target =
                info.wrt().isEmpty() ? Optional.empty() : info.target().flatMap(info::output);
        if (target.isEmpty() || (seed.isEmpty() && !target.get().isScalar())) {
            return new Evaluation(forward(data), Map.of());
        }
        Object[] arguments = arguments(data);
        if (seed.isEmpty()) {
            invoke(method("valueAndGradient", arguments.length), arguments);
        } else {
            invoke(method("forward", arguments.length), arguments);
            invoke(method("backward", 1), seedFor(target.get(), seed.get()));
        }
        return new Evaluation(outputs(), gradients());
    }

    private Object seedFor(ModelInfo.Variable target, Tensor seed) {
        if (!Arrays.equals(seed.shape(), extents(target.shape()))) {
            throw new DataException("the seed has shape " + Arrays.toString(seed.shape()) + ", and `" + target.name()
                    + "` has shape " + Arrays.toString(extents(target.shape()))
                    + "; give one number for each element");
        }
        return target.isScalar() ? (Object) seed.values()[0] : seed.values();
    }

    /**
     * The derivative that the method {@code name} computes, at {@code data}.
     *
     * @param vector the direction or the upstream gradient that it takes, flat or of its shape; empty where it takes none
     */
    public Derived derive(String name, Map<String, Tensor> data, Optional<Tensor> vector) {
        ModelInfo.Derivative derivative = info.derivative(name)
                .orElseThrow(() -> new DataException("model " + info.name() + " derives no `" + name + "`"));
        List<Object> arguments = new ArrayList<>(Arrays.asList(arguments(data)));
        derivative
                .vector()
                .ifPresent(shape -> arguments.add(argument(
                        "the vector for `" + name + "`",
                        vector.orElseThrow(() -> new DataException("`" + name + "` needs a vector of shape " + shape)),
                        shape)));
        Object result = invoke(method(name, arguments.size()), arguments.toArray());
        if (result instanceof DoubleSparseMatrix matrix) {
            return new Derived.Sparse(matrix.pattern(), doubles(matrix.values()));
        } else if (result instanceof FloatSparseMatrix matrix) {
            return new Derived.Sparse(matrix.pattern(), doubles(matrix.values()));
        }
        return new Derived.Dense(new Tensor(doubles(result), extents(derivative.shape())));
    }

    /** All derivatives that take no vector, and those that {@code vectors} has one for, by name. */
    public Map<String, Derived> derivatives(Map<String, Tensor> data, Map<String, Tensor> vectors) {
        Map<String, Derived> derived = new LinkedHashMap<>();
        for (ModelInfo.Derivative derivative : info.derivatives()) {
            Optional<Tensor> vector = Optional.ofNullable(vectors.get(derivative.name()));
            if (derivative.vector().isEmpty() || vector.isPresent()) {
                derived.put(derivative.name(), derive(derivative.name(), data, vector));
            }
        }
        return derived;
    }

    /** As the class's methods take them: by name, or the differentiated ones as one vector where they are too many. */
    private Object[] arguments(Map<String, Tensor> data) {
        List<Object> arguments = new ArrayList<>();
        for (ModelInfo.Variable argument : info.arguments()) {
            if (byName || !info.wrt().contains(argument.name())) {
                arguments.add(convert(argument, data.get(argument.name())));
            }
        }
        if (!byName) {
            arguments.add(info.wrt().stream()
                    .flatMapToDouble(name -> Arrays.stream(data.get(name).values()))
                    .toArray());
        }
        return arguments.toArray();
    }

    private static Object construct(ModelInfo info, Class<?> type, Map<String, Integer> dims) {
        Constructor<?> constructor = type.getConstructors()[0];
        Object[] extents = info.dims().stream().map(dims::get).toArray();
        try {
            return constructor.newInstance(extents);
        } catch (InvocationTargetException e) {
            throw failure(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Method method(String name, int arity) {
        return methods.computeIfAbsent(name + "/" + arity, key -> findMethod(name, arity));
    }

    private Method findMethod(String name, int arity) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(name) && method.getParameterCount() == arity)
                .filter(method ->
                        (!name.equals("valueAndGradient") && !name.equals("forward")) || isByName(method) == byName)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(type + " has no " + name + "/" + arity));
    }

    /** Tells the overload with every argument by name from the one with a flat vector. */
    private boolean isByName(Method method) {
        if (method.getParameterCount() != info.arguments().size()) {
            return false;
        }
        for (int i = 0; i < info.arguments().size(); i++) {
            if (method.getParameterTypes()[i].isArray()
                    == info.arguments().get(i).isScalar()) {
                return false;
            }
        }
        return true;
    }

    private Object invoke(Method method, Object... arguments) {
        try {
            return method.invoke(instance, inPrecision(method, arguments));
        } catch (InvocationTargetException e) {
            throw failure(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Doubles as floats where {@code method} takes those. */
    private static Object[] inPrecision(Method method, Object... arguments) {
        Object[] converted = arguments.clone();
        for (int i = 0; i < converted.length; i++) {
            Class<?> wanted = method.getParameterTypes()[i];
            if (wanted == float.class) {
                converted[i] = ((Number) converted[i]).floatValue();
            } else if (wanted == float[].class) {
                double[] values = (double[]) converted[i];
                float[] floats = new float[values.length];
                for (int k = 0; k < floats.length; k++) {
                    floats[k] = (float) values[k];
                }
                converted[i] = floats;
            }
        }
        return converted;
    }

    /** What the generated class refuses is the data's fault; anything else is the compiler's. */
    private static RuntimeException failure(InvocationTargetException e) {
        if (e.getCause() instanceof IllegalArgumentException refused) {
            return new DataException(refused.getMessage());
        } else if (e.getCause() instanceof OutOfMemoryError || e.getCause() instanceof ArithmeticException) {
            return new DataException("the model's tensors do not fit into memory at these dims: "
                    + e.getCause().getMessage() + "; use smaller dims, or a larger heap (-Xmx)");
        }
        return new IllegalStateException(e.getCause());
    }

    private static Object convert(ModelInfo.Variable variable, Tensor tensor) {
        double[] values = tensor.values();
        if (variable.element() == ElementType.REAL) {
            return variable.isScalar() ? (Object) values[0] : values;
        } else if (variable.element() == ElementType.INT) {
            int[] ints = new int[values.length];
            for (int i = 0; i < ints.length; i++) {
                ints[i] = whole(variable.name(), values[i]);
            }
            return variable.isScalar() ? (Object) ints[0] : ints;
        }
        boolean[] bools = new boolean[values.length];
        for (int i = 0; i < bools.length; i++) {
            bools[i] = values[i] != 0;
        }
        return variable.isScalar() ? (Object) bools[0] : bools;
    }

    private static int whole(String name, double value) {
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw new DataException("`" + name + "` is an int and was given " + value + "; give whole numbers");
        }
        return (int) value;
    }

    /** {@code vector} as an argument of a method that takes one of {@code shape}, flat or not. */
    private Object argument(String what, Tensor vector, List<Dim> shape) {
        int[] extents = extents(shape);
        int size = Arrays.stream(extents).reduce(1, Math::multiplyExact);
        boolean isFlat = vector.shape().length == 1 && vector.values().length == size;
        if (!isFlat && !Arrays.equals(vector.shape(), extents)) {
            throw new DataException(what + " has shape " + Arrays.toString(extents) + ", found "
                    + Arrays.toString(vector.shape()) + "; give one number for each element");
        }
        return shape.isEmpty() ? (Object) vector.values()[0] : vector.values();
    }

    private int[] extents(List<Dim> shape) {
        return shape.stream()
                .mapToInt(dim -> Math.toIntExact(dim.evaluate(dims)))
                .toArray();
    }

    private Map<String, Tensor> outputs() {
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        for (ModelInfo.Variable output : info.outputs()) {
            Object value = invoke(method(output.accessor(), 0));
            outputs.put(output.name(), new Tensor(doubles(value), extents(output.shape())));
        }
        return outputs;
    }

    private static double[] doubles(Object value) {
        if (value instanceof double[] reals) {
            return reals.clone();
        } else if (value instanceof float[] floats) {
            double[] numbers = new double[floats.length];
            for (int i = 0; i < floats.length; i++) {
                numbers[i] = floats[i];
            }
            return numbers;
        } else if (value instanceof int[] ints) {
            return Arrays.stream(ints).asDoubleStream().toArray();
        } else if (value instanceof boolean[] bools) {
            double[] numbers = new double[bools.length];
            for (int i = 0; i < bools.length; i++) {
                numbers[i] = bools[i] ? 1 : 0;
            }
            return numbers;
        } else if (value instanceof Boolean bool) {
            return new double[] {bool ? 1 : 0};
        }
        return new double[] {((Number) value).doubleValue()};
    }

    private Map<String, Tensor> gradients() {
        boolean isSingle = instance instanceof DifferentiableFloatModel;
        ParameterLayout layout =
                isSingle ? ((DifferentiableFloatModel) instance).layout() : ((DifferentiableModel) instance).layout();
        double[] flat = doubles(
                isSingle
                        ? ((DifferentiableFloatModel) instance).gradient()
                        : ((DifferentiableModel) instance).gradient());
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        for (String name : info.wrt()) {
            int[] shape = layout.entry(name).shape().stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
            gradients.put(name, new Tensor(layout.slice(name, flat), shape));
        }
        return gradients;
    }
}
