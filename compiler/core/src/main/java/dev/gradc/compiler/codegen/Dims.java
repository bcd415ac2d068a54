package dev.gradc.compiler.codegen;

import dev.gradc.compiler.gate.JavaForm;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Shape;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Dims as Java int expressions. */
final class Dims {

    private final UnaryOperator<String> names;

    private final Set<Dim> quotients = new LinkedHashSet<>();

    /** @param names the Java name of a dim */
    Dims(UnaryOperator<String> names) {
        this.names = names;
    }

    /** The dims with a denominator that were written: whole numbers for the right extents only. */
    Set<Dim> quotients() {
        return quotients;
    }

    /** {@code dim} as an int expression. */
    JavaExpr expr(Dim dim) {
        if (dim.constant().isPresent()) {
            long value = dim.constant().getAsLong();
            return new JavaExpr(Long.toString(value), value < 0 ? JavaForm.PREFIX : JavaForm.PRIMARY);
        }
        StringBuilder sum = new StringBuilder();
        boolean first = true;
        int precedence = JavaForm.PRIMARY;
        for (Map.Entry<List<String>, Long> term : dim.terms().entrySet()) {
            long coefficient = term.getValue();
            sum.append(first ? (coefficient < 0 ? "-" : "") : coefficient < 0 ? " - " : " + ");
            sum.append(product(Math.abs(coefficient), term.getKey()));
            boolean isName = coefficient == 1 && term.getKey().size() == 1;
            precedence = first ? (isName ? JavaForm.PRIMARY : JavaForm.PRODUCT) : JavaForm.SUM;
            first = false;
        }
        JavaExpr numerator = new JavaExpr(sum.toString(), precedence);
        if (dim.denominator() != 1) {
            quotients.add(dim);
        }
        return dim.denominator() == 1
                ? numerator
                : new JavaExpr(numerator.atLeast(JavaForm.PRIMARY) + " / " + dim.denominator(), JavaForm.PRODUCT);
    }

    private String product(long coefficient, List<String> symbols) {
        List<String> factors = symbols.stream().map(names).toList();
        if (factors.isEmpty()) {
            return Long.toString(coefficient);
        }
        String product = String.join(" * ", factors);
        return coefficient == 1 ? product : coefficient + " * " + product;
    }

    /** The extents of {@code shape}, separated by commas. */
    String list(Shape shape) {
        return shape.dims().stream().map(dim -> expr(dim).code()).collect(Collectors.joining(", "));
    }
}
