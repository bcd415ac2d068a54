package dev.gradc.compiler.run;

import dev.gradc.compiler.GeneratedModel;
import dev.gradc.compiler.ModelInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Compiles a generated class in memory and runs it on data given by name. */
public final class ModelRunner {

    private final ModelInfo info;
    private final Class<?> type;

    private final List<byte[]> classFiles;

    private ModelRunner(ModelInfo info, InMemoryCompiler.Loaded loaded) {
        this.info = info;
        this.type = loaded.type();
        this.classFiles = loaded.classFiles();
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

    /** The class files of the generated class and of the classes in it. */
    public List<byte[]> classFiles() {
        return classFiles.stream().map(byte[]::clone).toList();
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
        return instance(data, dims).evaluate(data, seed);
    }

    /**
     * The derivative that the method {@code name} computes, at {@code data}.
     *
     * @param data every argument by name
     * @param dims runtime dims given outright; the others follow from the data's shapes
     * @param vector the direction or the upstream gradient that it takes, flat or of its shape; empty where it takes none
     * @throws DataException where the data do not fit the model
     */
    public Derived derive(String name, Map<String, Tensor> data, Map<String, Integer> dims, Optional<Tensor> vector) {
        return instance(data, dims).derive(name, data, vector);
    }

    /**
     * An instance of the generated class for data of the shapes of {@code data}.
     *
     * @param dims runtime dims given outright; the others follow from the data's shapes
     * @throws DataException where the data do not fit the model
     */
    public ModelInstance instance(Map<String, Tensor> data, Map<String, Integer> dims) {
        return ModelInstance.of(info, type, new DimInference(info).infer(data, dims));
    }
}
