package dev.gradc.compiler.explain;

import dev.gradc.compiler.ir.Dim;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Formulas in LaTeX with the package amsmath, as mathematics writes them. */
final class LatexNotation implements Notation {

    /** Functions with a command of their own; all others are named by {@code operatorname}. */
    private static final Map<String, String> FUNCTIONS = Map.ofEntries(
            Map.entry("exp", "\\exp"),
            Map.entry("log", "\\log"),
            Map.entry("sin", "\\sin"),
            Map.entry("cos", "\\cos"),
            Map.entry("tan", "\\tan"),
            Map.entry("sinh", "\\sinh"),
            Map.entry("cosh", "\\cosh"),
            Map.entry("tanh", "\\tanh"),
            Map.entry("max", "\\max"),
            Map.entry("min", "\\min"),
            Map.entry("det", "\\det"),
            Map.entry("lgamma", "\\log\\Gamma"),
            Map.entry("sum", "\\sum"),
            Map.entry("prod", "\\prod"));

    private static final Map<String, String> SYMBOLS = Map.of(
            "<=", "\\le",
            ">=", "\\ge",
            "==", "=",
            "!=", "\\ne",
            "&&", "\\wedge",
            "||", "\\vee",
            "!", "\\neg ");

    @Override
    public Written name(String name) {
        return Written.primary(LatexNames.of(name));
    }

    @Override
    public Written number(double value) {
        if (!Double.isFinite(value)) {
            String text = Double.isNaN(value) ? "\\mathrm{NaN}" : value > 0 ? "\\infty" : "-\\infty";
            return new Written(text, value < 0 ? Written.PREFIX : Written.PRIMARY);
        }
        String text = TextNotation.digits(value);
        int exponent = text.indexOf('e');
        if (exponent >= 0) {
            String mantissa = text.substring(0, exponent);
            String power = "10^{" + text.substring(exponent + 1) + "}";
            return new Written(mantissa.equals("1") ? power : mantissa + " \\cdot " + power, Written.PRODUCT);
        }
        return new Written(text, text.startsWith("-") ? Written.PREFIX : Written.PRIMARY);
    }

    @Override
    public Written extent(Dim dim) {
        Written sum = sum(dim);
        return dim.denominator() == 1 ? sum : Written.primary("\\frac{" + sum.text() + "}{" + dim.denominator() + "}");
    }

    private static Written sum(Dim dim) {
        if (dim.terms().isEmpty()) {
            return Written.primary("0");
        }
        StringBuilder text = new StringBuilder();
        dim.terms().forEach((monomial, coefficient) -> {
            text.append(coefficient < 0 ? "-" : text.isEmpty() ? "" : "+");
            boolean isShown = Math.abs(coefficient) != 1 || monomial.isEmpty();
            text.append(isShown ? Long.toString(Math.abs(coefficient)) : "");
            text.append(monomial.stream().map(LatexNames::of).collect(Collectors.joining(" ")));
        });
        boolean isProduct = dim.terms().size() == 1;
        boolean isPrimary = isProduct && text.toString().matches("\\w+");
        return new Written(text.toString(), isPrimary ? Written.PRIMARY : isProduct ? Written.PRODUCT : Written.SUM);
    }

    @Override
    public Written infix(Expression.Infix infix) {
        return switch (infix.symbol()) {
            case "/" -> Written.primary("\\frac{" + plain(infix.left()) + "}{" + plain(infix.right()) + "}");
            case "^" -> new Written(base(infix.left()) + "^{" + plain(infix.right()) + "}", Written.POWER);
            case "@" -> new Written(factor(infix.left()) + " \\, " + factor(infix.right()), infix.level());
            case "*" -> new Written(left(infix) + times(infix) + right(infix), infix.level());
            default ->
                new Written(
                        left(infix) + " " + SYMBOLS.getOrDefault(infix.symbol(), infix.symbol()) + " " + right(infix),
                        infix.level());
        };
    }

    /** A matrix product has no sign of its own: all other products stand in parentheses in it. */
    private String factor(Expression operand) {
        boolean isProduct =
                operand instanceof Expression.Infix infix && infix.symbol().equals("@");
        return isProduct ? plain(operand) : at(Written.PREFIX + 1, operand);
    }

