package dev.gradc.compiler.rewrite;

import static dev.gradc.compiler.rewrite.RuleSample.shape;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.Elementary;
import dev.gradc.compiler.gate.Gather;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Reductions;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Graphs that each structural rule rewrites, and such that it leaves alone. */
final class RuleSamples {

    private final List<RuleSample> samples = new ArrayList<>();

    private RuleSamples() {}

    static List<RuleSample> all() {
        RuleSamples made = new RuleSamples();
        made.constants();
        made.views();
        made.unitAxes();
        made.picks();
        made.sums();
        made.sumsOfProducts();
        made.factors();
        made.repetitions();
        made.products();
        made.samples.addAll(PackRuleSamples.all());
        made.samples.addAll(SparseRuleSamples.all());
        made.orders();
        return made.samples;
    }

    private void fires(Rule rule, String form, Function<RuleSample, Term> expression) {
        samples.add(new RuleSample(rule, form, true, expression));
    }

    private void not(Rule rule, String form, Function<RuleSample, Term> expression) {
        samples.add(new RuleSample(rule, form, false, expression));
    }

    private void constants() {
        Rule fold = new FoldConstants();
        fires(fold, "2 + 3", s -> s.constant(2, "N").plus(s.constant(3, "N")));
        fires(fold, "exp(1) x", s -> s.real("x").times(s.constant(1).apply(Elementary.EXP)));
        not(fold, "log(-1)", s -> s.constant(-1).apply(Elementary.LOG));
        Rule merge = new MergeConstantFactors();
        fires(merge, "2 (3 x)", s -> s.real("x", "M").times(3).times(2));
        fires(merge, "(x 2) 3", s -> s.constant(2, "M").times(s.real("x", "M")).times(3));
        fires(merge, "2 (A s[row])", s -> full(s).times(along(s, 0)).times(2));
        not(
                merge,
                "2 (A B)",
                s -> s.real("A", "N", "M").times(s.real("B", "N", "M")).times(2));
        not(merge, "1e200 (1e200 x)", s -> s.real("x").times(1e200).times(1e200));
        not(merge, "1e-200 (1e-200 x)", s -> s.real("x").times(1e-200).times(1e-200));
        divisors();
        Rule known = new SelectKnownBranch();
        for (double side : new double[] {1, 0}) {
            fires(known, "if " + (side == 1), s -> s.truth(side, "N").select(s.real("x", "N"), s.real("y", "N")));
        }
    }

    private void divisors() {
        Rule merge = new MergeConstantDivisor();
        fires(merge, "6 x / 3", s -> s.real("x", "M").times(6).over(s.constant(3, "M")));
        fires(merge, "6 (x / 3)", s -> s.real("x", "M").over(s.constant(3, "M")).times(6));
        fires(merge, "x / 4", s -> s.real("x").over(s.constant(4)));
        not(merge, "x / 3", s -> s.real("x").over(s.constant(3)));
        not(merge, "1e200 x / 1e-200", s -> s.real("x").times(1e200).over(s.constant(1e-200)));
        not(merge, "x / 0", s -> s.real("x").over(s.constant(0)));
        Rule smaller = new DivideSmallerFactor();
        fires(smaller, "A s[row] / s[row]", s -> full(s).times(along(s, 0)).over(along(s, 0)));
        fires(smaller, "A s[row] / 3", s -> full(s).times(along(s, 0)).over(s.constant(3, "N", "M")));
        not(smaller, "A s[row] / s[column]", s -> full(s).times(along(s, 0)).over(along(s, 1)));
        not(smaller, "A / s[row]", s -> full(s).over(along(s, 0)));
        Rule square = new SquareOfDifference();
        fires(square, "(y - x)^2", s -> turned(s, false));
        not(square, "(x - y)^2", s -> turned(s, true));
    }

    /** The square of y - x, or of x - y; x is the older. */
    private static Term turned(RuleSample s, boolean inOrder) {
        Term x = s.real("x", "N");
        Term y = s.real("y", "N");
        Term difference = inOrder ? x.minus(y) : y.minus(x);
        return difference.times(difference);
    }

