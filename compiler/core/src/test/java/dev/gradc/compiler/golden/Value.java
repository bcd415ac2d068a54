package dev.gradc.compiler.golden;

/**
 * A translated expression.
 *
 * @param text in the language of models
 * @param level how tightly its outermost operator binds
 * @param shape its extents
 * @param element {@code real}, {@code int} or {@code bool}
 */
record Value(String text, Level level, int[] shape, String element) {

    /** From loose to tight. */
    enum Level {
        COMPARISON,
        SUM,
        PRODUCT,
        UNARY,
        POWER,
        ATOM
    }

    static Value atom(String text, int... shape) {
        return new Value(text, Level.ATOM, shape, "real");
    }

    static Value of(Level level, String text, int... shape) {
        return new Value(text, level, shape, "real");
    }

    int rank() {
        return shape.length;
    }

    /** The extent of {@code axis}, which counts from the end where it is negative. */
    int extent(int axis) {
        return shape[Shapes.axis(axis, rank())];
    }

    boolean isInt() {
        return element.equals("int");
    }

    /** The text as an operand of something that binds as tightly as {@code wanted}. */
    String as(Level wanted) {
        return level.compareTo(wanted) >= 0 ? text : "(" + text + ")";
    }
}
