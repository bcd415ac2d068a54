package dev.gradc.compiler.gate;

import dev.gradc.compiler.gate.Pointwise.Signature;
import dev.gradc.runtime.GradMath;
import java.util.List;

/** Elementary functions of one real, and the activations that have a gate of their own. */
public final class Elementary {

    /** Its own local gradient. */
    public static final Pointwise EXP = real("exp")
            .java(JavaForm.math("exp"))
            .block("exp")
            .value(a -> Math.exp(a[0]))
            .rising()
            .partial(Site::out)
            .formula("exp(a)", "out")
            .define();

    public static final Pointwise LOG = real("log")
            .java(JavaForm.math("log"))
            .block("log")
            .value(a -> Math.log(a[0]))
            .rising()
            .partial(at -> at.constant(1).over(at.in(0)))
            .domain(0.3, 4)
            .formula("log(a)", "1 / a")
            .where("a > 0")
            .define();

    /** log(1 + a) without the rounding of 1 + a. */
    public static final Pointwise LOG1P = real("log1p")
            .java(JavaForm.math("log1p"))
            .block("log1p")
            .value(a -> Math.log1p(a[0]))
            .rising()
            .partial(at -> at.constant(1).over(at.constant(1).plus(at.in(0))))
            .domain(-0.5, 3)
            .formula("log1p(a)", "1 / (1 + a)")
            .where("a > -1")
            .note("log(1 + a) without rounding 1 + a")
            .define();

    /** exp(a) - 1 without the cancellation. */
    public static final Pointwise EXPM1 = real("expm1")
            .java(JavaForm.math("expm1"))
            .block("expm1")
            .value(a -> Math.expm1(a[0]))
            .rising()
            .partial(at -> at.in(0).apply(EXP))
            .formula("expm1(a)", "exp(a)")
            .note("exp(a) - 1 without cancellation")
            .define();

    /** Local gradient 1/(2 out). */
    public static final Pointwise SQRT = real("sqrt")
            .java(JavaForm.math("sqrt"))
            .lanes("$0.sqrt()")
            .cheap()
            .value(a -> Math.sqrt(a[0]))
            .rising()
            .partial(at -> at.constant(0.5).over(at.out()))
            .domain(0.3, 4)
            .formula("sqrt(a)", "1 / (2 * out)")
            .where("a >= 0")
            .note("infinite at 0")
            .define();

    /** 1/(1 + exp(-a)): one gate, local gradient s(1-s). */
    public static final Pointwise SIGMOID = real("sigmoid")
            .java(JavaForm.gradMath("sigmoid"))
            .block("sigmoid")
            .value(a -> a[0] >= 0 ? 1 / (1 + Math.exp(-a[0])) : Math.exp(a[0]) / (1 + Math.exp(a[0])))
            .rising()
            .partial(at -> at.out().times(at.constant(1).minus(at.out())))
            .flow(Flow.ONE_GATE)
            .standsFor(4)
            .formula("1 / (1 + exp(-a))", "out * (1 - out)")
            .note("without overflow")
            .define();

    /** log(1 + exp(a)), stable; local gradient sigmoid(a). */
    public static final Pointwise SOFTPLUS = real("softplus")
            .java(JavaForm.gradMath("softplus"))
            .block("softplus")
            .value(a -> Math.max(a[0], 0) + Math.log1p(Math.exp(-Math.abs(a[0]))))
            .rising()
            .partial(at -> at.in(0).apply(Elementary.SIGMOID))
            .flow(Flow.ONE_GATE)
            .standsFor(3)
            .formula("log(1 + exp(a))", "sigmoid(a)")
            .note("without overflow")
            .define();

    /** Local gradient 1 - out^2. */
    public static final Pointwise TANH = real("tanh")
            .java(JavaForm.math("tanh"))
            .block("tanh")
            .value(a -> Math.tanh(a[0]))
            .rising()
            .partial(at -> at.constant(1).minus(at.out().times(at.out())))
            .flow(Flow.ONE_GATE)
            .standsFor(6)
            .formula("tanh(a)", "1 - out^2")
            .define();

    public static final Pointwise SIN = real("sin")
            .java(JavaForm.math("sin"))
            .block("sin")
            .blockWith("cos", "sinAndCos")
            .value(a -> Math.sin(a[0]))
            .partial(at -> at.in(0).apply(Elementary.COS))
            .formula("sin(a)", "cos(a)")
            .define();

