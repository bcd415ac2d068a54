package dev.gradc.compiler.explain;

import dev.gradc.compiler.gate.JavaForm;

/**
 * Text, and how tightly its outermost operation binds: the levels of {@link JavaForm}, and two that Java has not.
 *
 * @param text the formula
 * @param level higher binds tighter
 */
record Written(String text, int level) {

    private static final int STEP = 10;

    static final int CHOICE = STEP * JavaForm.TERNARY;
    static final int RELATION = STEP * JavaForm.RELATION;
    static final int SUM = STEP * JavaForm.SUM;

    /** A fold takes all factors behind it. */
    static final int FOLD = SUM + STEP / 2;

    static final int PRODUCT = STEP * JavaForm.PRODUCT;
    static final int PREFIX = STEP * JavaForm.PREFIX;
    static final int POWER = PREFIX + STEP / 2;
    static final int PRIMARY = STEP * JavaForm.PRIMARY;

    /** The level of an operator that has {@code precedence} in Java; comparisons are all alike. */
    static int level(int precedence) {
        return precedence == JavaForm.EQUALITY ? RELATION : STEP * precedence;
    }

    static Written primary(String text) {
        return new Written(text, PRIMARY);
    }
}
