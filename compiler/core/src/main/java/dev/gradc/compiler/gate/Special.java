package dev.gradc.compiler.gate;

import dev.gradc.runtime.GradMath;
import dev.gradc.runtime.SpecialFunctions;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Special functions: error function, normal distribution, gamma. */
public final class Special {

    private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);
    private static final double SQRT_TWO_PI = Math.sqrt(2 * Math.PI);

    /** Local gradient 2/sqrt(pi) exp(-a^2). */
    public static final Pointwise ERF = special("erf", SpecialFunctions::erf)
            .block("erf")
            .rising()
            .partial(at -> gaussian(at).times(TWO_OVER_SQRT_PI))
            .formula("erf(a)", "2 / sqrt(pi) * exp(-a^2)")
            .note("the error function")
            .define();

    /** 1 - erf(a) without the cancellation. */
    public static final Pointwise ERFC = special("erfc", SpecialFunctions::erfc)
            .block("erfc")
            .falling()
            .partial(at -> gaussian(at).times(-TWO_OVER_SQRT_PI))
            .formula("1 - erf(a)", "-2 / sqrt(pi) * exp(-a^2)")
            .note("without cancellation")
            .define();

    /** Inverse of erf; local gradient sqrt(pi)/2 exp(out^2). */
    public static final Pointwise ERFINV = special("erfinv", SpecialFunctions::erfinv)
            .rising()
            .partial(at -> at.out().times(at.out()).apply(Elementary.EXP).times(1 / TWO_OVER_SQRT_PI))
            .domain(-0.9, 0.9)
            .formula("erfinv(a)", "sqrt(pi) / 2 * exp(out^2)")
            .where("-1 < a < 1")
            .note("inverse of erf")
            .define();

    /** Distribution function of the standard normal; local gradient {@link #NORMAL_DENSITY}. */
    public static final Pointwise NORMAL_CDF = special("normal_cdf", "normalCdf", SpecialFunctions::normalCdf)
            .block("normalCdf")
            .blockWith("normal_density", "normalCdfAndDensity")
            .rising()
            .partial(at -> at.in(0).apply(Special.NORMAL_DENSITY))
            .formula("erfc(-a / sqrt(2)) / 2", "normal_density(a)")
            .note("distribution function of the standard normal")
            .define();

    /** Density of the standard normal. */
    public static final Pointwise NORMAL_DENSITY = special(
                    "normal_density", "normalDensity", SpecialFunctions::normalDensity)
            .block("normalDensity")
            .partial(at -> at.in(0).times(at.out()).negate())
            .formula("exp(-a^2 / 2) / sqrt(2 * pi)", "-a * out")
            .note("density of the standard normal")
            .define();

    /** log(normal_cdf(a)), exact far into the left tail; local gradient density over distribution. */
    public static final Pointwise LOG_NORMAL_CDF = special(
                    "log_normal_cdf", "logNormalCdf", SpecialFunctions::logNormalCdf)
            .rising()
            .partial(at -> at.in(0)
                    .times(at.in(0))
                    .times(-0.5)
                    .minus(at.out())
                    .apply(Elementary.EXP)
                    .times(1 / SQRT_TWO_PI))
            .formula("log(normal_cdf(a))", "exp(-a^2 / 2 - out) / sqrt(2 * pi)")
            .note("exact far into the left tail")
            .define();

    /** Inverse of normal_cdf; local gradient 1/density(out). */
    public static final Pointwise NORMAL_QUANTILE = special(
                    "normal_quantile", "normalQuantile", SpecialFunctions::normalQuantile)
            .rising()
            .partial(at ->
                    at.out().times(at.out()).times(0.5).apply(Elementary.EXP).times(SQRT_TWO_PI))
            .domain(0.05, 0.95)
            .formula("normal_quantile(a)", "sqrt(2 * pi) * exp(out^2 / 2)")
            .where("0 < a < 1")
            .note("inverse of normal_cdf")
            .define();

    /** log|Gamma(a)|; local gradient digamma(a). */
    public static final Pointwise LGAMMA = special("lgamma", SpecialFunctions::lgamma)
            .partial(at -> at.in(0).apply(Special.DIGAMMA))
            .domain(0.3, 5)
            .formula("lgamma(a)", "digamma(a)")
            .where("a not 0, -1, -2, ...")
            .note("log of |Gamma(a)|")
            .define();

    /** Derivative of lgamma; local gradient polygamma(1, a). */
    public static final Pointwise DIGAMMA = special("digamma", SpecialFunctions::digamma)
            .partial(at -> at.constant(1).apply(Special.POLYGAMMA, at.in(0)))
            .domain(0.3, 5)
            .formula("digamma(a)", "polygamma(1, a)")
            .where("a not 0, -1, -2, ...")
            .note("derivative of lgamma")
            .define();

    /** Derivative of digamma of order a, a whole number: polygamma(a, b); by b it is polygamma(a + 1, b). */
    public static final Pointwise POLYGAMMA = Pointwise.declare("polygamma", 2, Pointwise.Signature.REAL)
            .function()
            .java(JavaForm.gradMath("polygamma"))
            .value(a -> GradMath.polygamma(a[0], a[1]))
            .partial(at -> at.constant(0))
            .partial(at -> at.in(0).plus(at.constant(1)).apply(Special.POLYGAMMA, at.in(1)))
            .domain(1, 1)
            .domain(0.5, 5)
            .formula("polygamma(a, b)", "0", "polygamma(a + 1, b)")
            .where("a whole; b not 0, -1, -2, ...")
            .note("derivative of digamma of order a")
            .define();

    /** In the order of the reference page. */
    static final List<Operation> ALL = List.of(
            ERF, ERFC, ERFINV, NORMAL_CDF, NORMAL_DENSITY, LOG_NORMAL_CDF, NORMAL_QUANTILE, LGAMMA, DIGAMMA, POLYGAMMA);

    private Special() {}

    private static Declaration special(String name, DoubleUnaryOperator value) {
        return special(name, name, value);
    }

    private static Declaration special(String name, String method, DoubleUnaryOperator value) {
        return Pointwise.declare(name, 1, Pointwise.Signature.REAL)
                .function()
                .java(new JavaForm.Call("dev.gradc.runtime.SpecialFunctions", method, false))
                .value(a -> value.applyAsDouble(a[0]));
    }

    private static Term gaussian(Site at) {
        return at.in(0).times(at.in(0)).negate().apply(Elementary.EXP);
    }
}
