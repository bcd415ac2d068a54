package dev.gradc.compiler.codegen;

import dev.gradc.compiler.gate.JavaForm;

/** Java code of an expression, as text of {@link JavaText}, with the precedence that tells where it needs parentheses. */
record JavaExpr(String code, int precedence) {

    /** That of a vector, which never needs parentheses, either. */
    private static final int VECTOR = JavaForm.PRIMARY + 1;

    /** Something that never needs parentheses. */
    static JavaExpr primary(String code) {
        return new JavaExpr(code, JavaForm.PRIMARY);
    }

    /** A vector, or the mask of one: the value of a call. */
    static JavaExpr vector(String code) {
        return new JavaExpr(code, VECTOR);
    }

    /** Whether it is a vector, or the mask of one. */
    boolean isVector() {
        return precedence == VECTOR;
    }

    /** This code, in parentheses where its precedence is below {@code least}. */
    String atLeast(int least) {
        return precedence >= least ? code : "(" + code + ")";
    }

    @Override
    public String toString() {
        return code;
    }
}
