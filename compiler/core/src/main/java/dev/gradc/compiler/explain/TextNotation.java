package dev.gradc.compiler.explain;

import dev.gradc.compiler.ir.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Formulas in the language's own notation. */
final class TextNotation implements Notation {

    @Override
    public Written name(String name) {
        return Written.primary(name);
    }

    @Override
    public Written number(double value) {
        if (!Double.isFinite(value)) {
            String dividend = Double.isNaN(value) ? "0" : value > 0 ? "1" : "-1";
            return new Written(dividend + " / 0", Written.PRODUCT);
        }
        String text = digits(value);
        return new Written(text, text.startsWith("-") ? Written.PREFIX : Written.PRIMARY);
    }

    /** {@code value} as short as it can be: {@code 2}, {@code 0.5}, {@code 1e-5}. */
    static String digits(double value) {
        return Double.toString(value)
                .replaceAll("\\.0$", "")
                .replaceAll("\\.0E", "e")
                .replace('E', 'e');
    }

    @Override
    public Written extent(Dim dim) {
        String text = dim.toString();
        int level = text.contains(" ") ? Written.SUM : text.matches("\\w+") ? Written.PRIMARY : Written.PRODUCT;
        return new Written(text, level);
    }

    @Override
    public Written infix(Expression.Infix infix) {
        String space = infix.level() == Written.POWER ? "" : " ";
        return new Written(left(infix) + space + infix.symbol() + space + right(infix), infix.level());
    }

    @Override
    public Written prefix(String symbol, Expression operand) {
        return new Written(symbol + at(Written.POWER, operand), Written.PREFIX);
    }

    @Override
    public Written transpose(Expression operand) {
        return Written.primary(at(Written.PRIMARY, operand) + "'");
    }

    @Override
    public Written call(String function, List<Expression> arguments) {
        return Written.primary(function + "(" + list(arguments) + ")");
    }

    @Override
    public Written reduced(Expression.Reduced reduced) {
        List<Integer> axes = reduced.axes();
        String which = axes.isEmpty() ? "" : ", axis = " + (axes.size() == 1 ? axes.get(0) : axes);
        return Written.primary(reduced.function() + "(" + plain(reduced.operand()) + which + ")");
    }

    @Override
    public Written fold(Expression.Fold fold) {
        String indices = fold.indices().stream()
                .map(bound -> bound.range() == null ? bound.index() : bound.index() + " in 0.." + last(bound.range()))
                .collect(Collectors.joining(", "));
        return new Written(fold.function() + "[" + indices + "] " + at(Written.PRODUCT, fold.body()), Written.FOLD);
    }

    private static Dim last(Dim range) {
        return range.minus(Dim.ONE);
    }

    @Override
    public Written ranged(String index, Dim range) {
        return Written.primary(index + " in 0.." + last(range));
    }

    @Override
    public Written choice(Expression.Choice choice) {
        return new Written(
                "if " + at(Written.CHOICE + 1, choice.condition()) + " then " + at(Written.CHOICE + 1, choice.then())
                        + " else " + at(Written.CHOICE, choice.otherwise()),
                Written.CHOICE);
    }

    @Override
    public Written element(Expression.Element element) {
        return Written.primary(at(Written.PRIMARY, element.tensor()) + "[" + list(element.subscripts()) + "]");
    }

    @Override
    public Written slice(Expression.Slice slice) {
        if (slice.from() == null) {
            return Written.primary(":");
        }
        String from = slice.from().is(0) ? "" : slice.from().toString().replace(" ", "");
        String step = slice.step().is(1) ? "" : ":" + slice.step();
        return Written.primary(from + ":" + slice.to().toString().replace(" ", "") + step);
    }

    @Override
    public Written option(String name, String value) {
        return Written.primary(name + " = " + value);
    }

    @Override
    public Written vector(List<Expression> elements) {
        return Written.primary("[" + list(elements) + "]");
    }

    @Override
    public String parenthesised(String text) {
        return "(" + text + ")";
    }

    private String list(List<Expression> expressions) {
        List<String> texts = new ArrayList<>();
        expressions.forEach(expression -> texts.add(plain(expression)));
        return String.join(", ", texts);
    }
}
