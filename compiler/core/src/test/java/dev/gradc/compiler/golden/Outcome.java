package dev.gradc.compiler.golden;

/**
 * What came of a case.
 *
 * @param dims whether extents were runtime dims
 * @param problem what is wrong and the model's text, empty where all agrees
 */
public record Outcome(GoldenCase example, boolean dims, String problem) {

    /** Whether value and gradients are right. */
    public boolean isRight() {
        return problem.isEmpty();
    }
}
