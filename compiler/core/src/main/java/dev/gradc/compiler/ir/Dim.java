package dev.gradc.compiler.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * An extent: a polynomial over dim symbols with rational coefficients, in normal form, so that two dims are equal
 * exactly when they are provably so. {@code D*(D+1)/2} is one; its value is an integer wherever it is used as an
 * extent.
 */
public final class Dim {

    /** Small integers, which most extents and coefficients are, made once. */
    private static final List<Dim> SMALL =
            LongStream.rangeClosed(-1, 256).mapToObj(Dim::made).toList();

    /** Zero. */
    public static final Dim ZERO = of(0);

    /** One. */
    public static final Dim ONE = of(1);

    /** Monomial (its symbols in order, with repetition) to coefficient; no zero coefficient. */
    private final SortedMap<List<String>, Long> terms;

    private final long denominator;
    private final int hash;

    /** The number of symbols of each term, and what it is multiplied by. */
    private final int[] degrees;

    private final long[] coefficients;

    private Dim(SortedMap<List<String>, Long> terms, long denominator) {
        long divisor = denominator;
        for (long coefficient : terms.values()) {
            divisor = gcd(divisor, coefficient);
        }
        SortedMap<List<String>, Long> reduced = new TreeMap<>(Dim::compareMonomials);
        for (Map.Entry<List<String>, Long> term : terms.entrySet()) {
            reduced.put(term.getKey(), term.getValue() / divisor);
        }
        this.degrees = reduced.keySet().stream().mapToInt(List::size).toArray();
        this.coefficients = reduced.values().stream().mapToLong(Long::longValue).toArray();
        this.terms = Collections.unmodifiableSortedMap(reduced);
        this.denominator = denominator / divisor;
        this.hash = 31 * reduced.hashCode() + Long.hashCode(this.denominator);
    }

    /** The integer {@code value}. */
    public static Dim of(long value) {
        return value >= -1 && value < SMALL.size() - 1 ? SMALL.get((int) value + 1) : made(value);
    }

    private static Dim made(long value) {
        SortedMap<List<String>, Long> terms = new TreeMap<>(Dim::compareMonomials);
        if (value != 0) {
            terms.put(List.of(), value);
        }
        return new Dim(terms, 1);
    }

    /** The dim called {@code name}. */
    public static Dim symbol(String name) {
        SortedMap<List<String>, Long> terms = new TreeMap<>(Dim::compareMonomials);
        terms.put(List.of(name), 1L);
        return new Dim(terms, 1);
    }

    /** The product of {@code dims}; one for none. */
    public static Dim product(Iterable<Dim> dims) {
        Dim result = ONE;
        for (Dim dim : dims) {
            result = result.times(dim);
        }
        return result;
    }

    /** The sum. @throws ArithmeticException where a coefficient overflows a long */
    public Dim plus(Dim other) {
        if (other.terms.isEmpty()) {
            return this;
        } else if (terms.isEmpty()) {
            return other;
        }
        SortedMap<List<String>, Long> sum = new TreeMap<>(Dim::compareMonomials);
        terms.forEach((m, c) -> addTerm(sum, m, Math.multiplyExact(c, other.denominator)));
        other.terms.forEach((m, c) -> addTerm(sum, m, Math.multiplyExact(c, denominator)));
        return new Dim(sum, Math.multiplyExact(denominator, other.denominator));
    }

    /** The difference. @throws ArithmeticException where a coefficient overflows a long */
    public Dim minus(Dim other) {
        return plus(other.times(of(-1)));
    }

    /** The product. @throws ArithmeticException where a coefficient overflows a long */
    public Dim times(Dim other) {
        if (equals(ONE) || other.terms.isEmpty()) {
            return other;
        } else if (other.equals(ONE) || terms.isEmpty()) {
            return this;
        }
        SortedMap<List<String>, Long> product = new TreeMap<>(Dim::compareMonomials);
        terms.forEach((m, c) -> other.terms.forEach((n, d) -> addTerm(product, merge(m, n), Math.multiplyExact(c, d))));
        return new Dim(product, Math.multiplyExact(denominator, other.denominator));
    }

