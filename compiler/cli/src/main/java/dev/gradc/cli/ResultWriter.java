package dev.gradc.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.gradc.compiler.ModelInfo;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.run.Derived;
import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.Tensor;
import dev.gradc.runtime.SparsePattern;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/** Prints evaluations as JSON: every real as its shortest text that reads back to the same double. */
final class ResultWriter {

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private final JsonGenerator generator;
    private final ModelInfo model;

    private ResultWriter(JsonGenerator generator, ModelInfo model) {
        this.generator = generator;
        this.model = model;
    }

    /** Prints {@code evaluations} to {@code out}: an array of objects where {@code array}, else the only object. */
    static void write(Writer out, ModelInfo model, List<Evaluation> evaluations, boolean array) {
        try (JsonGenerator generator = JSON.createGenerator(out)) {
            generator.setPrettyPrinter(new DefaultPrettyPrinter());
            ResultWriter writer = new ResultWriter(generator, model);
            if (array) {
                generator.writeStartArray();
            }
            for (Evaluation evaluation : evaluations) {
                writer.write(evaluation);
            }
            if (array) {
                generator.writeEndArray();
            }
            generator.writeRaw(System.lineSeparator());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Evaluation evaluation) throws IOException {
        generator.writeStartObject();
        generator.writeStringField("model", model.name());
        generator.writeObjectFieldStart("outputs");
        for (Map.Entry<String, Tensor> output : evaluation.outputs().entrySet()) {
            String name = output.getKey();
            write(
                    name,
                    output.getValue(),
                    model.output(name).map(ModelInfo.Variable::element).orElse(ElementType.REAL));
        }
        generator.writeEndObject();
        generator.writeObjectFieldStart("gradients");
        for (Map.Entry<String, Tensor> gradient : evaluation.gradients().entrySet()) {
            write(gradient.getKey(), gradient.getValue(), ElementType.REAL);
        }
        generator.writeEndObject();
        if (!model.derivatives().isEmpty()) {
            writeDerivatives(evaluation.derivatives());
        }
        generator.writeEndObject();
    }

    private void writeDerivatives(Map<String, Derived> derivatives) throws IOException {
        generator.writeObjectFieldStart("derivatives");
        for (Map.Entry<String, Derived> derivative : derivatives.entrySet()) {
            if (derivative.getValue() instanceof Derived.Sparse matrix) {
                write(derivative.getKey(), matrix);
            } else {
                write(derivative.getKey(), ((Derived.Dense) derivative.getValue()).value(), ElementType.REAL);
            }
        }
        generator.writeEndObject();
    }

    /** Compressed by rows. */
    private void write(String name, Derived.Sparse matrix) throws IOException {
        SparsePattern pattern = matrix.pattern();
        generator.writeObjectFieldStart(name);
        generator.writeNumberField("rows", pattern.rows());
        generator.writeNumberField("columns", pattern.columns());
        write("rowPointers", pattern.rowPointers());
        write("columnIndices", pattern.columnIndices());
        write("values", Tensor.vector(matrix.values()), ElementType.REAL);
        generator.writeEndObject();
    }

    private void write(String name, int... numbers) throws IOException {
        generator.writeFieldName(name);
        generator.writeArray(numbers, 0, numbers.length);
    }

    private void write(String name, Tensor tensor, ElementType element) throws IOException {
        generator.writeFieldName(name);
        writeAxis(tensor, element, 0, 0, tensor.values().length);
    }

    /** Writes the {@code size} elements from {@code start} on, which the axes from {@code axis} on range over. */
    private void writeAxis(Tensor tensor, ElementType element, int axis, int start, int size) throws IOException {
        if (axis == tensor.shape().length) {
            writeElement(tensor.values()[start], element);
            return;
        }
        int extent = tensor.shape()[axis];
        generator.writeStartArray();
        for (int i = 0; i < extent; i++) {
            writeAxis(tensor, element, axis + 1, start + i * (size / extent), size / extent);
        }
        generator.writeEndArray();
    }

    private void writeElement(double value, ElementType element) throws IOException {
        switch (element) {
            case REAL -> writeReal(value);
            case INT -> generator.writeNumber((long) value);
            case BOOL -> generator.writeBoolean(value != 0);
        }
    }

    private void writeReal(double value) throws IOException {
        if (Double.isFinite(value)) {
            generator.writeNumber(value);
        } else {
            generator.writeString(Double.toString(value));
        }
    }
}
