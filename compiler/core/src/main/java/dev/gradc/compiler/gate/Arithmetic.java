package dev.gradc.compiler.gate;

import dev.gradc.compiler.gate.Pointwise.Signature;
import java.util.List;

/** The four operations, powers, and the routers max, min and abs. */
public final class Arithmetic {

    /** The distributor: both inputs get the upstream gradient as it is. */
    public static final Pointwise ADD = infix("add", "+", JavaForm.SUM)
            .lanes("$0.add($1)")
            .blockFold("sum")
            .value(a -> a[0] + a[1])
            .rising()
            .rising()
            .partial(at -> at.constant(1))
            .partial(at -> at.constant(1))
            .linear()
            .commutative()
            .flow(Flow.DISTRIBUTOR)
            .formula("a + b", "1", "1")
            .define();

    public static final Pointwise SUBTRACT = infix("subtract", "-", JavaForm.SUM)
            .lanes("$0.sub($1)")
            .value(a -> a[0] - a[1])
            .rising()
            .falling()
            .partial(at -> at.constant(1))
            .partial(at -> at.constant(-1))
            .linear()
            .flow(Flow.DISTRIBUTOR)
            .formula("a - b", "1", "-1")
            .define();

    /** The switcher: each input's local gradient is the other input. */
    public static final Pointwise MULTIPLY = infix("multiply", "*", JavaForm.PRODUCT)
            .lanes("$0.mul($1)")
            .value(a -> a[0] * a[1])
            .partial(at -> at.in(1))
            .partial(at -> at.in(0))
            .linear()
            .commutative()
            .flow(Flow.SWITCHER)
            .formula("a * b", "b", "a")
            .define();

    /** 1/b and -out/b. */
    public static final Pointwise DIVIDE = Pointwise.declare("divide", 2, Signature.REAL)
            .java(new JavaForm.Infix("/", JavaForm.PRODUCT))
            .lanes("$0.div($1)")
            .value(a -> a[0] / a[1])
            .partial(at -> at.constant(1).over(at.in(1)))
            .partial(at -> at.out().over(at.in(1)).negate())
            .domain(-2, 2)
            .domain(0.5, 3)
            .formula("a / b", "1 / b", "-out / b")
            .where("b != 0")
            .define();

    public static final Pointwise NEGATE = Pointwise.declare("negate", 1, Signature.ARITHMETIC)
            .java(new JavaForm.Prefix("-"))
            .lanes("$0.neg()")
            .value(a -> -a[0])
            .linear()
            .falling()
            .partial(at -> at.constant(-1))
            .formula("-a", "-1")
            .define();

    /**
     * {@code a^b}: b a^(b-1), which is 0 for b = 0 even at a = 0; and a^b log a, taken as 0 at a = 0, the limit for b
     * above 0.
     */
    public static final Pointwise POWER = Pointwise.declare("power", 2, Signature.REAL)
            .java(JavaForm.math("pow"))
            .block("power")
            .value(a -> Math.pow(a[0], a[1]))
            .partial(at -> at.in(1)
                    .equalTo(at.constant(0))
                    .select(
                            at.constant(0),
                            at.in(1).times(at.in(0).power(at.in(1).minus(at.constant(1))))))
            .partial(at -> at.in(0)
                    .equalTo(at.constant(0))
                    .select(at.constant(0), at.out().times(at.in(0).apply(Elementary.LOG))))
            .domain(0.5, 3)
            .domain(-2, 2)
            .formula("a ^ b", "b * a ^ (b - 1)", "out * log(a)")
            .where("a > 0, or b whole")
            .note("by a: 0 where b = 0; by b: 0 where a = 0")
            .define();

    /** The router: the whole upstream gradient to the first operand that wins. */
    public static final Pointwise MAX = Pointwise.declare("max", 2, Signature.ARITHMETIC)
            .java(JavaForm.overloaded("max"))
            .lanes("$0.max($1)")
            .blockFold("max")
            .cheap()
            .value(a -> Math.max(a[0], a[1]))
            .partial(at -> at.in(0).greaterOrEqual(at.in(1)).select(at.constant(1), at.constant(0)))
            .partial(at -> at.in(0).greaterOrEqual(at.in(1)).select(at.constant(0), at.constant(1)))
            .domain(-2, 0)
            .domain(0.5, 2)
            .flow(Flow.ROUTER)
            .formula("max(a, b)", "if a >= b then 1 else 0", "if a >= b then 0 else 1")
            .note("a tie: all to a")
            .define();