    public static final Pointwise COS = real("cos")
            .java(JavaForm.math("cos"))
            .block("cos")
            .value(a -> Math.cos(a[0]))
            .partial(at -> at.in(0).apply(Elementary.SIN).negate())
            .formula("cos(a)", "-sin(a)")
            .define();

    /** Local gradient 1 + out^2. */
    public static final Pointwise TAN = real("tan")
            .java(JavaForm.math("tan"))
            .block("tan")
            .value(a -> Math.tan(a[0]))
            .partial(at -> at.out().times(at.out()).plus(at.constant(1)))
            .domain(-1.2, 1.2)
            .formula("tan(a)", "1 + out^2")
            .define();

    /** Local gradient 1/sqrt((1 - a)(1 + a)). */
    public static final Pointwise ASIN = real("asin")
            .java(JavaForm.math("asin"))
            .value(a -> Math.asin(a[0]))
            .rising()
            .partial(at -> at.constant(1).over(halfCircle(at)))
            .domain(-0.9, 0.9)
            .formula("asin(a)", "1 / sqrt((1 - a) * (1 + a))")
            .where("-1 <= a <= 1")
            .define();

    /** Local gradient -1/sqrt((1 - a)(1 + a)). */
    public static final Pointwise ACOS = real("acos")
            .java(JavaForm.math("acos"))
            .value(a -> Math.acos(a[0]))
            .falling()
            .partial(at -> at.constant(-1).over(halfCircle(at)))
            .domain(-0.9, 0.9)
            .formula("acos(a)", "-1 / sqrt((1 - a) * (1 + a))")
            .where("-1 <= a <= 1")
            .define();

    /** Local gradient 1/(1 + a^2). */
    public static final Pointwise ATAN = real("atan")
            .java(JavaForm.math("atan"))
            .block("atan")
            .value(a -> Math.atan(a[0]))
            .rising()
            .partial(at -> at.constant(1).over(at.in(0).times(at.in(0)).plus(at.constant(1))))
            .formula("atan(a)", "1 / (1 + a^2)")
            .define();

    public static final Pointwise SINH = real("sinh")
            .java(JavaForm.math("sinh"))
            .block("sinh")
            .value(a -> Math.sinh(a[0]))
            .rising()
            .partial(at -> at.in(0).apply(Elementary.COSH))
            .formula("sinh(a)", "cosh(a)")
            .define();

    public static final Pointwise COSH = real("cosh")
            .java(JavaForm.math("cosh"))
            .block("cosh")
            .value(a -> Math.cosh(a[0]))
            .partial(at -> at.in(0).apply(Elementary.SINH))
            .formula("cosh(a)", "sinh(a)")
            .define();

    /** Local gradient 1/hypot(a, 1). */
    public static final Pointwise ASINH = real("asinh")
            .java(JavaForm.gradMath("asinh"))
            .value(a -> GradMath.asinh(a[0]))
            .rising()
            .partial(at -> at.constant(1).over(at.in(0).apply(Elementary.HYPOT, at.constant(1))))
            .formula("asinh(a)", "1 / hypot(a, 1)")
            .define();

    /** Local gradient 1/(sqrt(a - 1) sqrt(a + 1)). */
    public static final Pointwise ACOSH = real("acosh")
            .java(JavaForm.gradMath("acosh"))
            .value(a -> GradMath.acosh(a[0]))
            .rising()
            .partial(at -> at.constant(1)
                    .over(at.in(0)
                            .minus(at.constant(1))
                            .apply(SQRT)
                            .times(at.in(0).plus(at.constant(1)).apply(SQRT))))
            .domain(1.2, 4)
            .formula("acosh(a)", "1 / (sqrt(a - 1) * sqrt(a + 1))")
            .where("a >= 1")
            .define();

    /** Local gradient 1/((1 - a)(1 + a)). */
    public static final Pointwise ATANH = real("atanh")
            .java(JavaForm.gradMath("atanh"))
            .value(a -> GradMath.atanh(a[0]))
            .rising()
            .partial(at -> at.constant(1)
                    .over(at.constant(1).minus(at.in(0)).times(at.constant(1).plus(at.in(0)))))
            .domain(-0.9, 0.9)
            .formula("atanh(a)", "1 / ((1 - a) * (1 + a))")
            .where("-1 < a < 1")
            .define();

