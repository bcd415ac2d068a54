package dev.gradc.samples.gradbench;

import static dev.gradc.samples.gradbench.Evals.assertClose;
import static dev.gradc.samples.gradbench.Evals.flat;
import static dev.gradc.samples.gradbench.Evals.json;
import static dev.gradc.samples.gradbench.Evals.output;
import static dev.gradc.samples.gradbench.Evals.places;
import static dev.gradc.samples.gradbench.Evals.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Residuals against bones moved one by one, the Jacobian against differences. */
class HtEvalTest {

    private static final int BONES = 22;
    private static final int VERTICES = 5;
    private static final int[] PARENTS = {-1, 0, 1, 2, 3, 0, 5, 6, 7, 0, 9, 10, 11, 0, 13, 14, 15, 0, 17, 18, 19, 0};
    private static final int[] CORRESPONDING = {2, 0, 1};
    private static final int[][] TRIANGLES = {{0, 1, 2}, {4, 2, 3}, {1, 0, 4}};

    private final double[] theta = random(1, 26, -1, 1);
    private final double[][] relative = random(2, BONES, 16, -1, 1);
    private final double[][] inverse = random(3, BONES, 16, -1, 1);
    private final double[][] rest = random(4, VERTICES, 4, -1, 1);
    private final double[][] skin = random(5, VERTICES, BONES, 0, 0.2);
    private final double[][] points = random(6, CORRESPONDING.length, 3, -1, 1);
    private final double[][] places = random(7, CORRESPONDING.length, 2, 0, 0.5);

    private ObjectNode input(boolean inTriangles, boolean mirrored) {
        ObjectNode model = Evals.object().put("is_mirrored", mirrored);
        model.set("parents", json(PARENTS));
        model.set("base_relatives", matrices(relative));
        model.set("inverse_base_absolutes", matrices(inverse));
        model.set("base_positions", json(rest));
        model.set("weights", json(skin));
        model.set("triangles", json(TRIANGLES));
        ObjectNode data = Evals.object();
        data.set("model", model);
        data.set("correspondences", json(CORRESPONDING));
        data.set("points", json(points));
        ObjectNode input = Evals.object();
        input.set("theta", json(theta));
        input.set("data", data);
        input.set("us", json(inTriangles ? places : new double[0][]));
        return input;
    }

