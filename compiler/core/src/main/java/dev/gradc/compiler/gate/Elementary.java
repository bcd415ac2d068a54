package dev.gradc.compiler.gate;

import dev.gradc.compiler.gate.Pointwise.Signature;
import java.util.List;

/** Elementary functions of one real, and the activations that have a gate of their own. */
public final class Elementary {

    /** Its own local gradient. */
    public static final Pointwise EXP = real("exp")
            .java(JavaForm.math("exp"))
            .value(a -> Math.exp(a[0]))
            .partial(Site::out)
            .define();

    public static final Pointwise LOG = real("log")
            .java(JavaForm.math("log"))
            .value(a -> Math.log(a[0]))
            .partial(at -> at.constant(1).over(at.in(0)))
            .domain(0.3, 4)
            .define();

    /** log(1 + a) without the rounding of 1 + a. */
    public static final Pointwise LOG1P = real("log1p")
            .java(JavaForm.math("log1p"))
            .value(a -> Math.log1p(a[0]))
            .partial(at -> at.constant(1).over(at.constant(1).plus(at.in(0))))
            .domain(-0.5, 3)
            .define();

    /** exp(a) - 1 without the cancellation. */
    public static final Pointwise EXPM1 = real("expm1")
            .java(JavaForm.math("expm1"))
            .value(a -> Math.expm1(a[0]))
            .partial(at -> at.out().plus(at.constant(1)))
            .define();

    /** Local gradient 1/(2 out). */
    public static final Pointwise SQRT = real("sqrt")
            .java(JavaForm.math("sqrt"))
            .cheap()
            .value(a -> Math.sqrt(a[0]))
            .partial(at -> at.constant(0.5).over(at.out()))
            .domain(0.3, 4)
            .define();

    /** 1/(1 + exp(-a)): one gate, local gradient s(1-s). */
    public static final Pointwise SIGMOID = real("sigmoid")
            .java(JavaForm.gradMath("sigmoid"))
            .value(a -> a[0] >= 0 ? 1 / (1 + Math.exp(-a[0])) : Math.exp(a[0]) / (1 + Math.exp(a[0])))
            .partial(at -> at.out().times(at.constant(1).minus(at.out())))
            .define();

    /** log(1 + exp(a)), stable; local gradient sigmoid(a). */
    public static final Pointwise SOFTPLUS = real("softplus")
            .java(JavaForm.gradMath("softplus"))
            .value(a -> Math.max(a[0], 0) + Math.log1p(Math.exp(-Math.abs(a[0]))))
            .partial(at -> at.in(0).apply(Elementary.SIGMOID))
            .define();

    /** Local gradient 1 - out^2. */
    public static final Pointwise TANH = real("tanh")
            .java(JavaForm.math("tanh"))
            .value(a -> Math.tanh(a[0]))
            .partial(at -> at.constant(1).minus(at.out().times(at.out())))
            .define();

    public static final Pointwise SIN = real("sin")
            .java(JavaForm.math("sin"))
            .value(a -> Math.sin(a[0]))
            .partial(at -> at.in(0).apply(Elementary.COS))
            .define();

    public static final Pointwise COS = real("cos")
            .java(JavaForm.math("cos"))
            .value(a -> Math.cos(a[0]))
            .partial(at -> at.in(0).apply(Elementary.SIN).negate())
            .define();

    /** max(a, 0), routing; local gradient 0 at 0. */
    public static final Pointwise RELU = real("relu")
            .java(JavaForm.gradMath("relu"))
            .cheap()
            .value(a -> Math.max(a[0], 0))
            .partial(at -> at.in(0).greater(at.constant(0)).select(at.constant(1), at.constant(0)))
            .domain(0.2, 2)
            .define();

    /** In the order of the reference page. */
    static final List<Operation> ALL = List.of(EXP, LOG, LOG1P, EXPM1, SQRT, SIN, COS, TANH, SIGMOID, SOFTPLUS, RELU);

    private Elementary() {}

    private static Pointwise.Builder real(String name) {
        return Pointwise.declare(name, 1, Signature.REAL);
    }
}
