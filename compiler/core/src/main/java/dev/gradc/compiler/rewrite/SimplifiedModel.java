package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.lower.LoweredModel;
import java.util.Set;

/**
 * A model simplified, and what makes further nodes of it.
 *
 * @param model the model, its values simplified
 * @param values makes simplified nodes of its values
 * @param derivatives makes simplified nodes of its derivatives
 */
public record SimplifiedModel(LoweredModel model, Simplifier values, Simplifier derivatives) {

    /** {@code lowered} simplified by all rules but those called {@code without}. */
    public static SimplifiedModel of(LoweredModel lowered, Set<String> without) {
        Simplifier derivatives = new Simplifier(lowered.graph(), RuleSets.without(without, lowered::isWithin));
        Simplifier values = derivatives.forValues();
        LoweredModel simple = lowered.rebuilt(values.rebuild(lowered.results()));
        LoweredModel model = simple.rebuilt(MonotoneLast.apply(values, simple.results()));
        return new SimplifiedModel(model, values, derivatives);
    }
}