    private void views() {
        Rule rule = new FoldView();
        IndexMap transpose = IndexMap.permutation(shape("N", "M"), List.of(1, 0));
        IndexMap back = IndexMap.permutation(shape("M", "N"), List.of(1, 0));
        fires(rule, "A''", s -> s.real("A", "N", "M").view(transpose).view(back));
        fires(rule, "broadcast(1)", s -> s.constant(1).broadcast(shape("N", "M"), List.of()));
        fires(
                rule,
                "broadcast(x)'",
                s -> s.real("x", "M").broadcast(shape("N", "M"), List.of(1)).view(transpose));
        fires(rule, "x[1:4][::2]", s -> s.real("x", 5).view(run(1, 1, 3)).view(run(0, 2, 2)));
        fires(rule, "x[::-1][::-1]", s -> s.real("x", 5).view(run(4, -1, 5)).view(run(4, -1, 5)));
        fires(rule, "x[1:][i + j]", s -> s.real("x", 5).view(run(1, 1, 4)).view(window()));
        not(rule, "A'", s -> s.real("A", "N", "M").view(transpose));
    }

    private static IndexMap run(int start, int step, int extent) {
        return new IndexMap(List.of(Affine.strided(Dim.of(start), Dim.of(step), 0, 1)), shape(extent));
    }

    private static IndexMap window() {
        return new IndexMap(List.of(new Affine(Dim.ZERO, List.of(Dim.ONE, Dim.ONE))), shape("N", "M"));
    }

    private void unitAxes() {
        Rule rule = new DropUnitAxes();
        fires(rule, "exp(x[N, 1])", s -> s.real("x", "N", 1).apply(Elementary.EXP));
        fires(rule, "x[1, N, 1] * y[1, N, 1]", s -> s.real("x", 1, "N", 1).times(s.real("y", 1, "N", 1)));
        fires(rule, "x[1, 1] - y[1, 1]", s -> s.real("x", 1, 1).minus(s.real("y", 1, 1)));
        fires(rule, "sum over M of x[1, M, N]", s -> s.real("x", 1, "M", "N").reduce(Reductions.SUM, List.of(1)));
        fires(
                rule,
                "argmax over 0, 2 of x[N, 1, M]",
                s -> s.real("x", "N", 1, "M").reduce(Reductions.ARGMAX, List.of(0, 2)));
        fires(
                rule,
                "max over 1 and M of x[1, 1, M]",
                s -> s.real("x", 1, 1, "M").reduce(Reductions.MAX, List.of(1, 2)));
        not(rule, "sum over 1 of x[N, 1]", s -> s.real("x", "N", 1).reduce(Reductions.SUM, List.of(1)));
    }

    private void picks() {
        Rule routed = new PickRouted((variable, extent) -> variable.is(Leaf.VARIABLE));
        fires(routed, "one of each row", s -> routed(s, s.position(1, "N", "M"), s.whole("k", "N"), 1));
        fires(
                routed,
                "one of a vector",
                s -> s.position(0, "M")
                        .equalTo(s.whole("k").broadcast(shape("M"), List.of()))
                        .select(s.real("x", "M"), s.constant(0, "M"))
                        .reduce(Reductions.SUM, List.of(0)));
        not(routed, "by the row's own position", s -> routed(s, s.position(0, "N", "M"), s.whole("k", "N"), 1));
        not(routed, "summed over the rows", s -> routed(s, s.position(1, "N", "M"), s.whole("k", "N"), 0));
        not(
                routed,
                "a computed index",
                s -> routed(s, s.position(1, "N", "M"), s.whole("k", "N").plus(s.whole("l", "N")), 1));
        Rule repeated = new PickRepeated();
        fires(repeated, "of equal entries", s -> picked(s.real("x", "N").broadcast(shape("N", "M"), List.of(0)), s));
        fires(repeated, "of a constant", s -> picked(s.constant(2, "N", "M"), s));
        not(repeated, "of rows", s -> picked(s.real("x", "M").broadcast(shape("N", "M"), List.of(1)), s));
    }

    private static Term routed(RuleSample s, Term position, Term index, int folded) {
        return position.equalTo(index.broadcast(shape("N", "M"), List.of(0)))
                .select(s.real("x", "N", "M"), s.constant(0, "N", "M"))
                .reduce(Reductions.SUM, List.of(folded));
    }

    private static Term picked(Term data, RuleSample s) {
        return new Term(
                s.graph(), Gather.pick(s.graph(), data.node(), s.whole("k", "N").node()));
    }

