package dev.gradc.compiler.codegen;

import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.ir.ElementType;
import java.util.List;

/**
 * Expressions of vectors and masks, by the types of jdk.incubator.vector. What is the same in all lanes stays a number until it
 * meets a vector.
 */
final class VectorWriter {

    /** The name of the constant with the shape of vectors. */
    static final String SPECIES = "SPECIES";

    private static final String OPERATORS = JavaText.reference("jdk.incubator.vector.VectorOperators");

    private final JavaTypes types;

    VectorWriter(JavaTypes types) {
        this.types = types;
    }

    /** {@code gate} on {@code inputs}, of which one is a vector. */
    JavaExpr apply(Pointwise gate, List<JavaExpr> inputs) {
        if (gate.isCommutative() && !inputs.get(0).isVector()) {
            return apply(gate, List.of(inputs.get(1), inputs.get(0)));
        }
        String form = gate.vector().orElseThrow().replace("$V", OPERATORS);
        int receiver = form.charAt(1) - '0';
        for (int i = 0; i < inputs.size(); i++) {
            boolean isMask = switch (gate.signature()) {
                case SELECTION -> i == 0;
                case LOGIC -> true;
                default -> false;
            };
            JavaExpr input = inputs.get(i);
            String code = isMask ? mask(input) : i == receiver ? vector(input) : input.code();
            form = form.replace("$" + i, code);
        }
        return JavaExpr.vector(form);
    }

    /** {@code value}, a real, in all lanes if it is no vector. */
    String vector(JavaExpr value) {
        return value.isVector() ? value.code() : types.vector() + ".broadcast(" + SPECIES + ", " + value.code() + ")";
    }

    /** {@code condition} in all lanes if it is no mask. */
    String mask(JavaExpr condition) {
        return condition.isVector() ? condition.code() : SPECIES + ".maskAll(" + condition.code() + ")";
    }

    /** What is from {@code place} on, an array and the position there; whether it is not 0, if it stands for a condition. */
    JavaExpr load(String place, boolean isCondition) {
        String loaded = types.vector() + ".fromArray(" + SPECIES + ", " + place + ")";
        return JavaExpr.vector(isCondition ? loaded + ".compare(" + OPERATORS + ".NE, " + number(0) + ")" : loaded);
    }

    /** The statement that stores {@code value} to {@code place}, an array and the position there, a condition as 1 or 0. */
    String store(JavaExpr value, String place, boolean isCondition) {
        String stored = isCondition
                ? types.vector() + ".zero(" + SPECIES + ").blend(" + number(1) + ", " + mask(value) + ")"
                : vector(value);
        return stored + ".intoArray(" + place + ")";
    }

    private String number(double value) {
        return types.literal(value, ElementType.REAL).code();
    }

    /** The type of a vector, or of a mask. */
    String type(boolean isCondition) {
        return isCondition ? types.ofReals("VectorMask") : types.vector();
    }
}
