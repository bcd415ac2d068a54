package dev.gradc.samples.gradbench;

import static dev.gradc.samples.gradbench.Evals.assertClose;
import static dev.gradc.samples.gradbench.Evals.flat;
import static dev.gradc.samples.gradbench.Evals.json;
import static dev.gradc.samples.gradbench.Evals.output;
import static dev.gradc.samples.gradbench.Evals.places;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The residuals of the first observation against a projection by hand, the entries of the Jacobian against differences. */
class BaEvalTest {

    private static final double[] CAMERA = {0.01, -0.2, 0.3, 0.1, 0.2, -5, 800, 320, 240, -0.1, 0.02};
    private static final double[] POINT = {0.3, -0.4, 1.2};
    private static final double[] FEATURE = {300, 250};
    private static final double WEIGHT = 0.9;

    private static ObjectNode input(int n, int m, int p) {
        ObjectNode input = Evals.object().put("n", n).put("m", m).put("p", p).put("w", WEIGHT);
        input.set("cam", json(CAMERA));
        input.set("x", json(POINT));
        input.set("feat", json(FEATURE));
        return input;
    }

    @Test
    void residualsAreThoseOfARotationMatrix() {
        JsonNode objective = output("ba", "objective", input(2, 3, 4));
        double[] image = project();
        for (int i = 0; i < 2; i++) {
            double residual = objective.at("/reproj_error/elements/" + i).asDouble();
            assertClose(residual, WEIGHT * (image[i] - FEATURE[i]), 1e-12);
        }
        assertThat(objective.at("/reproj_error/repeated").asInt()).isEqualTo(4);
        assertClose(objective.at("/w_err/element").asDouble(), 1 - WEIGHT * WEIGHT, 1e-15);
        assertThat(objective.at("/w_err/repeated").asInt()).isEqualTo(4);
    }

    @Test
    void entriesOfTheJacobianAgreeWithDifferences() {
        JsonNode input = input(1, 1, 1);
        double[] entries = flat(output("ba", "jacobian", input).get("vals"));
        List<JsonPointer> variables = new ArrayList<>(places(input, "cam"));
        variables.addAll(places(input, "x"));
        variables.addAll(places(input, "w"));
        for (int j = 0; j < variables.size(); j++) {
            double[] column = Evals.difference("ba", "objective", input, List.of(variables.get(j)));
            assertClose(entries[j], column[0], 1e-6);
            assertClose(entries[variables.size() + j], column[1], 1e-6);
        }
        assertThat(entries).hasSize(31);
        assertClose(entries[30], -2 * WEIGHT, 1e-15);
    }

    @Test
    void theJacobianIsInTheRowsAndColumnsOfTheEval() {
        JsonNode jacobian = output("ba", "jacobian", input(2, 3, 4));
        int[] columns = new int[31];
        for (int j = 0; j < 15; j++) {
            columns[j] = j < 11 ? j : j < 14 ? 2 * 11 + j - 11 : 2 * 11 + 3 * 3;
            columns[15 + j] = columns[j];
        }
        columns[30] = 2 * 11 + 3 * 3 + 4 - 1;
        assertThat(jacobian.get("cols")).isEqualTo(json(columns));
        int[] rows = new int[31];
        for (int i = 0; i < 30; i++) {
            rows[i] = i <= 8 ? 15 * i : 120 + i - 8;
        }
        rows[30] = 31 * 4;
        assertThat(jacobian.get("rows")).isEqualTo(json(rows));
    }

    private static double[] project() {
        double[][] rotation = rotation();
        double[] local = new double[3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                local[i] += rotation[i][j] * (POINT[j] - CAMERA[3 + j]);
            }
        }
        double u = local[0] / local[2];
        double v = local[1] / local[2];
        double square = u * u + v * v;
        double scale = CAMERA[6] * (1 + CAMERA[9] * square + CAMERA[10] * square * square);
        return new double[] {scale * u + CAMERA[7], scale * v + CAMERA[8]};
    }

    /** The matrix cos(θ) I + sin(θ) [n]× + (1 - cos(θ)) n n' of the turn by θ about n. */
    private static double[][] rotation() {
        double angle = Math.sqrt(CAMERA[0] * CAMERA[0] + CAMERA[1] * CAMERA[1] + CAMERA[2] * CAMERA[2]);
        double x = CAMERA[0] / angle;
        double y = CAMERA[1] / angle;
        double z = CAMERA[2] / angle;
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double rest = 1 - cos;
        return new double[][] {
            {cos + rest * x * x, rest * x * y - sin * z, rest * x * z + sin * y},
            {rest * x * y + sin * z, cos + rest * y * y, rest * y * z - sin * x},
            {rest * x * z - sin * y, rest * y * z + sin * x, cos + rest * z * z}
        };
    }
}
