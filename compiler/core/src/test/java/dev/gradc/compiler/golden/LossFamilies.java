package dev.gradc.compiler.golden;

import static dev.gradc.compiler.golden.Families.attribute;
import static dev.gradc.compiler.golden.Families.call;
import static dev.gradc.compiler.golden.Families.formula;
import static dev.gradc.compiler.golden.Families.reduced;

import dev.gradc.compiler.golden.Families.Family;
import dev.gradc.compiler.golden.GoldenCase.Input;
import java.util.Map;

/** Losses, by the standard library's functions. */
final class LossFamilies {

    /** -log of the density of Student's t with nu degrees of freedom, location mu and scale s. */
    private static final String STUDENT_T =
            "sum(lgamma(nu/2) - lgamma((nu+1)/2) + 0.5*log(nu*pi) + log(s)" + " + (nu+1)/2*log1p(((y-mu)/s)**2/nu))";

    private LossFamilies() {}

    static Map<String, Family> byName() {
        return Map.ofEntries(
                Map.entry("cross_entropy", c -> hasLabels(c) ? reduced(c, call("cross_entropy", c)) : formula(c)),
                Map.entry("multiclass_hinge", c -> reduced(c, call("hinge_loss", c))),
                Map.entry("bce_logits", c -> reduced(c, "bce_with_logits(z, t)")),
                Map.entry("bce", c -> reduced(c, "bce(p, t)")),
                Map.entry("binary_hinge", c -> reduced(c, "binary_hinge(z, t)")),
                Map.entry("mse", c -> c.formula().startsWith("mean((a-b)") ? "mse(a, b)" : formula(c)),
                Map.entry("mae", c -> c.formula().startsWith("mean(abs(a-b)") ? "mae(a, b)" : formula(c)),
                Map.entry("huber", c -> reduced(c, "huber(a-b, " + attribute(c, "delta", "1") + ")")),
                Map.entry("logcosh", c -> reduced(c, "logcosh(a-b)")),
                Map.entry("kl", c -> c.inputs().containsKey("q") ? reduced(c, "kl_divergence(p, q)") : formula(c)),
                Map.entry("studentt_nll", c -> STUDENT_T));
    }

    private static boolean hasLabels(GoldenCase example) {
        return example.inputs().values().stream().anyMatch(Input::isInt);
    }
}
