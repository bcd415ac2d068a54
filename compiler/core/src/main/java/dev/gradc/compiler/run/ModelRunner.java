package dev.gradc.compiler.run;

import dev.gradc.compiler.GeneratedModel;
import dev.gradc.compiler.ModelInfo;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.runtime.DifferentiableFloatModel;
import dev.gradc.runtime.DifferentiableModel;
import dev.gradc.runtime.ParameterLayout;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Compiles a generated class in memory and runs it on data given by name. */
public final class ModelRunner {

    private final ModelInfo info;
    private final Class<?> type;

    private final byte[] bytecode;

    private ModelRunner(ModelInfo info, InMemoryCompiler.Loaded loaded) {
        this.info = info;
        this.type = loaded.type();
        this.bytecode = loaded.bytecode();
    }

    /** Compiles {@code model} with the JDK's compiler. @throws IllegalStateException where there is none */
    public static ModelRunner load(GeneratedModel model) {
        return new ModelRunner(model.info(), InMemoryCompiler.compile(model));
    }

    /** Compiles {@code models}, whose names differ, in one run, which is faster than one by one. */
    public static List<ModelRunner> loadAll(List<GeneratedModel> models) {
        List<InMemoryCompiler.Loaded> loaded = InMemoryCompiler.compile(models);
        return IntStream.range(0, models.size())
                .mapToObj(i -> new ModelRunner(models.get(i).info(), loaded.get(i)))
                .toList();
    }

    /** The class file of the generated class. */
    public byte[] bytecode() {
        return bytecode.clone();
    }

    /** The generated class. */
    public Class<?> type() {
        return type;
    }

    /**
     * Outputs, and gradients of the model's target, at {@code data}.
     *
     * @param data every argument by name
     * @param dims runtime dims given outright; the others follow from the data's shapes
     * @param seed upstream gradient of the target; when empty 1 for a scalar one, and no gradients for another
     * @throws DataException where the data do not fit the model
     */
    public Evaluation evaluate(Map<String, Tensor> data, Map<String, Integer> dims, Optional<Tensor> seed) {
        Map<String, Integer> bound = new DimInference(info).infer(data, dims);
        Object instance = construct(bound);
        Object[] arguments = info.arguments().stream()
                .map(argument -> convert(argument, data.get(argument.name())))
                .toArray();
        Optional<ModelInfo.Variable> target = info.target().flatMap(info::output);
        boolean isScalar = target.map(ModelInfo.Variable::isScalar).orElse(false);
        boolean derives = !info.wrt().isEmpty() && target.isPresent() && (isScalar || seed.isPresent());
        if (derives && seed.isEmpty()) {
            invoke(instance, taking("valueAndGradient"), arguments);
        } else {
            invoke(instance, taking("forward"), arguments);
            if (derives) {
                invoke(instance, method("backward", 1), seedFor(target.get(), seed.orElse(Tensor.scalar(1)), bound));
            }
        }
        return new Evaluation(outputs(instance, bound), derives ? gradients(instance) : Map.of());
    }

    private Object construct(Map<String, Integer> dims) {
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
        return method(name, arity, method -> true);
    }

    /** The method {@code name} of every argument by name. */
    private Method taking(String name) {
        return method(name, info.arguments().size(), this::isByName);
    }

    private Method method(String name, int arity, Predicate<Method> isWanted) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(name) && method.getParameterCount() == arity)
                .filter(isWanted)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(type + " has no " + name + "/" + arity));
    }

    /** Tells the overload with every argument by name from the one with a flat vector. */
    private boolean isByName(Method method) {
        for (int i = 0; i < info.arguments().size(); i++) {
            if (method.getParameterTypes()[i].isArray()
                    == info.arguments().get(i).isScalar()) {
                return false;
            }
        }
        return true;
    }

    private static Object invoke(Object instance, Method method, Object... arguments) {
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

    private static Object seedFor(ModelInfo.Variable target, Tensor seed, Map<String, Integer> dims) {
        int[] shape = extents(target.shape(), dims);
        if (!Arrays.equals(seed.shape(), shape)) {
            throw new DataException("the seed has shape " + Arrays.toString(seed.shape()) + ", and `" + target.name()
                    + "` has shape " + Arrays.toString(shape) + "; give one number for each element");
        }
        return target.isScalar() ? (Object) seed.values()[0] : seed.values();
    }

    private static int[] extents(List<Dim> shape, Map<String, Integer> dims) {
        return shape.stream()
                .mapToInt(dim -> Math.toIntExact(dim.evaluate(dims)))
                .toArray();
    }

    private Map<String, Tensor> outputs(Object instance, Map<String, Integer> dims) {
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        for (ModelInfo.Variable output : info.outputs()) {
            Object value = invoke(instance, method(output.accessor(), 0));
            outputs.put(output.name(), new Tensor(doubles(value), extents(output.shape(), dims)));
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

    private Map<String, Tensor> gradients(Object instance) {
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
