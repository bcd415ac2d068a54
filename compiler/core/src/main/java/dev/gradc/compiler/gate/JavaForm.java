package dev.gradc.compiler.gate;

/** How a pointwise gate is written in Java; the code generator adds operands, parentheses and imports. */
public sealed interface JavaForm {

    /** {@code a + b}, with Java's precedence level, higher binds tighter; the right operand needs the next level. */
    record Infix(String symbol, int precedence) implements JavaForm {}

    /** {@code -a}, {@code !a}. */
    record Prefix(String symbol) implements JavaForm {}

    /**
     * {@code Owner.method(a, b)}.
     *
     * @param owner a fully qualified class name
     * @param takesFloats whether there is an overload for floats; otherwise its value is a double
     */
    record Call(String owner, String method, boolean takesFloats) implements JavaForm {}

    /** {@code (double) a}: an int as a real. */
    record Conversion() implements JavaForm {}

    /**
     * {@code a ? b : c}.
     *
     * @param jumpless a call that computes both branches and jumps to neither
     */
    record Ternary(Call jumpless) implements JavaForm {}

    /** {@code a}: nothing happens. */
    record Identity() implements JavaForm {}

    /** {@code a ? b : c}, or the runtime's select. */
    Ternary CHOICE = new Ternary(new Call("dev.gradc.runtime.GradMath", "select", true));

    int TERNARY = 1;
    int OR = 2;
    int AND = 3;
    int EQUALITY = 4;
    int RELATION = 5;
    int SUM = 6;
    int PRODUCT = 7;
    int PREFIX = 8;
    int PRIMARY = 9;

    /** A method of {@link Math}. */
    static JavaForm math(String method) {
        return new Call("java.lang.Math", method, false);
    }

    /** A method of the runtime's scalar functions. */
    static JavaForm gradMath(String method) {
        return new Call("dev.gradc.runtime.GradMath", method, false);
    }

    /** A method of {@link Math} that takes floats, too. */
    static JavaForm overloaded(String method) {
        return new Call("java.lang.Math", method, true);
    }
}
