package dev.gradc.compiler.codegen;

import com.palantir.javapoet.CodeBlock;
import dev.gradc.compiler.gate.JavaForm;

/** Java code of an expression, with the precedence that tells where it needs parentheses. */
record JavaExpr(CodeBlock code, int precedence) {

    /** Something that never needs parentheses. */
    static JavaExpr primary(String format, Object... arguments) {
        return new JavaExpr(CodeBlock.of(format, arguments), JavaForm.PRIMARY);
    }

    /** This code, in parentheses where its precedence is below {@code least}. */
    CodeBlock atLeast(int least) {
        return precedence >= least ? code : CodeBlock.of("($L)", code);
    }

    @Override
    public String toString() {
        return code.toString();
    }
}