    /** The router: the whole upstream gradient to the first operand that wins. */
    public static final Pointwise MIN = Pointwise.declare("min", 2, Signature.ARITHMETIC)
            .java(JavaForm.overloaded("min"))
            .lanes("$0.min($1)")
            .blockFold("min")
            .cheap()
            .value(a -> Math.min(a[0], a[1]))
            .partial(at -> at.in(1).greaterOrEqual(at.in(0)).select(at.constant(1), at.constant(0)))
            .partial(at -> at.in(1).greaterOrEqual(at.in(0)).select(at.constant(0), at.constant(1)))
            .domain(-2, 0)
            .domain(0.5, 2)
            .flow(Flow.ROUTER)
            .formula("min(a, b)", "if a <= b then 1 else 0", "if a <= b then 0 else 1")
            .note("a tie: all to a")
            .define();

    /** Local gradient sign(a), 0 at 0. */
    public static final Pointwise ABS = Pointwise.declare("abs", 1, Signature.ARITHMETIC)
            .java(JavaForm.overloaded("abs"))
            .lanes("$0.abs()")
            .cheap()
            .value(a -> Math.abs(a[0]))
            .partial(at -> at.in(0).apply(Arithmetic.SIGN))
            .domain(0.2, 2)
            .formula("abs(a)", "sign(a)")
            .note("0 at 0")
            .define();

    /** Local gradient 0: piecewise constant. */
    public static final Pointwise SIGN = Pointwise.declare("sign", 1, Signature.REAL)
            .function()
            .java(JavaForm.overloaded("signum"))
            .vector("$0.blend(1, $0.compare($V.GT, 0)).blend(-1, $0.compare($V.LT, 0))")
            .cheap()
            .value(a -> Math.signum(a[0]))
            .partial(at -> at.constant(0))
            .domain(0.2, 2)
            .formula("sign(a)", "0")
            .note("sign(0) = 0; gradient 0 everywhere")
            .define();

    /** An int as a real. */
    public static final Pointwise TO_REAL = Pointwise.declare("to_real", 1, Signature.CONVERSION)
            .java(new JavaForm.Conversion())
            .value(a -> a[0])
            .formula("a")
            .note("an int where a real is needed")
            .define();

    /** The quotient of two ints, rounded down. */
    public static final Pointwise DIV = Pointwise.declare("div", 2, Signature.WHOLE)
            .java(JavaForm.overloaded("floorDiv"))
            .value(a -> Math.floor(a[0] / a[1]))
            .domain(-9, 9)
            .domain(1, 5)
            .formula("div(a, b)")
            .note("whole numbers; the quotient rounded down")
            .define();

    /** What is left of a division rounded down: from 0 to b - 1 for a positive b. */
    public static final Pointwise MOD = Pointwise.declare("mod", 2, Signature.WHOLE)
            .java(JavaForm.overloaded("floorMod"))
            .value(a -> a[0] - a[1] * Math.floor(a[0] / a[1]))
            .domain(-9, 9)
            .domain(1, 5)
            .formula("mod(a, b)")
            .note("whole numbers; 0 to b - 1 for a positive b")
            .define();

    /** The value with no gradient: what a derivative must take as given. */
    public static final Pointwise DETACH = Pointwise.declare("detach", 1, Signature.REAL)
            .function()
            .java(new JavaForm.Identity())
            .lanes("$0")
            .value(a -> a[0])
            .formula("detach(a)")
            .note("a, which derivatives take as constant")
            .define();

    /** The same value in a place of its own. */
    public static final Pointwise COPY = Pointwise.declare("copy", 1, Signature.ANY)
            .java(new JavaForm.Identity())
            .lanes("$0")
            .value(a -> a[0])
            .partial(at -> at.constant(1))
            .formula("a", "1")
            .note("internal: a in a place of its own")
            .define();

    /** In the order of the reference page. */
    static final List<Operation> ALL = List.of(
            ADD, SUBTRACT, MULTIPLY, DIVIDE, NEGATE, POWER, MAX, MIN, ABS, SIGN, DIV, MOD, TO_REAL, DETACH, COPY);

    private Arithmetic() {}

    private static Declaration infix(String name, String symbol, int precedence) {
        return Pointwise.declare(name, 2, Signature.ARITHMETIC).java(new JavaForm.Infix(symbol, precedence));
    }
}