    private String times(Expression.Infix infix) {
        boolean startsWithDigit = right(infix).matches("(?s)[0-9].*");
        return infix.elementwise() ? " \\odot " : startsWithDigit ? " \\cdot " : " \\, ";
    }

    /** A fraction or a fold to a power stands in parentheses. */
    private String base(Expression base) {
        boolean isTall = base instanceof Expression.Infix || base instanceof Expression.Transpose;
        return isTall ? parenthesised(plain(base)) : at(Written.PRIMARY, base);
    }

    @Override
    public Written prefix(String symbol, Expression operand) {
        return new Written(SYMBOLS.getOrDefault(symbol, symbol) + at(Written.POWER, operand), Written.PREFIX);
    }

    @Override
    public Written transpose(Expression operand) {
        return Written.primary(base(operand) + "^{\\top}");
    }

    @Override
    public Written call(String function, List<Expression> arguments) {
        return switch (function) {
            case "sqrt" -> Written.primary("\\sqrt{" + plain(arguments.get(0)) + "}");
            case "abs" -> Written.primary("\\left|" + plain(arguments.get(0)) + "\\right|");
            case "inverse" -> new Written(base(arguments.get(0)) + "^{-1}", Written.POWER);
            default -> Written.primary(function(function) + parenthesised(list(arguments)));
        };
    }

    private static String function(String name) {
        return FUNCTIONS.getOrDefault(name, "\\operatorname{" + name.replace("_", "\\_") + "}");
    }

    @Override
    public Written reduced(Expression.Reduced reduced) {
        List<Integer> axes = reduced.axes();
        String below = axes.isEmpty()
                ? ""
                : "_{\\text{axis }" + axes.stream().map(String::valueOf).collect(Collectors.joining(",")) + "}";
        return new Written(
                function(reduced.function()) + below + " " + at(Written.PRODUCT, reduced.operand()), Written.FOLD);
    }

    @Override
    public Written fold(Expression.Fold fold) {
        String below = fold.indices().stream().map(this::bound).collect(Collectors.joining(",\\,"));
        return new Written(
                function(fold.function()) + "_{" + below + "} " + at(Written.PRODUCT, fold.body()), Written.FOLD);
    }

    private String bound(Expression.Bound bound) {
        String index = LatexNames.of(bound.index());
        return bound.range() == null
                ? index
                : "0 \\le " + index + " < " + extent(bound.range()).text();
    }

    @Override
    public Written ranged(String index, Dim range) {
        return name(index);
    }

    @Override
    public Written choice(Expression.Choice choice) {
        String text = "\\begin{cases} " + plain(choice.then()) + " & \\text{if } " + plain(choice.condition())
                + " \\\\ " + plain(choice.otherwise()) + " & \\text{otherwise} \\end{cases}";
        return new Written(text, Written.CHOICE);
    }

    @Override
    public Written element(Expression.Element element) {
        String tensor = element.tensor() instanceof Expression.Name
                ? plain(element.tensor())
                : "\\left[" + plain(element.tensor()) + "\\right]";
        return Written.primary(tensor + "_{" + list(element.subscripts()) + "}");
    }

    @Override
    public Written slice(Expression.Slice slice) {
        if (slice.from() == null) {
            return Written.primary("{:}");
        }
        String from = slice.from().is(0) ? "" : extent(slice.from()).text();
        String step = slice.step().is(1) ? "" : "{:}" + extent(slice.step()).text();
        return Written.primary(from + "{:}" + extent(slice.to()).text() + step);
    }

    @Override
    public Written option(String name, String value) {
        return Written.primary("\\text{" + name + " = " + value + "}");
    }

    @Override
    public Written vector(List<Expression> elements) {
        return Written.primary("\\left[" + list(elements) + "\\right]");
    }

    @Override
    public String parenthesised(String text) {
        return "\\left(" + text + "\\right)";
    }

    private String list(List<Expression> expressions) {
        return expressions.stream().map(this::plain).collect(Collectors.joining(",\\,"));
    }
}