    private void sums() {
        Rule rule = new SumSums();
        fires(rule, "rows, then columns", s -> sum(sum(s.real("A", "N", "M"), 1), 0));
        fires(rule, "the first of three, then the last", s -> sum(sum(s.real("A", "N", "M", 4), 0), 1));
        fires(rule, "the middle of four, then both ends", s -> sum(sum(s.real("A", "N", "M", 4, 2), 1, 2), 0, 1));
        fires(rule, "of -A", s -> sum(s.real("A", "N", "M").negate(), 0));
        not(rule, "of maxima", s -> sum(s.real("A", "N", "M").reduce(Reductions.MAX, List.of(0)), 0));
    }

    private void sumsOfProducts() {
        Rule rule = new SumBeforeProduct();
        fires(rule, "rows of A B", s -> sum(matrices(s), 0));
        fires(rule, "columns of A B", s -> sum(matrices(s), 1));
        fires(rule, "all of A B", s -> sum(matrices(s), 0, 1));
        fires(rule, "batch and columns", s -> sum(batch(s), 0, 2));
        fires(rule, "A B - C, over rows", s -> sum(matrices(s).apply(Arithmetic.SUBTRACT, s.real("C", "N", 2)), 0));
        not(rule, "batch", s -> sum(batch(s), 0));
        not(rule, "A + C", s -> sum(s.real("A", "N", "M").plus(s.real("C", "N", "M")), 0));
    }

    private static Term matrices(RuleSample s) {
        return contract(s.real("A", "N", "M"), s.real("B", "M", 2), "ab,bc->ac");
    }

    private static Term batch(RuleSample s) {
        return contract(s.real("A", 3, "N", "M"), s.real("B", 3, "M", 2), "zab,zbc->zac");
    }

    private static Term sum(Term term, Integer... axes) {
        return term.reduce(Reductions.SUM, List.of(axes));
    }

    private void factors() {
        Rule rule = new PullFactorOutOfSum();
        fires(rule, "2 A", s -> sum(s.real("A", "N", "M").times(2), 0, 1));
        fires(rule, "A s[row], over columns", s -> sum(full(s).times(along(s, 0)), 1));
        fires(rule, "s[row] A, over columns", s -> sum(along(s, 0).times(full(s)), 1));
        fires(rule, "A s[row], over both", s -> sum(full(s).times(along(s, 0)), 0, 1));
        fires(rule, "A s[column], over both", s -> sum(full(s).times(along(s, 1)), 0, 1));
        fires(rule, "A / s[row], over both", s -> sum(full(s).over(along(s, 0)), 0, 1));
        fires(rule, "A[i, j, k] s[j], over i, j, k", s -> sum(cube(s).times(middle(s)), 0, 1, 2));
        fires(rule, "A[i, j, k] s[j], over j, k", s -> sum(cube(s).times(middle(s)), 1, 2));
        fires(rule, "A[i, j, k] / s[j], over i, j", s -> sum(cube(s).over(middle(s)), 0, 1));
        fires(rule, "s[row] t[column], over both", s -> sum(along(s, 0).times(along(s, 1)), 0, 1));
        not(rule, "A (B / s[row]), over columns", s -> sum(full(s).times(other(s).over(along(s, 0))), 1));
        not(
                rule,
                "A (s[row] B), over columns",
                s -> sum(full(s).times(along(s, 0).times(other(s))), 1));
        not(rule, "A s[row], over rows", s -> sum(full(s).times(along(s, 0)), 0));
        not(rule, "s[row] / A, over columns", s -> sum(along(s, 0).over(full(s)), 1));
        not(rule, "A + s[row], over columns", s -> sum(full(s).plus(along(s, 0)), 1));
    }

    private static Term full(RuleSample s) {
        return s.real("A", "N", "M");
    }

    private static Term other(RuleSample s) {
        return s.real("C", "N", "M");
    }

    private static Term cube(RuleSample s) {
        return s.real("B", "N", "M", 4);
    }

    private static Term along(RuleSample s, int axis) {
        return s.real("s" + axis, axis == 0 ? "N" : "M").broadcast(shape("N", "M"), List.of(axis));
    }

    private static Term middle(RuleSample s) {
        return s.real("t", "M").broadcast(shape("N", "M", 4), List.of(1));
    }

