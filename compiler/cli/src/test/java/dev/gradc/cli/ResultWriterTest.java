package dev.gradc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.ModelInfo;
import dev.gradc.compiler.ModelInfo.Kind;
import dev.gradc.compiler.ModelInfo.Variable;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.Tensor;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultWriterTest {

    private static final ModelInfo MODEL = new ModelInfo(
            "Net",
            List.of(),
            List.of(),
            List.of(
                    new Variable("y", Kind.OUTPUT, ElementType.REAL, List.of(), Optional.empty(), ""),
                    new Variable("class", Kind.OUTPUT, ElementType.INT, List.of(), Optional.empty(), ""),
                    new Variable("positive", Kind.OUTPUT, ElementType.BOOL, List.of(), Optional.empty(), "")),
            Optional.empty(),
            List.of(),
            List.of());

    @Test
    void writesOneObjectWithModelOutputsAndGradients() {
        Evaluation evaluation =
                new Evaluation(Map.of("y", Tensor.scalar(0.1)), Map.of("W", matrix(2, 3, 1, 2, 3, 4, 5, 6)));

        assertThat(written(List.of(evaluation), false)).isEqualToIgnoringWhitespace("""
                        {"model": "Net", "outputs": {"y": 0.1},
                         "gradients": {"W": [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]}}
                        """);
    }

    @Test
    void writesAnArrayOfObjects() {
        Evaluation evaluation = new Evaluation(Map.of(), Map.of());

        assertThat(written(List.of(evaluation, evaluation), true)).isEqualToIgnoringWhitespace("""
                        [{"model": "Net", "outputs": {}, "gradients": {}},
                         {"model": "Net", "outputs": {}, "gradients": {}}]
                        """);
    }

    @Test
    void writesNotNumbersAndInfinitiesAsStrings() {
        Tensor values = Tensor.vector(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

        assertThat(written(values)).contains("[ \"NaN\", \"Infinity\", \"-Infinity\" ]");
    }

    @Test
    void writesRealsSoThatTheyReadBackTheSame() {
        double[] values = {0.1, 1 / 3.0, 2e-3, 4.9e-324, Double.MAX_VALUE, -0.0, 123456789.125};

        String text = written(Tensor.vector(values));

        String[] elements =
                text.substring(text.indexOf('[') + 1, text.indexOf(']')).split(",", -1);
        assertThat(elements).extracting(element -> Double.valueOf(element)).containsExactly(boxed(values));
    }

    @Test
    void writesIntsAndBooleansAsThemselves() {
        Evaluation ints = new Evaluation(Map.of("class", Tensor.vector(7, -1)), Map.of());
        Evaluation booleans = new Evaluation(Map.of("positive", Tensor.vector(1, 0)), Map.of());

        assertThat(written(List.of(ints), false)).contains("[ 7, -1 ]");
        assertThat(written(List.of(booleans), false)).contains("[ true, false ]");
    }

    @Test
    void keepsAxesOfExtentZero() {
        assertThat(written(matrix(2, 0))).contains("[ [ ], [ ] ]");
    }

    private static Tensor matrix(int rows, int columns, double... values) {
        return new Tensor(values, new int[] {rows, columns});
    }

    private static Double[] boxed(double[] values) {
        return Arrays.stream(values).boxed().toArray(Double[]::new);
    }

    private static String written(Tensor gradient) {
        return written(List.of(new Evaluation(Map.of(), Map.of("g", gradient))), false);
    }

    private static String written(List<Evaluation> evaluations, boolean array) {
        StringWriter out = new StringWriter();
        ResultWriter.write(out, MODEL, evaluations, array);
        return out.toString();
    }
}
