package dev.gradc.compiler.rewrite;

import static dev.gradc.compiler.rewrite.Contract.BITWISE;
import static dev.gradc.compiler.rewrite.Contract.LIMIT;
import static dev.gradc.compiler.rewrite.Contract.ORDINARY;
import static dev.gradc.compiler.rewrite.Contract.ROUNDING;
import static dev.gradc.compiler.rewrite.Equation.equation;

import dev.gradc.compiler.diagnostic.Suggestions;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/** The rules of the simplifier, in the order in which they are tried. */
public final class RuleSets {

    /** Identities of scalars, stable forms, and gates recognised from their formulas. */
    public static final List<Equation> EQUATIONS = List.of(
            equation("multiply-one", "x * 1 => x", BITWISE),
            equation("multiply-minus-one", "x * (-1) => -x", BITWISE),
            equation("divide-one", "x / 1 => x", BITWISE),
            equation("divide-minus-one", "x / (-1) => -x", BITWISE),
            equation("negate-twice", "-(-x) => x", BITWISE),
            equation("subtract-zero", "x - 0 => x", BITWISE),
            equation("add-zero", "x + 0 => x", ORDINARY),
            equation("zero-subtract", "0 - x => -x", ORDINARY),
            equation("double", "x + x => x * 2", BITWISE),
            equation("add-negated", "x + -y => x - y", BITWISE),
            equation("subtract-negated", "x - -y => x + y", BITWISE),
            equation("negate-product", "-x * y => -(x * y)", BITWISE),
            equation("negate-dividend", "-x / y => -(x / y)", BITWISE),
            equation("negate-divisor", "x / -y => -(x / y)", BITWISE),
            equation("negate-difference", "-(x - y) => y - x", ORDINARY),
            equation("power-zero", "x ^ 0 => 1", BITWISE),
            equation("power-one", "x ^ 1 => x", BITWISE),
            equation("square", "x ^ 2 => x * x", ROUNDING),
            equation("cube", "x ^ 3 => x * x * x", ROUNDING),
            equation("fourth-power", "x ^ 4 => (x * x) * (x * x)", ROUNDING),
            equation("power-half", "x ^ 0.5 => sqrt(x)", ORDINARY),
            equation("reciprocal", "x ^ (-1) => 1 / x", ROUNDING),
            equation("inverse-square", "x ^ (-2) => (1 / x) * (1 / x)", ROUNDING),
            equation("inverse-root", "x ^ (-0.5) => 1 / sqrt(x)", ORDINARY),
            equation("root-of-square", "sqrt(x * x) => abs(x)", ROUNDING),
            equation("multiply-reciprocal", "x * (1 / y) => x / y", ROUNDING),
            equation("double-half", "2 * (0.5 / x) => 1 / x", ROUNDING),
            equation("double-half-product", "2 * (x * (0.5 / y)) => x / y", ROUNDING),
            equation("sigmoid", "1 / (1 + exp(-x)) => sigmoid(x)", ROUNDING),
            equation("sigmoid-difference", "1 / (1 + exp(x - y)) => sigmoid(y - x)", ROUNDING),
            equation("tanh", "(exp(x) - exp(-x)) / (exp(x) + exp(-x)) => tanh(x)", ROUNDING),
            equation("log1p", "log(1 + x) => log1p(x)", ROUNDING),
            equation("log1p-difference", "log(1 - x) => log1p(-x)", ROUNDING),
            equation("expm1", "exp(x) - 1 => expm1(x)", ROUNDING),
            equation("softplus", "log1p(exp(x)) => softplus(x)", ROUNDING),
            equation("log-sigmoid", "log(sigmoid(x)) => -softplus(-x)", ROUNDING),
            equation("log-exp", "log(exp(x)) => x", ROUNDING),
            equation("divide-self", "x / x => 1", LIMIT),
            equation("cancel-divisor", "x * y / y => x", LIMIT),
            equation("cancel-dividend", "x / y / x => 1 / y", LIMIT),
            equation("cancel-quotient", "x / y * y => x", LIMIT),
            equation("cancel-quotient-of-product", "(x / y) * (z * y) => x * z", LIMIT),
            equation("cancel-quotients", "(x / y) * (y / z) => x / z", LIMIT),
            equation("subtract-what-is-added", "x - y - x => -y", LIMIT),
            equation("divide-by-share", "x / (y / z) / z => x / y", LIMIT),
            equation("dividend-by-share", "x / (x / y) => y", LIMIT),
            equation("factor-by-share", "(x * z) / (x / y) => z * y", LIMIT),
            equation("cancel-factor", "x / (y * z) * z => x / y", LIMIT),
            equation("log-of-share", "log(exp(x) / y) => x - log(y)", ROUNDING),
            equation("subtract-twice", "x - y - y => x - y * 2", ROUNDING),
            equation("add-twice", "x + y + y => x + y * 2", ROUNDING),
            equation("add-to-difference", "x + (x - y) => x * 2 - y", ROUNDING),
            equation("common-factor", "x * y + z * y => (x + z) * y", ROUNDING),
            equation("common-factor-difference", "x * y - z * y => (x - z) * y", ROUNDING),
            equation("common-divisor", "x / y + z / y => (x + z) / y", ROUNDING),
            equation("common-divisor-difference", "x / y - z / y => (x - z) / y", ROUNDING),
            equation("select-same", "if c then x else x => x", BITWISE),
            equation("select-then", "if c then (if c then x else y) else z => if c then x else z", BITWISE),
            equation("select-else", "if c then x else (if c then y else z) => if c then x else z", BITWISE),
            equation(
                    "select-common-then",
                    "if c then (if d then x else y) else (if d then x else z) => if d then x else (if c then y else z)",
                    BITWISE),
            equation(
                    "select-common-else",
                    "if c then (if d then y else x) else (if d then z else x) => if d then (if c then y else z) else x",
                    BITWISE),
            equation("add-to-then", "(if c then x else 0) + (if c then y else z) => if c then x + y else z", ORDINARY),
            equation("add-to-else", "(if c then 0 else x) + (if c then y else z) => if c then y else x + z", ORDINARY),
            equation(
                    "subtract-to-then",
                    "(if c then x else 0) - (if c then y else z) => if c then x - y else -z",
                    ORDINARY),
            equation(
                    "subtract-to-else",
                    "(if c then 0 else x) - (if c then y else z) => if c then -y else x - z",
                    ORDINARY),
            equation(
                    "subtract-then", "(if c then x else y) - (if c then z else 0) => if c then x - z else y", ORDINARY),
            equation(
                    "subtract-else", "(if c then x else y) - (if c then 0 else z) => if c then x else y - z", ORDINARY),
            equation(
                    "add-then-else",
                    "w + (if c then x else 0) + (if c then 0 else y) => w + (if c then x else y)",
                    ORDINARY),
            equation(
                    "add-else-then",
                    "w + (if c then 0 else y) + (if c then x else 0) => w + (if c then x else y)",
                    ORDINARY),
            equation(
                    "add-then-then",
                    "w + (if c then x else 0) + (if c then y else 0) => w + (if c then x + y else 0)",
                    ROUNDING),
            equation(
                    "add-else-else",
                    "w + (if c then 0 else x) + (if c then 0 else y) => w + (if c then 0 else x + y)",
                    ROUNDING),
            equation("select-factor", "if c then x * y else z * y => (if c then x else z) * y", BITWISE),
            equation("select-negated", "if c then -x else -y => -(if c then x else y)", BITWISE),
            equation("select-not", "if not(c) then x else y => if c then y else x", BITWISE));