    private void repetitions() {
        Rule rule = new SumRepeated();
        fires(rule, "counted: s[row], over columns", s -> sum(along(s, 0), 1));
        fires(rule, "kept: s[row], over rows", s -> sum(along(s, 0), 0));
        fires(rule, "both: t[j], over j, k", s -> sum(middle(s), 1, 2));
        fires(rule, "both: t[j], over i, j, k", s -> sum(middle(s), 0, 1, 2));
        fires(rule, "t[j], over i, k", s -> sum(middle(s), 0, 2));
        fires(rule, "t[j], over j", s -> sum(middle(s), 1));
        fires(rule, "a scalar, over columns", s -> sum(s.real("x").broadcast(shape("N", "M"), List.of()), 1));
        fires(rule, "a constant, over rows", s -> sum(s.constant(0.1, "N", 4), 0));
        fires(
                rule,
                "A'[i, j, k] of A[k, i], over k",
                s -> sum(s.real("A", 4, "N").broadcast(shape("N", "M", 4), List.of(2, 0)), 2));
        fires(
                rule,
                "a window, repeated",
                s -> sum(
                        s.real("x", 6)
                                .view(new IndexMap(
                                        List.of(new Affine(Dim.ONE, List.of(Dim.ONE, Dim.ZERO, Dim.ONE))),
                                        shape("N", 4, "M"))),
                        0,
                        1));
        not(rule, "A'", s -> sum(s.real("A", "M", "N").broadcast(shape("N", "M"), List.of(1, 0)), 1));
    }

    private void products() {
        Rule rule = new SumOfProductIsContraction();
        fires(rule, "A B", s -> sum(rows(s).times(columns(s)), 1));
        fires(rule, "A x", s -> sum(s.real("A", "N", "M").times(along(s, 1)), 1));
        fires(rule, "x A", s -> sum(along(s, 0).times(s.real("A", "N", "M")), 0));
        fires(
                rule,
                "batch",
                s -> sum(
                        s.real("A", 2, "N", "M")
                                .broadcast(shape(2, "N", "M", 4), List.of(0, 1, 2))
                                .times(s.real("B", 2, 4, "M").broadcast(shape(2, "N", "M", 4), List.of(0, 3, 2))),
                        2));
        not(rule, "A * B", s -> sum(s.real("A", "N", "M").times(s.real("B", "N", "M")), 1));
        not(
                rule,
                "exp(A) x",
                s -> sum(s.real("A", "N", "M").apply(Elementary.EXP).times(along(s, 1)), 1));
        not(rule, "A s[row], over columns", s -> sum(full(s).times(along(s, 0)), 1));
        Rule transpose = new FoldTransposeIntoProduct();
        IndexMap map = IndexMap.permutation(shape("N", "M"), List.of(1, 0));
        fires(transpose, "A' B", s -> contract(s.real("A", "N", "M").view(map), s.real("B", "N", 2), "ab,bc->ac"));
        fires(
                transpose,
                "A B'",
                s -> contract(s.real("A", 2, "M"), s.real("B", "N", "M").view(map), "ab,bc->ac"));
        fires(transpose, "A' A", s -> contract(s.real("A", "N", "M").view(map), s.real("A", "N", "M"), "ab,bc->ac"));
        not(transpose, "A B", s -> contract(s.real("A", 2, "M"), s.real("B", "M", "N"), "ab,bc->ac"));
        Rule summed = new SumInsteadOfProduct();
        fires(summed, "A ones", s -> contract(s.real("A", "N", "M"), s.constant(1, "M", 2), "ab,bc->ac"));
        fires(summed, "s[row] x", s -> contract(along(s, 0), s.real("x", "M"), "ab,b->a"));
        fires(summed, "x s[column]", s -> contract(s.real("x", "N"), along(s, 1), "a,ab->b"));
        not(summed, "A x", s -> contract(s.real("A", "N", "M"), s.real("x", "M"), "ab,b->a"));
        Rule repeated = new ProductOfRepeated();
        fires(repeated, "s[column] B", s -> contract(along(s, 1), s.real("B", "M", 4), "ab,bc->ac"));
        fires(repeated, "B s[row]", s -> contract(s.real("B", 4, "N"), along(s, 0), "ab,bc->ac"));
        fires(repeated, "(s[row] s[column]) B", s -> contract(both(s), s.real("B", "M", 4), "ab,bc->ac"));
        not(repeated, "A B", s -> contract(s.real("A", 2, "M"), s.real("B", "M", "N"), "ab,bc->ac"));
        not(repeated, "(A s[column]) B", s -> contract(full(s).times(along(s, 1)), s.real("B", "M", 4), "ab,bc->ac"));
        Rule order = new ProductOrder();
        fires(order, "x A", s -> contract(s.real("x", "N"), s.real("A", "N", "M"), "a,ab->b"));
        fires(order, "A x, numbered from 1", s -> contract(s.real("A", "N", "M"), s.real("x", "M"), "bc,c->b"));
        not(order, "A x", s -> contract(s.real("A", "N", "M"), s.real("x", "M"), "ab,b->a"));
        not(order, "A B", s -> contract(s.real("A", 2, "M"), s.real("B", "M", "N"), "ab,bc->ac"));
        Rule outer = new OuterProductIsPointwise();
        fires(outer, "x y'", s -> contract(s.real("x", "N"), s.real("y", "M"), "a,b->ab"));
        fires(outer, "y x'", s -> contract(s.real("x", "N"), s.real("y", "M"), "a,b->ba"));
        fires(outer, "rows scaled", s -> contract(s.real("A", "N", "M"), s.real("x", "N"), "ab,a->ba"));
        not(outer, "A x", s -> contract(s.real("A", "N", "M"), s.real("x", "M"), "ab,b->a"));
    }

