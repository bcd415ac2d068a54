package dev.gradc.compiler.golden;

import static dev.gradc.compiler.golden.Families.number;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Functions of one vector x, some of whose formulas name its elements x, y and z, or a and b. */
final class FunctionFamilies {

    private static final Pattern NEIGHBOURS = Pattern.compile("sum_\\{i<\\d+\\} (.*)");
    private static final Pattern NAME = Pattern.compile("(?<![\\w.])(\\p{L}\\w*)(?!\\w*\\()");

    private FunctionFamilies() {}

    static String program(GoldenCase example) {
        int n = example.input(0).shape()[0];
        Matcher neighbours = NEIGHBOURS.matcher(example.formula());
        if (neighbours.matches()) {
            return "sum(" + neighbours.group(1).replace("x[i+1]", "x[1:]").replace("x[i]", "x[:-1]") + ")";
        } else if (example.family().contains("tanh_net")) {
            return network(n / 4);
        } else if (example.family().contains("logistic_nll")) {
            return lists(example) + "sum(log(1+exp(-s*(x[0]+x[1]*t+x[2]*t**2))))";
        } else if (example.family().contains("misra1a")) {
            return misra(example);
        } else if (example.family().contains("black_scholes")) {
            return blackScholes();
        } else if (example.family().contains("det3")) {
            int size = (int) Math.round(Math.sqrt(n));
            return "M = reshape(x, (%d,%d)); log(det(M.T @ M + eye(%d)))".formatted(size, size, size);
        } else if (example.family().contains("ridge")) {
            return lists(example) + Families.formula(example);
        } else if (example.family().contains("deep_composition")) {
            int depth = Integer.parseInt(number(example, "f(\\d+) with", "1"));
            return "f = x[0]\n" + "f = sin(f*x[1])+0.5*f\n".repeat(depth);
        }
        return closed(example, n);
    }

    private static String network(int hidden) {
        return "W = reshape(x[:%d], (%d,2)); b = x[%d:%d]; v = x[%d:]; sum(v*tanh(W[:,0]*0.5-W[:,1]*1.25+b))"
                .formatted(2 * hidden, hidden, 2 * hidden, 3 * hidden, 3 * hidden);
    }

    /** The constants behind the formula, {@code name=[...]} or {@code name=(...)}, as definitions. */
    private static String lists(GoldenCase example) {
        Matcher matcher = Pattern.compile("(\\w+)=([\\[(][^=]*[\\])])").matcher(example.formula());
        StringBuilder definitions = new StringBuilder();
        while (matcher.find()) {
            String list = matcher.group(2).replace('(', '[').replace(')', ']');
            definitions.append(matcher.group(1)).append(" = ").append(list).append("\n");
        }
        return definitions.toString();
    }

    private static String misra(GoldenCase example) {
        Matcher matcher = Pattern.compile("sum (.*) at t=(.*), y=(.*)").matcher(example.formula());
        if (!matcher.matches()) {
            throw new UntranslatableException(example.formula());
        }
        return "b1 = x[0]; b2 = x[1]; t = [" + matcher.group(2) + "]; y = [" + matcher.group(3) + "]; sum("
                + matcher.group(1) + ")";
    }

    private static String blackScholes() {
        return """
                d1 = (log(x[0] / x[1]) + (x[4] + x[2]**2 / 2) * x[3]) / (x[2] * sqrt(x[3]))
                d2 = d1 - x[2] * sqrt(x[3])
                out = 100 * (x[0] * N(d1) - x[1] * exp(-x[4] * x[3]) * N(d2))""";
    }

    /** A formula in x and its elements, or in names for these in alphabetical order. */
    private static String closed(GoldenCase example, int n) {
        String formula = Families.formula(example).replaceAll("(;| = ).*", "");
        Set<String> names = new TreeSet<>();
        NAME.matcher(formula).results().map(found -> found.group(1)).forEach(names::add);
        names.remove("pi");
        boolean isOfVector = formula.contains("sum(") || names.stream().allMatch(name -> name.matches("x\\d+"));
        if (isOfVector) {
            return formula;
        } else if (names.size() != n) {
            throw new UntranslatableException(names + " for " + n + " elements");
        }
        StringBuilder program = new StringBuilder("vector = x\n");
        for (String name : names) {
            program.append(name + " = vector[" + List.copyOf(names).indexOf(name) + "]\n");
        }
        return program + formula;
    }
}
