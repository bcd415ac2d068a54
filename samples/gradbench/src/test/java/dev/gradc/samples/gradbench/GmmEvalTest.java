package dev.gradc.samples.gradbench;

import static dev.gradc.samples.gradbench.Evals.assertClose;
import static dev.gradc.samples.gradbench.Evals.assertGradient;
import static dev.gradc.samples.gradbench.Evals.json;
import static dev.gradc.samples.gradbench.Evals.output;
import static dev.gradc.samples.gradbench.Evals.random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mixture's log posterior against the densities it is the logarithm of. */
class GmmEvalTest {

    private static final int POINTS = 4;
    private static final int COMPONENTS = 2;
    private static final int FREEDOM = 2;
    private static final double GAMMA = 1.5;

    private static ObjectNode input(int dimensions) {
        ObjectNode input = Evals.object()
                .put("d", dimensions)
                .put("k", COMPONENTS)
                .put("n", POINTS)
                .put("m", FREEDOM)
                .put("gamma", GAMMA);
        input.set("x", json(random(1, POINTS, dimensions, -1, 1)));
        input.set("alpha", json(random(2, COMPONENTS, -1, 1)));
        input.set("mu", json(random(3, COMPONENTS, dimensions, -1, 1)));
        input.set("q", json(random(4, COMPONENTS, dimensions, -0.5, 0.5)));
        input.set("l", json(random(5, COMPONENTS, dimensions * (dimensions - 1) / 2, -1, 1)));
        return input;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void gradientAgreesWithDifferences(int dimensions) {
        ObjectNode input = input(dimensions);
        JsonNode jacobian = output("gmm", "jacobian", input);
        for (String field : new String[] {"alpha", "mu", "q", "l"}) {
            double[] gradient = Evals.flat(jacobian.get(field));
            assertGradient(gradient, input, at -> output("gmm", "objective", at).asDouble(), field);
        }
    }

    /** In two dimensions all of the two densities can be written out; Γ_2(a) is √π Γ(a) Γ(a - 1/2). */
    @Test
    void objectiveIsTheLogOfLikelihoodTimesPrior() {
        JsonNode input = input(2);
        double prior = 1;
        double[] likelihood = new double[POINTS];
        double weights = Math.exp(input.at("/alpha/0").asDouble())
                + Math.exp(input.at("/alpha/1").asDouble());
        for (int k = 0; k < COMPONENTS; k++) {
            double a = Math.exp(input.at("/q/" + k + "/0").asDouble());
            double b = input.at("/l/" + k + "/0").asDouble();
            double c = Math.exp(input.at("/q/" + k + "/1").asDouble());
            double[][] precision = {{a * a + b * b, b * c}, {b * c, c * c}};
            prior *= wishart(precision);
            double share = Math.exp(input.at("/alpha/" + k).asDouble()) / weights;
            for (int n = 0; n < POINTS; n++) {
                double u = input.at("/x/" + n + "/0").asDouble()
                        - input.at("/mu/" + k + "/0").asDouble();
                double v = input.at("/x/" + n + "/1").asDouble()
                        - input.at("/mu/" + k + "/1").asDouble();
                likelihood[n] += share * normal(precision, u, v);
            }
        }
        double expected = Math.log(prior * likelihood[0] * likelihood[1] * likelihood[2] * likelihood[3]);
        assertClose(output("gmm", "objective", input).asDouble(), expected, 1e-12);
    }

    private static double normal(double[][] precision, double u, double v) {
        double square = precision[0][0] * u * u + 2 * precision[0][1] * u * v + precision[1][1] * v * v;
        return Math.exp(-square / 2) * Math.sqrt(determinant(precision)) / (2 * Math.PI);
    }

    /** With ν = 2 + m + 1 = 5 degrees of freedom: Γ_2(5/2) = √π Γ(5/2) Γ(2) = 3 π / 4. */
    private static double wishart(double[][] precision) {
        int freedom = 2 + FREEDOM + 1;
        double scale = Math.pow(1 / (GAMMA * GAMMA), 2);
        double trace = GAMMA * GAMMA * (precision[0][0] + precision[1][1]);
        double normalization = Math.pow(2, freedom) * Math.pow(scale, freedom / 2.0) * 0.75 * Math.PI;
        return Math.pow(determinant(precision), (freedom - 3) / 2.0) * Math.exp(-trace / 2) / normalization;
    }

    private static double determinant(double[][] matrix) {
        return matrix[0][0] * matrix[1][1] - matrix[0][1] * matrix[1][0];
    }
}