    /** All rules, for graphs whose int variables are within the axes that they are compared with positions of. */
    public static final List<Rule> ALL = all((variable, extent) -> variable.is(Leaf.VARIABLE));

    private RuleSets() {}

    /** The names of all rules, in the order in which they are tried. */
    public static Set<String> names() {
        return ALL.stream().map(Rule::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Holds names to those of the rules.
     *
     * @throws IllegalArgumentException where no rule has one of {@code names}
     */
    public static void requireNames(Collection<String> names) {
        Set<String> known = names();
        for (String name : names) {
            if (!known.contains(name)) {
                String meant = Suggestions.closest(name, known)
                        .map(near -> " (did you mean `" + near + "`?)")
                        .orElse("");
                throw new IllegalArgumentException(
                        "no rule is called `" + name + "`" + meant + "; the rules are " + String.join(", ", known));
            }
        }
    }

    /**
     * All rules but those called {@code names}.
     *
     * @param isWithin whether an int variable is known to be within an axis of an extent
     */
    public static List<Rule> without(Set<String> names, BiPredicate<Node, Dim> isWithin) {
        return all(isWithin).stream()
                .filter(rule -> !names.contains(rule.name()))
                .toList();
    }

    /**
     * All rules.
     *
     * @param isWithin whether an int variable is known to be within an axis of an extent
     */
    private static List<Rule> all(BiPredicate<Node, Dim> isWithin) {
        List<Rule> rules = new ArrayList<>();
        rules.add(new FoldConstants());
        rules.add(new SelectKnownBranch());
        rules.addAll(EQUATIONS);
        rules.add(new MergeConstantFactors());
        rules.add(new MergeConstantDivisor());
        rules.add(new SquareOfDifference());
        rules.add(new DivideSmallerFactor());
        rules.add(new FoldView());
        rules.add(new ViewOfPart());
        rules.add(new PackOfPacks());
        rules.add(new DropUnitAxes());
        rules.add(new PackInsteadOfSum());
        rules.addAll(SparseRules.all());
        rules.addAll(PadRules.all());
        rules.add(new LandingLast());
        rules.add(new DistributeOverLanding());
        rules.add(new GateBeforeRepeat());
        rules.add(new PickRouted(isWithin));
        rules.add(new PickRepeated());
        rules.add(new SumSums());
        rules.add(new SumBeforeProduct());
        rules.add(new PullFactorOutOfSum());
        rules.add(new SumRepeated());
        rules.add(new SumOfProductIsContraction());
        rules.add(new FoldTransposeIntoProduct());
        rules.add(new ProductOrder());
        rules.add(new ReassociateProducts());
        rules.add(new SumInsteadOfProduct());
        rules.add(new ProductOfRepeated());
        rules.add(new OuterProductIsPointwise());
        return List.copyOf(rules);
    }
}
