package dev.gradc.compiler.gate;

import dev.gradc.compiler.gate.Pointwise.Signature;
import java.util.List;

/** Comparisons, logic, and the router of {@code if c then a else b}. */
public final class Logic {

    public static final Pointwise LESS = comparison("less", "<", JavaForm.RELATION)
            .choice("less")
            .vector("$0.compare($V.LT, $1)")
            .value(a -> a[0] < a[1] ? 1 : 0)
            .formula("a < b")
            .define();

    public static final Pointwise LESS_OR_EQUAL = comparison("less_or_equal", "<=", JavaForm.RELATION)
            .choice("lessOrEqual")
            .vector("$0.compare($V.LE, $1)")
            .value(a -> a[0] <= a[1] ? 1 : 0)
            .formula("a <= b")
            .define();

    public static final Pointwise GREATER = comparison("greater", ">", JavaForm.RELATION)
            .choice("greater")
            .vector("$0.compare($V.GT, $1)")
            .value(a -> a[0] > a[1] ? 1 : 0)
            .formula("a > b")
            .define();

    public static final Pointwise GREATER_OR_EQUAL = comparison("greater_or_equal", ">=", JavaForm.RELATION)
            .choice("greaterOrEqual")
            .vector("$0.compare($V.GE, $1)")
            .value(a -> a[0] >= a[1] ? 1 : 0)
            .formula("a >= b")
            .define();

    public static final Pointwise EQUAL = comparison("equal", "==", JavaForm.EQUALITY)
            .choice("equal")
            .vector("$0.compare($V.EQ, $1)")
            .value(a -> a[0] == a[1] ? 1 : 0)
            .commutative()
            .formula("a == b")
            .define();

    public static final Pointwise NOT_EQUAL = comparison("not_equal", "!=", JavaForm.EQUALITY)
            .choice("notEqual")
            .vector("$0.compare($V.NE, $1)")
            .value(a -> a[0] != a[1] ? 1 : 0)
            .commutative()
            .formula("a != b")
            .define();

    public static final Pointwise AND = Pointwise.declare("and", 2, Signature.LOGIC)
            .vector("$0.and($1)")
            .value(a -> a[0] != 0 && a[1] != 0 ? 1 : 0)
            .java(new JavaForm.Infix("&&", JavaForm.AND))
            .formula("a && b")
            .define();

    public static final Pointwise OR = Pointwise.declare("or", 2, Signature.LOGIC)
            .vector("$0.or($1)")
            .value(a -> a[0] != 0 || a[1] != 0 ? 1 : 0)
            .java(new JavaForm.Infix("||", JavaForm.OR))
            .formula("a || b")
            .define();

    public static final Pointwise NOT = Pointwise.declare("not", 1, Signature.LOGIC)
            .vector("$0.not()")
            .value(a -> a[0] != 0 ? 0 : 1)
            .java(new JavaForm.Prefix("!"))
            .formula("!a")
            .define();

    /** The router: the upstream gradient goes to the branch taken, an exact zero to the other. */
    public static final Pointwise SELECT = Pointwise.declare("select", 3, Signature.SELECTION)
            .vector("$2.blend($1, $0)")
            .value(a -> a[0] != 0 ? a[1] : a[2])
            .java(JavaForm.CHOICE)
            .choice("select")
            .partial(at -> at.constant(0))
            .partial(at -> at.in(0).select(at.constant(1), at.constant(0)))
            .partial(at -> at.in(0).select(at.constant(0), at.constant(1)))
            .flow(Flow.ROUTER)
            .formula("if a then b else c", "0", "if a then 1 else 0", "if a then 0 else 1")
            .note("the branch not taken gets an exact zero")
            .define();

    /** In the order of the reference page. */
    static final List<Operation> ALL =
            List.of(LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EQUAL, NOT_EQUAL, AND, OR, NOT, SELECT);

    private Logic() {}

    private static Declaration comparison(String name, String symbol, int precedence) {
        return Pointwise.declare(name, 2, Signature.COMPARISON).java(new JavaForm.Infix(symbol, precedence));
    }
}