    private static JsonNode matrices(double[][] flat) {
        double[][][] matrices = new double[flat.length][][];
        for (int i = 0; i < flat.length; i++) {
            matrices[i] = Tensor.rows(flat[i], 4);
        }
        return json(matrices);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void residualsAreThoseOfBonesMovedOneByOne(boolean mirrored) {
        double[] toVertices = flat(output("ht", "objective", input(false, mirrored)));
        double[] toPlaces = flat(output("ht", "objective", input(true, mirrored)));
        double[][] vertices = vertices(mirrored);
        for (int n = 0; n < CORRESPONDING.length; n++) {
            int[] corners = TRIANGLES[CORRESPONDING[n]];
            double u = places[n][0];
            double v = places[n][1];
            for (int i = 0; i < 3; i++) {
                double place = u * vertices[corners[0]][i]
                        + v * vertices[corners[1]][i]
                        + (1 - u - v) * vertices[corners[2]][i];
                assertClose(toVertices[3 * n + i], points[n][i] - vertices[CORRESPONDING[n]][i], 1e-12);
                assertClose(toPlaces[3 * n + i], points[n][i] - place, 1e-12);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void jacobianAgreesWithDifferences(boolean inTriangles) {
        JsonNode input = input(inTriangles, false);
        JsonNode jacobian = output("ht", "jacobian", input);
        List<List<JsonPointer>> columns = new ArrayList<>();
        for (int i = 0; i < 2 && inTriangles; i++) {
            String coordinate = "/" + i;
            columns.add(places(input, "us").stream()
                    .filter(place -> place.toString().endsWith(coordinate))
                    .filter(place -> place.last().getMatchingIndex() < 2)
                    .toList());
        }
        places(input, "theta").forEach(place -> columns.add(List.of(place)));
        assertThat(jacobian).hasSize(3 * CORRESPONDING.length);
        for (int j = 0; j < columns.size(); j++) {
            double[] column = Evals.difference("ht", "objective", input, columns.get(j));
            for (int i = 0; i < column.length; i++) {
                assertThat(jacobian.get(i)).hasSize(columns.size());
                assertClose(jacobian.get(i).get(j).asDouble(), column[i], 1e-6);
            }
        }
    }

    @Test
    void aHandOfOtherBonesIsRefused() {
        ObjectNode input = input(false, false);
        ((ObjectNode) input.at("/data/model")).set("parents", json(new int[] {-1, 0}));
        assertThatThrownBy(() -> output("ht", "objective", input))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`parents` are not those of the hand that the models know")
                .hasMessageEndingWith("[-1, 0]");
    }

    @Test
    void aCorrespondenceThatIsNotAWholeNumberIsRefused() {
        ObjectNode input = input(false, false);
        ((ObjectNode) input.get("data")).set("correspondences", json(new double[] {0, 1.5, 2}));
        assertThatThrownBy(() -> output("ht", "objective", input))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`correspondences` has an element that is not a whole number: 1.5");
    }

    /** Each vertex where its bones take it, then turned about the axis theta[0..2] and moved by theta[3..5]. */
    private double[][] vertices(boolean mirrored) {
        double[][] absolute = new double[BONES][];
        double[][] moved = new double[VERTICES][3];
        for (int b = 0; b < BONES; b++) {
            double[] own = product(relative[b], bend(b));
            absolute[b] = b == 0 ? own : product(absolute[PARENTS[b]], own);
            double[] motion = product(absolute[b], inverse[b]);
            for (int v = 0; v < VERTICES; v++) {
                for (int k = 0; k < 12; k++) {
                    moved[v][k / 4] += skin[v][b] * motion[k] * rest[v][k % 4] * (mirrored && k < 4 ? -1 : 1);
                }
            }
        }
        for (int v = 0; v < VERTICES; v++) {
            moved[v] = turned(moved[v]);
        }
        return moved;
    }

    /** The turn of a bone by its angles: four to a finger, for its second, third and fourth bones. */
    private double[] bend(int bone) {
        int finger = (bone - 1) / 4;
        int joint = (bone - 1) % 4;
        if (bone == 0 || bone == BONES - 1 || joint == 0) {
            return turn(0, 0);
        }
        int angle = 6 + 4 * finger + (joint == 1 ? 0 : joint);
        return turn(theta[angle], joint == 1 ? theta[angle + 1] : 0);
    }

    /** About the first axis by x, then about the third by z. */
    private static double[] turn(double x, double z) {
        double[] aboutFirst = {1, 0, 0, 0, 0, Math.cos(x), -Math.sin(x), 0, 0, Math.sin(x), Math.cos(x), 0, 0, 0, 0, 1};
        double[] aboutThird = {Math.cos(z), -Math.sin(z), 0, 0, Math.sin(z), Math.cos(z), 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
        return product(aboutThird, aboutFirst);
    }

    private static double[] product(double[] a, double[] b) {
        double[] product = new double[16];
        for (int i = 0; i < 64; i++) {
            product[i / 16 * 4 + i % 4] += a[i / 16 * 4 + i / 4 % 4] * b[i / 4 % 4 * 4 + i % 4];
        }
        return product;
    }

    private double[] turned(double[] p) {
        double angle = Math.sqrt(theta[0] * theta[0] + theta[1] * theta[1] + theta[2] * theta[2]);
        double[] n = {theta[0] / angle, theta[1] / angle, theta[2] / angle};
        double along = (n[0] * p[0] + n[1] * p[1] + n[2] * p[2]) * (1 - Math.cos(angle));
        double[] turned = new double[3];
        for (int i = 0; i < 3; i++) {
            int j = (i + 1) % 3;
            int k = (i + 2) % 3;
            double across = n[j] * p[k] - n[k] * p[j];
            turned[i] = p[i] * Math.cos(angle) + across * Math.sin(angle) + n[i] * along + theta[3 + i];
        }
        return turned;
    }
}
