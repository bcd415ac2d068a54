package dev.gradc.compiler.golden;

import dev.gradc.compiler.golden.Extents.Renamed;
import dev.gradc.compiler.golden.GoldenCase.Input;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A model that computes a case.
 *
 * @param text the model
 * @param variables its name for each input of the case
 */
public record ModelText(String text, Map<String, String> variables) {

    private static final int[][] OTHER_EXTENTS = {{1009, 13}, {2003, 29}};

    public ModelText {
        variables = Map.copyOf(variables);
    }

    /** The same in single precision. */
    ModelText inSinglePrecision() {
        return new ModelText(text.replaceFirst("model ", "precision f32;\nmodel "), variables);
    }

    /** With extents as numbers. @throws UntranslatableException where the case's family has no mapping */
    static ModelText withNumbers(GoldenCase example) {
        return write(example, Extents.NUMBERS).orElseThrow();
    }

    /** With a runtime dim for each extent; empty where the program holds for these extents only. */
    static Optional<ModelText> withDims(GoldenCase example) {
        Optional<ModelText> first = withDims(example, OTHER_EXTENTS[0]);
        return first.isPresent() && first.equals(withDims(example, OTHER_EXTENTS[1])) ? first : Optional.empty();
    }

    private static Optional<ModelText> withDims(GoldenCase example, int... extents) {
        try {
            Optional<Renamed> renamed = Extents.rename(example, extents[0], extents[1]);
            return renamed.flatMap(r -> write(r.original(), r.extents()));
        } catch (UntranslatableException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<ModelText> write(GoldenCase example, Extents extents) {
        Translator translator = new Translator(example, extents);
        Value result = translator.translate(Families.program(example));
        if (translator.isFixed() && !extents.dims().isEmpty()) {
            return Optional.empty();
        }
        String dims = extents.symbols().isEmpty() ? "" : "(" + String.join(", ", extents.symbols()) + ")";
        String declarations = example.inputs().entrySet().stream()
                .map(entry -> declaration(example, entry.getKey(), entry.getValue(), translator))
                .collect(Collectors.joining());
        Map<String, String> variables = new LinkedHashMap<>();
        example.inputs().keySet().forEach(name -> variables.put(name, translator.variable(name)));
        String text = "import gradc.linalg.*;\nmodel Case" + dims + " {\n" + declarations + translator.definitions()
                + "  output result = " + result.text() + ";\n}\n";
        return Optional.of(new ModelText(text, variables));
    }

    private static String declaration(GoldenCase example, String name, Input input, Translator translator) {
        String role = example.gradients().containsKey(name) ? "param" : "input";
        String shape = Arrays.stream(input.shape())
                .mapToObj(translator.extents()::text)
                .collect(Collectors.joining(", ", "[", "]"));
        String type = input.element() + (input.shape().length == 0 ? "" : shape);
        String range = input.isInt() ? " in 0.." + last(translator, translator.variable(name), input) : "";
        return "  " + role + " " + translator.variable(name) + " : " + type + range + ";\n";
    }

    private static String last(Translator translator, String variable, Input input) {
        int extent = translator.range(variable);
        if (extent == 0) {
            return Integer.toString((int) Arrays.stream(input.data()).max().orElse(0));
        }
        String text = translator.extents().text(extent);
        return text.matches("\\d+") ? Integer.toString(extent - 1) : text + " - 1";
    }
}