    private void orders() {
        Rule rule = new ReassociateProducts();
        fires(rule, "(A B) x", s -> contract(square(s), s.real("x", "N"), "ab,b->a"));
        fires(rule, "x (A B)", s -> contract(s.real("x", "N"), square(s), "a,ab->b"));
        fires(rule, "(A B)[i, j] of different dims by x", s -> contract(oblong(s), s.real("x", "M"), "ab,b->a"));
        fires(rule, "A (B C), C with two columns", s -> contract(fixed(s), s.real("C", 4, 2), "ab,bc->ac"));
        fires(
                rule,
                "batches of (A B) x",
                s -> contract(
                        contract(s.real("A", 2, "N", "N"), s.real("B", 2, "N", "N"), "abc,acd->abd"),
                        s.real("x", 2, "N"),
                        "abc,ac->ab"));
        not(rule, "A (B x)", s -> contract(s.real("A", "N", "N"), product(s), "ab,b->a"));
        not(rule, "A B C, all square", s -> contract(square(s), s.real("C", "N", "N"), "ab,bc->ac"));
        not(rule, "A B C, of other dims", s -> contract(oblong(s), s.real("C", "M", "K"), "ab,bc->ac"));
        Rule gate = new GateBeforeRepeat();
        fires(gate, "exp(s[row])", s -> along(s, 0).apply(Elementary.EXP));
        fires(gate, "tanh(t[j])", s -> middle(s).apply(Elementary.TANH));
        not(gate, "exp(A)", s -> full(s).apply(Elementary.EXP));
        not(gate, "sqrt(s[row])", s -> along(s, 0).apply(Elementary.SQRT));
    }

    private static Term both(RuleSample s) {
        return along(s, 0).times(s.real("t", "M").broadcast(shape("N", "M"), List.of(1)));
    }

    private static Term square(RuleSample s) {
        return contract(s.real("A", "N", "N"), s.real("B", "N", "N"), "ab,bc->ac");
    }

    private static Term product(RuleSample s) {
        return contract(s.real("B", "N", "N"), s.real("x", "N"), "ab,b->a");
    }

    private static Term oblong(RuleSample s) {
        return contract(s.real("A", "N", "K"), s.real("B", "K", "M"), "ab,bc->ac");
    }

    private static Term fixed(RuleSample s) {
        return contract(s.real("A", 4, 4), s.real("B", 4, 4), "ab,bc->ac");
    }

    private static Term rows(RuleSample s) {
        return s.real("A", "N", "M").broadcast(shape("N", "M", 4), List.of(0, 1));
    }

    private static Term columns(RuleSample s) {
        return s.real("B", 4, "M").broadcast(shape("N", "M", 4), List.of(2, 1));
    }

    private static Term contract(Term left, Term right, String labels) {
        String[] parts = labels.split("->|,", -1);
        return left.make(
                Contraction.CONTRACT,
                new Contraction.Labels(letters(parts[0]), letters(parts[1]), letters(parts[2])),
                right);
    }

    private static List<Integer> letters(String labels) {
        return labels.chars().map(letter -> letter - 'a').boxed().toList();
    }
}
