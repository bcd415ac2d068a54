package dev.gradc.compiler.golden;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses expressions in NumPy notation with Python's precedences. {@code np.} in front of a function is dropped, and
 * {@code x.sum(axis=0)} is {@code sum(x, axis=0)}.
 */
final class NumpyParser {

    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:(\\d+\\.?\\d*(?:[eE][+-]?\\d+)?|\\.\\d+(?:[eE][+-]?\\d+)?)"
                    + "|(\\p{L}[\\p{L}\\d_]*)|\"([^\"]*)\"|'([^']*)'|(\\*\\*|[<>=!]=|\\S))");

    /** {@code kind}: {@code 0} number, {@code n} name, {@code s} string, {@code o} operator, {@code $} the end. */
    private record Token(char kind, String text) {}

    private final List<Token> tokens = new ArrayList<>();
    private int next;

    private NumpyParser(String text) {
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.lookingAt()) {
            tokens.add(token(matcher));
            matcher.region(matcher.end(), text.length());
        }
        tokens.add(new Token('$', "the end"));
    }

    private static Token token(Matcher matcher) {
        String kinds = "0nsso";
        for (int group = 1; group <= kinds.length(); group++) {
            if (matcher.group(group) != null) {
                return new Token(kinds.charAt(group - 1), matcher.group(group));
            }
        }
        throw new IllegalStateException(matcher.group());
    }

    /** Statements on lines or between semicolons; the last one's value is the result, whatever its name. */
    static List<Ast.Statement> program(String text) {
        List<Ast.Statement> statements = new ArrayList<>();
        for (String line : text.split("[;\n]", -1)) {
            if (!line.isBlank()) {
                statements.add(new NumpyParser(line).statement());
            }
        }
        if (statements.isEmpty()) {
            throw new UntranslatableException("there is no formula");
        }
        return statements;
    }

    private Ast.Statement statement() {
        List<String> names = targets();
        Ast value = expression();
        if (peek().kind() != '$') {
            throw unexpected();
        }
        return new Ast.Statement(names, value);
    }

    /** {@code a, b =}, where the statement starts so. */
    private List<String> targets() {
        int start = next;
        List<String> names = new ArrayList<>();
        do {
            names.add(peek().kind() == 'n' ? take().text() : "");
        } while (accept(","));
        if (!names.contains("") && accept("=")) {
            return names;
        }
        next = start;
        return List.of();
    }

    private Ast expression() {
        Ast left = sum();
        for (String operator : List.of("<=", ">=", "==", "!=", "<", ">")) {
            if (accept(operator)) {
                return new Ast.Binary(operator, left, sum());
            }
        }
        return left;
    }

    private Ast sum() {
        Ast left = product();
        while (isOperator("+") || isOperator("-")) {
            left = new Ast.Binary(take().text(), left, product());
        }
        return left;
    }

    private Ast product() {
        Ast left = unary();
        while (isOperator("*") || isOperator("/") || isOperator("@")) {
            left = new Ast.Binary(take().text(), left, unary());
        }
        return left;
    }

    private Ast unary() {
        return accept("-") ? new Ast.Negated(unary()) : power();
    }

    private Ast power() {
        Ast base = postfix();
        return accept("**") ? new Ast.Binary("**", base, unary()) : base;
    }

    private Ast postfix() {
        Ast result = primary();
        while (true) {
            if (accept("[")) {
                result = new Ast.Index(result, subscripts());
            } else if (accept(".")) {
                result = attribute(result);
            } else {
                return result;
            }
        }
    }

    private Ast attribute(Ast target) {
        String name = take().text();
        boolean isModule =
                target instanceof Ast.Name module && List.of("np", "jnp").contains(module.text());
        if (name.equals("T")) {
            return new Ast.Transposed(target);
        } else if (accept("(")) {
            return call(name, isModule ? List.of() : List.of(target));
        } else if (isModule) {
            return new Ast.Name(name);
        }
        throw unexpected();
    }

    private Ast primary() {
        Token token = take();
        return switch (token.kind()) {
            case '0' -> new Ast.Num(token.text());
            case 's' -> new Ast.Str(token.text());
            case 'n' -> accept("(") ? call(token.text(), List.of()) : new Ast.Name(token.text());
            default -> enclosed(token);
        };
    }

    /** What stands in parentheses or brackets. */
    private Ast enclosed(Token token) {
        if (token.text().equals("[")) {
            return new Ast.Items(elements("]"));
        } else if (!token.text().equals("(")) {
            next--;
            throw unexpected();
        }
        int start = next;
        Ast inner = expression();
        if (accept(")")) {
            return inner;
        }
        next = start;
        return new Ast.Items(elements(")"));
    }

    private List<Ast> elements(String end) {
        List<Ast> elements = new ArrayList<>();
        while (!accept(end)) {
            elements.add(expression());
            if (!accept(",") && !isOperator(end)) {
                throw unexpected();
            }
        }
        return elements;
    }

    private Ast call(String function, List<Ast> first) {
        List<Ast> arguments = new ArrayList<>(first);
        Map<String, Ast> named = new LinkedHashMap<>();
        while (!accept(")")) {
            if (peek().kind() == 'n' && tokens.get(next + 1).text().equals("=")) {
                String name = take().text();
                next++;
                named.put(name, expression());
            } else {
                arguments.add(expression());
            }
            if (!accept(",") && !isOperator(")")) {
                throw unexpected();
            }
        }
        return new Ast.Call(function, arguments, named);
    }

    private List<Ast.Subscript> subscripts() {
        List<Ast.Subscript> subscripts = new ArrayList<>();
        do {
            subscripts.add(subscript());
        } while (accept(","));
        expect("]");
        return subscripts;
    }

    private Ast.Subscript subscript() {
        if (peek().text().equals("None")) {
            next++;
            return new Ast.NewAxis();
        }
        Optional<Ast> low = bound();
        if (!accept(":")) {
            return new Ast.At(low.orElseThrow(this::unexpected));
        }
        Optional<Ast> high = bound();
        return new Ast.Slice(low, high, accept(":") ? bound() : Optional.empty());
    }

    private Optional<Ast> bound() {
        boolean isAbsent = isOperator(":") || isOperator(",") || isOperator("]");
        return isAbsent ? Optional.empty() : Optional.of(expression());
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        Token token = peek();
        next = Math.min(next + 1, tokens.size() - 1);
        return token;
    }

    private boolean isOperator(String text) {
        return peek().kind() == 'o' && peek().text().equals(text);
    }

    private boolean accept(String operator) {
        if (isOperator(operator)) {
            next++;
            return true;
        }
        return false;
    }

    private void expect(String operator) {
        if (!accept(operator)) {
            throw unexpected();
        }
    }

    private UntranslatableException unexpected() {
        return new UntranslatableException("unexpected " + peek().text() + " at token " + next);
    }
}
