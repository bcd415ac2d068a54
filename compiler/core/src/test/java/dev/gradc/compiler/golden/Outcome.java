package dev.gradc.compiler.golden;

/**
 * What came of a case.
 *
 * @param variant how it was written
 * @param problem what is wrong and the model's text, empty where all agrees
 */
public record Outcome(GoldenCase example, Variant variant, String problem) {

    /** Whether value and gradients are right. */
    public boolean isRight() {
        return problem.isEmpty();
    }
}