    /** The exact quotient by a positive integer. */
    public Dim dividedBy(long divisor) {
        if (divisor <= 0) {
            throw new ArithmeticException("a dim is divided by positive integers only, not by " + divisor);
        }
        return new Dim(terms, Math.multiplyExact(denominator, divisor));
    }

    /** The quotient by {@code divisor}, a single term; empty where a term of this is no multiple of it. */
    public Optional<Dim> dividedExactly(Dim divisor) {
        if (divisor.terms.size() != 1 || divisor.denominator != 1) {
            return equals(divisor) ? Optional.of(ONE) : Optional.empty();
        }
        List<String> factors = divisor.terms.firstKey();
        SortedMap<List<String>, Long> quotient = new TreeMap<>(Dim::compareMonomials);
        for (Map.Entry<List<String>, Long> term : terms.entrySet()) {
            List<String> rest = new ArrayList<>(term.getKey());
            for (String factor : factors) {
                if (!rest.remove(factor)) {
                    return Optional.empty();
                }
            }
            if (term.getValue() % divisor.terms.get(factors) != 0) {
                return Optional.empty();
            }
            quotient.put(List.copyOf(rest), term.getValue() / divisor.terms.get(factors));
        }
        return Optional.of(new Dim(quotient, denominator));
    }

    /** Its value where it has no symbols and is an integer. */
    public OptionalLong constant() {
        if (terms.isEmpty()) {
            return OptionalLong.of(0);
        }
        boolean isConstant =
                denominator == 1 && terms.size() == 1 && terms.firstKey().isEmpty();
        return isConstant ? OptionalLong.of(terms.get(terms.firstKey())) : OptionalLong.empty();
    }

    /** Whether it is the integer {@code value}. */
    public boolean is(long value) {
        OptionalLong constant = constant();
        return constant.isPresent() && constant.getAsLong() == value;
    }

    /** The name where it is a bare symbol. */
    public boolean isSymbol() {
        return denominator == 1
                && terms.size() == 1
                && terms.firstKey().size() == 1
                && terms.get(terms.firstKey()) == 1;
    }

    /** The symbols in it, sorted. */
    public SortedSet<String> symbols() {
        SortedSet<String> symbols = new TreeSet<>();
        terms.keySet().forEach(symbols::addAll);
        return symbols;
    }

    /**
     * Its value.
     *
     * @param values a value for every symbol
     * @throws ArithmeticException where it overflows or is not an integer
     */
    public long evaluate(Map<String, Integer> values) {
        long sum = 0;
        for (Map.Entry<List<String>, Long> term : terms.entrySet()) {
            long product = term.getValue();
            for (String symbol : term.getKey()) {
                product = Math.multiplyExact(product, (long) values.get(symbol));
            }
            sum = Math.addExact(sum, product);
        }
        if (sum % denominator != 0) {
            throw new ArithmeticException(this + " is not an integer at " + new TreeMap<>(values));
        }
        return sum / denominator;
    }

    /** About how large it is where every symbol is {@code extent}. */
    public double typical(double extent) {
        double sum = 0;
        for (int term = 0; term < degrees.length; term++) {
            double product = coefficients[term];
            for (int i = 0; i < degrees[term]; i++) {
                product *= extent;
            }
            sum += product;
        }
        return sum / denominator;
    }

    /** The highest power of {@code symbol} in it. */
    public int degreeIn(String symbol) {
        return terms.keySet().stream()
                .mapToInt(monomial -> Collections.frequency(monomial, symbol))
                .max()
                .orElse(0);
    }

    /** What {@code symbol} is multiplied by, where its highest power is one. */
    public Dim coefficientOf(String symbol) {
        SortedMap<List<String>, Long> factors = new TreeMap<>(Dim::compareMonomials);
        terms.forEach((monomial, coefficient) -> {
            if (monomial.contains(symbol)) {
                List<String> rest = new ArrayList<>(monomial);
                rest.remove(symbol);
                addTerm(factors, List.copyOf(rest), coefficient);
            }
        });
        return new Dim(factors, denominator);
    }

