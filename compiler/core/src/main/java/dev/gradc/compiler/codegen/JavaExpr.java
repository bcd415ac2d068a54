package dev.gradc.compiler.codegen;

import dev.gradc.compiler.gate.JavaForm;

/** Java code of an expression, as text of {@link JavaText}, with the precedence that tells where it needs parentheses. */
record JavaExpr(String code, int precedence) {

    /** Something that never needs parentheses. */
    static JavaExpr primary(String code) {
        return new JavaExpr(code, JavaForm.PRIMARY);
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
