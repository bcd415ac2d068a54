package dev.gradc.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.gradc.compiler.explain.Equation;
import dev.gradc.compiler.explain.Explanation;
import dev.gradc.compiler.explain.Explanation.Cost;
import dev.gradc.compiler.explain.Explanation.Count;
import dev.gradc.compiler.explain.Explanation.Found;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes explanations as JSON: {@code {"models": [...]}}. */
final class ExplanationWriter {

    private final JsonGenerator generator;

    private ExplanationWriter(JsonGenerator generator) {
        this.generator = generator;
    }

    static void write(PrintWriter out, List<Explanation> models) {
        try (JsonGenerator generator = new JsonFactory()
                .createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .setPrettyPrinter(new DefaultPrettyPrinter())) {
            ExplanationWriter writer = new ExplanationWriter(generator);
            generator.writeStartObject();
            generator.writeArrayFieldStart("models");
            for (Explanation model : models) {
                writer.write(model);
            }
            generator.writeEndArray();
            generator.writeEndObject();
            generator.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Explanation model) throws IOException {
        generator.writeStartObject();
        generator.writeStringField("model", model.model());
        generator.writeObjectFieldStart("dims");
        for (Map.Entry<String, Integer> dim : new TreeMap<>(model.dims()).entrySet()) {
            generator.writeNumberField(dim.getKey(), dim.getValue());
        }
        generator.writeEndObject();
        writeCost(model.cost());
        writeFound("rules", "contract", model.rules());
        writeFound("patterns", "meaning", model.patterns());
        writeEquations("primal", model.primal());
        writeEquations("derivative", model.derivative());
        generator.writeArrayFieldStart("derivatives");
        for (Explanation.Derived derived : model.derived()) {
            writeDerived(derived);
        }
        generator.writeEndArray();
        generator.writeEndObject();
    }

    private void writeDerived(Explanation.Derived derived) throws IOException {
        generator.writeStartObject();
        generator.writeStringField("method", derived.method());
        generator.writeStringField("kind", derived.kind());
        generator.writeStringField("of", derived.of());
        generator.writeArrayFieldStart("by");
        for (String name : derived.by()) {
            generator.writeString(name);
        }
        generator.writeEndArray();
        generator.writeNumberField("operations", derived.operations().value());
        generator.writeStringField("formula", derived.operations().formula());
        if (derived.entries().isPresent()) {
            generator.writeNumberField("entries", derived.entries().get().value());
            generator.writeStringField("entriesFormula", derived.entries().get().formula());
            writeEquations("pattern", derived.pattern());
        }
        generator.writeEndObject();
    }

    private void writeCost(Cost cost) throws IOException {
        Map<String, Count> counts = new TreeMap<>(Map.of("forward", cost.forward()));
        cost.backward().ifPresent(count -> counts.put("backward", count));
        cost.valueAndGradient().ifPresent(count -> counts.put("valueAndGradient", count));
        generator.writeObjectFieldStart("operations");
        for (Map.Entry<String, Count> count : counts.entrySet()) {
            generator.writeNumberField(count.getKey(), count.getValue().value());
        }
        if (cost.ratio().isPresent()) {
            generator.writeNumberField("ratio", cost.ratio().get());
        }
        generator.writeObjectFieldStart("formulas");
        for (Map.Entry<String, Count> count : counts.entrySet()) {
            generator.writeStringField(count.getKey(), count.getValue().formula());
        }
        generator.writeEndObject();
        generator.writeEndObject();
        generator.writeNumberField("bytesKept", cost.bytesKept());
        generator.writeNumberField("workspaceBytes", cost.workspaceBytes());
        generator.writeNumberField("largestMethodBytes", cost.largestMethod());
        generator.writeNumberField("loops", cost.loops());
    }

    private void writeFound(String field, String meaning, List<Found> all) throws IOException {
        generator.writeArrayFieldStart(field);
        for (Found found : all) {
            generator.writeStartObject();
            generator.writeStringField("name", found.name());
            generator.writeStringField(meaning, found.meaning());
            generator.writeNumberField("count", found.count());
            generator.writeArrayFieldStart("where");
            for (String place : found.where()) {
                generator.writeString(place);
            }
            generator.writeEndArray();
            generator.writeEndObject();
        }
        generator.writeEndArray();
    }

    private void writeEquations(String field, List<Equation> equations) throws IOException {
        generator.writeArrayFieldStart(field);
        for (Equation equation : equations) {
            generator.writeStartObject();
            generator.writeStringField("name", equation.name());
            generator.writeStringField("type", equation.type());
            generator.writeStringField("text", equation.text());
            generator.writeStringField("latex", equation.latex());
            generator.writeEndObject();
        }
        generator.writeEndArray();
    }
}
