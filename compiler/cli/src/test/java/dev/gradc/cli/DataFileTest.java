package dev.gradc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradc.compiler.ModelInfo;
import dev.gradc.compiler.ModelInfo.Kind;
import dev.gradc.compiler.ModelInfo.Variable;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.run.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataFileTest {

    private static final List<Dim> MATRIX = List.of(Dim.symbol("N"), Dim.symbol("D"));
    private static final ModelInfo MODEL = new ModelInfo(
            "Net",
            List.of("N", "D"),
            List.of(
                    new Variable("X", Kind.INPUT, ElementType.REAL, MATRIX, Optional.empty(), ""),
                    new Variable("label", Kind.INPUT, ElementType.INT, List.of(Dim.symbol("N")), Optional.empty(), ""),
                    new Variable("on", Kind.INPUT, ElementType.BOOL, List.of(), Optional.empty(), "")),
            List.of(),
            Optional.empty(),
            List.of(),
            List.of());

    @TempDir
    private Path directory;

    @Test
    void takesShapesFromTheNesting() throws IOException {
        DataSet set = only("{\"X\": [[1, 2.5, -3e-7], [4, 5, 6]], \"label\": [0, 1.0], \"on\": true}");

        assertThat(set.arguments())
                .isEqualTo(Map.of(
                        "X", new Tensor(new double[] {1, 2.5, -3e-7, 4, 5, 6}, new int[] {2, 3}),
                        "label", Tensor.vector(0, 1),
                        "on", Tensor.scalar(1)));
    }

    @Test
    void readsNotNumbersAndInfinities() throws IOException {
        assertThat(only("{\"X\": [\"NaN\", \"Infinity\", \"-Infinity\"]}").arguments())
                .containsEntry("X", Tensor.vector(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
    }

    @Test
    void readsEveryBitOfADouble() throws IOException {
        assertThat(only("{\"X\": [0.1, 4.9e-324, 1.7976931348623157e308, -0.0]}")
                        .arguments())
                .containsEntry("X", Tensor.vector(0.1, Double.MIN_VALUE, Double.MAX_VALUE, -0.0));
    }

    @Test
    void knowsTheShapeOfEmptyArrays() throws IOException {
        assertThat(only("{\"X\": [[], []]}").arguments())
                .containsEntry("X", new Tensor(new double[0], new int[] {2, 0}));
    }

    @Test
    void readsDimsAndSeed() throws IOException {
        DataSet set = only("{\"dims\": {\"N\": 3, \"D\": 4}, \"seed\": [1, 2]}");

        assertThat(set.dims()).isEqualTo(Map.of("N", 3, "D", 4));
        assertThat(set.seed()).contains(Tensor.vector(1, 2));
    }

    @Test
    void letsAnArgumentBeCalledSeed() throws IOException {
        ModelInfo model = new ModelInfo(
                "M",
                List.of(),
                List.of(new Variable("seed", Kind.PARAM, ElementType.REAL, List.of(), Optional.empty(), "")),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of());

        DataSet set = DataFile.read(write("{\"seed\": 2}"), model).sets().get(0);

        assertThat(set.arguments()).containsEntry("seed", Tensor.scalar(2));
        assertThat(set.seed()).isEmpty();
    }

    @Test
    void readsAnArrayOfSets() throws IOException {
        DataFile file = DataFile.read(write("[{\"X\": 1}, {\"X\": 2}]"), MODEL);

        assertThat(file.array()).isTrue();
        assertThat(file.sets())
                .extracting(set -> set.arguments().get("X"))
                .containsExactly(Tensor.scalar(1), Tensor.scalar(2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"X": [[1, 2], [3]]}         | line 1: X[1]: is ragged: 1 elements where the arrays before it have 2
            {"X": [[1, 2], 3]}           | line 1: X[1]: expected an array, as beside it, found 3
            {"X": [1, [2]]}              | line 1: X[1]: expected a number, as beside it, found an array
            {"X": ["one"]}               | X[0]: expected a number, "NaN", "Infinity" or "-Infinity", found "one"
            {"X": {"a": 1}}              | X: expected a number, "NaN", "Infinity" or "-Infinity", found an object
            {"X": [true]}                | X[0]: expected a number, "NaN", "Infinity" or "-Infinity", found true
            {"X": null}                  | X: expected a number, "NaN", "Infinity" or "-Infinity", found null
            {"label": [0, 1.5]}          | label[1]: expected an integer of 32 bits, found 1.5
            {"label": [2147483648]}      | label[0]: expected an integer of 32 bits, found 2147483648
            {"on": 1}                    | on: expected true or false, found 1
            {"lable": [0]}               | lable: the model has no argument called `lable`; did you mean `label`?
            {"dims": {"K": 1}}           | dims.K: the model has no dim called `K`
            {"dims": [1]}                | dims: expected an object such as {"N": 3}, found an array
            {"dims": {"N": "3"}}         | dims.N: expected an integer of 32 bits, found "3"
            [{"X": 1}, {"X": "no"}]      | line 1: [1].X: expected a number
            [1]                          | [0]: expected an object, found 1
            7                            | data: expected an object, found 7
            {"X": 1} {"X": 2}            | line 1: data: something follows the data; several objects belong in an array
            {"X": 1, "X": 2}             | is not JSON: Duplicate field 'X'
            {"X": 1                      | is not JSON: Unexpected end-of-input
            {"X": NaN}                   | is not JSON: Non-standard token 'NaN'
            """)
    void saysWhatIsWrongAndWhere(String json, String message) throws IOException {
        Path file = write(json);

        assertThatThrownBy(() -> DataFile.read(file, MODEL))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith(file + ": line 1")
                .hasMessageContaining(message);
    }

    @Test
    void wantsAnObjectInAnEmptyFile() throws IOException {
        Path file = write("");

        assertThatThrownBy(() -> DataFile.read(file, MODEL))
                .hasMessage(file + ": is empty; expected a JSON object with a value for every argument");
    }

    @Test
    void boundsTheNesting() throws IOException {
        Path file = write("{\"X\": " + "[".repeat(100_000));

        assertThatThrownBy(() -> DataFile.read(file, MODEL))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("nesting depth");
    }

    private DataSet only(String json) throws IOException {
        DataFile file = DataFile.read(write(json), MODEL);
        assertThat(file.array()).isFalse();
        return file.sets().get(0);
    }

    private Path write(String json) throws IOException {
        return Files.writeString(directory.resolve("data.json"), json);
    }
}
