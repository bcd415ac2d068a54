package dev.gradc.compiler.codegen;

import dev.gradc.compiler.lower.LoweredModel;
import dev.gradc.compiler.lower.LoweredModel.Argument;
import dev.gradc.compiler.lower.LoweredModel.Output;
import java.util.stream.Collectors;

/** The Javadoc of a generated class: the model's own words, and its signature. */
final class ClassDocumentation {

    private final ModelPlan plan;
    private final LoweredModel model;

    ClassDocumentation(ModelPlan plan) {
        this.plan = plan;
        this.model = plan.model();
    }

    /** @param hasVectors whether the class is written with vectors */
    String text(boolean hasVectors) {
        StringBuilder text = new StringBuilder();
        String own = model.documentation().strip();
        text.append(own.isEmpty() ? "The model {@code " + model.name() + "}." : Comments.javadoc(own));
        text.append(
                "\n\n<p>Tensors are flat and row-major. No call allocates; an instance serves one thread at a time.\n");
        if (hasVectors) {
            text.append("\n<p>It computes with vectors: compile and run it with {@code --add-modules"
                    + " jdk.incubator.vector}.\n");
        }
        text.append("\n<ul>\n");
        model.arguments().forEach(argument -> text.append(item(argument)));
        model.outputs().forEach(output -> text.append(item(output)));
        text.append("</ul>\n");
        if (plan.backward().isPresent()) {
            String wrt = model.wrt().stream().map(Argument::name).collect(Collectors.joining(", "));
            text.append("\n<p>Differentiates {@code ")
                    .append(model.target().orElseThrow().name())
                    .append("} by {@code ")
                    .append(wrt)
                    .append("}.\n");
        }
        return text.toString();
    }

    private static String item(Argument argument) {
        String range =
                argument.range().map(r -> " in " + r.low() + ".." + r.high()).orElse("");
        String role = argument.isParam() ? "param" : "input";
        return line(role, argument.name(), argument.node().type() + range, argument.documentation());
    }

    private static String item(Output output) {
        return line("output", output.name(), output.node().type().toString(), output.documentation());
    }

    private static String line(String role, String name, String type, String documentation) {
        String own = documentation.isBlank() ? "" : ": " + Comments.javadoc(documentation.strip());
        return "  <li>" + role + " {@code " + name + "}, {@code " + type + "}" + own + "\n";
    }
}