    /** This with {@code value} in place of {@code symbol}. @throws ArithmeticException where a coefficient overflows */
    public Dim substitute(String symbol, Dim value) {
        if (degreeIn(symbol) == 0) {
            return this;
        }
        Dim result = ZERO;
        for (Map.Entry<List<String>, Long> term : terms.entrySet()) {
            Dim product = of(term.getValue());
            for (String factor : term.getKey()) {
                product = product.times(factor.equals(symbol) ? value : symbol(factor));
            }
            result = result.plus(product);
        }
        return result.dividedBy(denominator);
    }

    /**
     * Whether it is at least {@code bound} whatever its symbols are, each being 1 or more: shown by the coefficients of
     * the polynomial in the symbols less 1.
     */
    public boolean isAtLeast(Dim bound) {
        Dim shifted = minus(bound);
        for (String symbol : symbols()) {
            shifted = shifted.substitute(symbol, symbol(symbol).plus(ONE));
        }
        for (String symbol : bound.symbols()) {
            if (!symbols().contains(symbol)) {
                shifted = shifted.substitute(symbol, symbol(symbol).plus(ONE));
            }
        }
        return shifted.terms.values().stream().allMatch(coefficient -> coefficient >= 0);
    }

    /** The largest integer that is not above it, where it has no symbols. */
    public OptionalLong floor() {
        boolean isNumber = symbols().isEmpty();
        long numerator = terms.getOrDefault(List.<String>of(), 0L);
        return isNumber ? OptionalLong.of(Math.floorDiv(numerator, denominator)) : OptionalLong.empty();
    }

    /** Its terms, for printing in other notations: monomial to integer coefficient, over {@link #denominator}. */
    public SortedMap<List<String>, Long> terms() {
        return terms;
    }

    /** The common denominator of its coefficients. */
    public long denominator() {
        return denominator;
    }

    private static void addTerm(SortedMap<List<String>, Long> terms, List<String> monomial, long coefficient) {
        long sum = Math.addExact(terms.getOrDefault(monomial, 0L), coefficient);
        if (sum == 0) {
            terms.remove(monomial);
        } else {
            terms.put(monomial, sum);
        }
    }

    private static List<String> merge(List<String> left, List<String> right) {
        List<String> merged = new ArrayList<>(left);
        merged.addAll(right);
        Collections.sort(merged);
        return List.copyOf(merged);
    }

    /** Higher degree first, then alphabetically; the constant comes last. */
    private static int compareMonomials(List<String> left, List<String> right) {
        if (left.size() != right.size()) {
            return Integer.compare(right.size(), left.size());
        }
        for (int i = 0; i < left.size(); i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? Math.abs(a) : gcd(b, a % b);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Dim dim
                        && hash == dim.hash
                        && denominator == dim.denominator
                        && terms.equals(dim.terms));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** As in a model: {@code N*D + 1}. */
    @Override
    public String toString() {
        if (terms.isEmpty()) {
            return "0";
        }
        StringBuilder text = new StringBuilder();
        terms.forEach((monomial, coefficient) -> appendTerm(text, monomial, coefficient));
        if (denominator == 1) {
            return text.toString();
        }
        return (terms.size() == 1 ? text : "(" + text + ")") + "/" + denominator;
    }

    private static void appendTerm(StringBuilder text, List<String> monomial, long coefficient) {
        if (!text.isEmpty()) {
            text.append(coefficient < 0 ? " - " : " + ");
        } else if (coefficient < 0) {
            text.append('-');
        }
        String magnitude = Long.toString(coefficient).replace("-", "");
        if (monomial.isEmpty()) {
            text.append(magnitude);
        } else if (magnitude.equals("1")) {
            text.append(String.join("*", monomial));
        } else {
            text.append(magnitude).append('*').append(String.join("*", monomial));
        }
    }
}