    /** Local gradient 1/(3 out^2). */
    public static final Pointwise CBRT = real("cbrt")
            .java(JavaForm.math("cbrt"))
            .value(a -> Math.cbrt(a[0]))
            .rising()
            .partial(at -> at.constant(1).over(at.out().times(at.out()).times(3)))
            .domain(0.3, 4)
            .formula("cbrt(a)", "1 / (3 * out^2)")
            .note("infinite at 0")
            .define();

    /** Local gradient 0: piecewise constant. */
    public static final Pointwise FLOOR = real("floor")
            .java(JavaForm.math("floor"))
            .cheap()
            .value(a -> Math.floor(a[0]))
            .rising()
            .partial(at -> at.constant(0))
            .domain(0.2, 0.8)
            .formula("floor(a)", "0")
            .note("gradient 0 everywhere")
            .define();

    /** Local gradient 0: piecewise constant. */
    public static final Pointwise CEIL = real("ceil")
            .java(JavaForm.math("ceil"))
            .cheap()
            .value(a -> Math.ceil(a[0]))
            .rising()
            .partial(at -> at.constant(0))
            .domain(0.2, 0.8)
            .formula("ceil(a)", "0")
            .note("gradient 0 everywhere")
            .define();

    /** sqrt(a^2 + b^2) without overflow: a/out and b/out, 0 where both are 0. */
    public static final Pointwise HYPOT = Pointwise.declare("hypot", 2, Signature.REAL)
            .function()
            .java(JavaForm.math("hypot"))
            .value(a -> Math.hypot(a[0], a[1]))
            .partial(at -> unlessZero(at.out(), at.in(0).over(at.out())))
            .partial(at -> unlessZero(at.out(), at.in(1).over(at.out())))
            .domain(0.5, 2)
            .formula("sqrt(a^2 + b^2)", "a / out", "b / out")
            .note("without overflow; gradient 0 at (0, 0)")
            .define();

    /** The angle of the point (b, a): b/r^2 and -a/r^2. */
    public static final Pointwise ATAN2 = Pointwise.declare("atan2", 2, Signature.REAL)
            .function()
            .java(JavaForm.math("atan2"))
            .value(a -> Math.atan2(a[0], a[1]))
            .partial(at -> at.in(1).over(squaredRadius(at)))
            .partial(at -> at.in(0).over(squaredRadius(at)).negate())
            .domain(0.5, 2)
            .formula("atan2(a, b)", "b / (a^2 + b^2)", "-a / (a^2 + b^2)")
            .where("not a = b = 0")
            .note("the angle of the point (b, a)")
            .define();

    /** max(a, 0), routing; local gradient 0 at 0. */
    public static final Pointwise RELU = real("relu")
            .java(new JavaForm.Call("dev.gradc.runtime.GradMath", "relu", true))
            .lanes("$0.max(0)")
            .cheap()
            .value(a -> Math.max(a[0], 0))
            .rising()
            .partial(at -> at.out().greater(at.constant(0)).select(at.constant(1), at.constant(0)))
            .domain(0.2, 2)
            .flow(Flow.ROUTER)
            .formula("max(a, 0)", "if a > 0 then 1 else 0")
            .note("0 at 0")
            .define();

    /** In the order of the reference page. */
    static final List<Operation> ALL = List.of(
            EXP, LOG, LOG1P, EXPM1, SQRT, CBRT, SIN, COS, TAN, ASIN, ACOS, ATAN, ATAN2, SINH, COSH, TANH, ASINH, ACOSH,
            ATANH, HYPOT, FLOOR, CEIL, SIGMOID, SOFTPLUS, RELU);

    private Elementary() {}

    private static Term halfCircle(Site at) {
        return at.constant(1)
                .minus(at.in(0))
                .times(at.constant(1).plus(at.in(0)))
                .apply(SQRT);
    }

    private static Term squaredRadius(Site at) {
        return at.in(0).times(at.in(0)).plus(at.in(1).times(at.in(1)));
    }

    private static Term unlessZero(Term value, Term ratio) {
        return value.equalTo(value.constant(0)).select(value.constant(0), ratio);
    }

    private static Declaration real(String name) {
        return Pointwise.declare(name, 1, Signature.REAL).function();
    }
}
