package dev.gradc.compiler.rewrite;

import static dev.gradc.compiler.rewrite.RuleSample.shape;

import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Reductions;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tensors that are zero but in a few places, in gates that are linear in them. */
final class SparseRuleSamples {

    private static final Map<String, Rule> RULES =
            SparseRules.all().stream().collect(Collectors.toMap(Rule::name, rule -> rule));

    private final List<RuleSample> samples = new ArrayList<>();

    private SparseRuleSamples() {}

    static List<RuleSample> all() {
        SparseRuleSamples made = new SparseRuleSamples();
        made.smallParts();
        made.moved();
        made.elementwise();
        made.folded();
        return made.samples;
    }

    private void fires(String rule, String form, Function<RuleSample, Term> expression) {
        samples.add(new RuleSample(RULES.get(rule), form, true, expression));
    }

    private void not(String rule, String form, Function<RuleSample, Term> expression) {
        samples.add(new RuleSample(RULES.get(rule), form, false, expression));
    }

    /** Row 1 of [N, M] from x, [M]. */
    private static Term row(Term x) {
        return Scatter.to(
                x, new IndexMap(List.of(Affine.fixed(Dim.ONE, 1), Affine.axis(0, 1)), shape("M")), shape("N", "M"));
    }

    /** The diagonal of [M, M] from x, [M]. */
    private static Term diagonal(Term x) {
        return Scatter.to(x, new IndexMap(List.of(Affine.axis(0, 1), Affine.axis(0, 1)), shape("M")), shape("M", "M"));
    }

    /** Elements 1 and 2 of [5] from x, [2]. */
    private static Term run(Term x) {
        return Scatter.to(x, new IndexMap(List.of(Affine.strided(Dim.ONE, Dim.ONE, 0, 1)), shape(2)), shape(5));
    }

    private static IndexMap slice(int start, int extent) {
        return new IndexMap(List.of(Affine.strided(Dim.of(start), Dim.ONE, 0, 1)), shape(extent));
    }

    /** Such parts are a row, or a diagonal, of dims known at run time only: those count as 1000. */
    private void smallParts() {
        Rule last = new LandingLast();
        partFires(last, "(A + row(x)) - B", s -> withRow(s).minus(s.real("B", "N", "M")));
        partFires(last, "B - (A + row(x))", s -> s.real("B", "N", "M").minus(withRow(s)));
        partFires(
                last,
                "B + (row(x) - A)",
                s -> s.real("B", "N", "M").plus(row(s.real("x", "M")).minus(whole(s))));
        samples.add(new RuleSample(last, "A + row(x)", false, SparseRuleSamples::withRow));
        samples.add(new RuleSample(last, "A + B", false, s -> whole(s).plus(s.real("B", "N", "M"))));
        Rule distribute = new DistributeOverLanding();
        partFires(distribute, "sum(A + row(x))", s -> withRow(s).reduce(Reductions.SUM, List.of(0, 1)));
        partFires(
                distribute,
                "sum(row(x) - A)",
                s -> row(s.real("x", "M")).minus(whole(s)).reduce(Reductions.SUM, List.of(0, 1)));
        samples.add(new RuleSample(distribute, "sum(A)", false, s -> whole(s).reduce(Reductions.SUM, List.of(0, 1))));
    }

    private void partFires(Rule rule, String form, Function<RuleSample, Term> expression) {
        samples.add(new RuleSample(rule, form, true, expression));
    }

    private static Term whole(RuleSample s) {
        return s.real("A", "N", "M");
    }

    private static Term withRow(RuleSample s) {
        return whole(s).plus(row(s.real("x", "M")));
    }

    private void moved() {
        fires("scatter-nothing", "row(0)", s -> row(s.constant(0, "M")));
        not("scatter-nothing", "row(x)", s -> row(s.real("x", "M")));
        IndexMap upper =
                new IndexMap(List.of(Affine.axis(0, 2), Affine.axis(1, 2), Affine.fixed(Dim.ZERO, 2)), shape("N", "M"));
        fires(
                "scatter-scattered",
                "scatter(row(x))",
                s -> Scatter.to(row(s.real("x", "M")), upper, shape("N", "M", "K")));
        fires(
                "scatter-scattered",
                "scatter(row(x) + row(y))",
                s -> Scatter.to(row(s.real("x", "M")).plus(diagonalLike(s)), upper, shape("N", "M", "K")));
        IndexMap transpose = IndexMap.permutation(shape("N", "M"), List.of(1, 0));
        fires("scatter-view", "row(x)'", s -> row(s.real("x", "M")).view(transpose));
        fires("scatter-view", "run(x)[1:3]", s -> run(s.real("x", 2)).view(slice(1, 2)));
        fires("scatter-view", "run(x)[3:5]", s -> run(s.real("x", 2)).view(slice(3, 2)));
        not("scatter-view", "run(x)[2:5]", s -> run(s.real("x", 2)).view(slice(2, 3)));
        IndexMap first = new IndexMap(List.of(Affine.fixed(Dim.ZERO, 1), Affine.axis(0, 1)), shape("M"));
        fires("scatter-view", "row(x)[0, :]", s -> row(s.real("x", "M")).view(first));
        not("scatter-view", "diagonal(x)[0, :]", s -> diagonal(s.real("x", "M")).view(first));
        fires(
                "scatter-view",
                "diagonal(x) repeated",
                s -> diagonal(s.real("x", "M")).broadcast(shape("N", "M", "M"), List.of(1, 2)));
    }

    /** A scalar at [1, 0] of [N, M]. */
    private static Term diagonalLike(RuleSample s) {
        IndexMap place = new IndexMap(List.of(Affine.fixed(Dim.ONE, 0), Affine.fixed(Dim.ZERO, 0)), shape());
        return Scatter.to(s.real("y"), place, shape("N", "M"));
    }

    private void elementwise() {
        fires("scatter-pointwise", "row(x) * A", s -> row(s.real("x", "M")).times(s.real("A", "N", "M")));
        fires("scatter-pointwise", "A * diagonal(x)", s -> s.real("A", "M", "M").times(diagonal(s.real("x", "M"))));
        fires("scatter-pointwise", "row(x) / A", s -> row(s.real("x", "M")).over(s.real("A", "N", "M")));
        fires("scatter-pointwise", "-row(x)", s -> row(s.real("x", "M")).negate());
        fires("scatter-pointwise", "row(x) + row(y)", s -> row(s.real("x", "M")).plus(row(s.real("y", "M"))));
        fires(
                "scatter-pointwise",
                "(row(x) + place(y)) * A",
                s -> row(s.real("x", "M")).plus(diagonalLike(s)).times(s.real("A", "N", "M")));
        fires(
                "scatter-pointwise",
                "if A > 0 then row(x) else 0",
                s -> s.real("A", "N", "M")
                        .greater(s.constant(0, "N", "M"))
                        .select(row(s.real("x", "M")), s.constant(0, "N", "M")));
        not("scatter-pointwise", "A / row(x)", s -> s.real("A", "N", "M").over(row(s.real("x", "M"))));
        not("scatter-pointwise", "row(x) + A", s -> row(s.real("x", "M")).plus(s.real("A", "N", "M")));
    }

    private void folded() {
        fires("scatter-sum", "sum(row(x), 0)", s -> row(s.real("x", "M")).reduce(Reductions.SUM, List.of(0)));
        fires("scatter-sum", "sum(row(x), 1)", s -> row(s.real("x", "M")).reduce(Reductions.SUM, List.of(1)));
        fires("scatter-sum", "sum(diagonal(x))", s -> diagonal(s.real("x", "M")).reduce(Reductions.SUM, List.of(0, 1)));
        not("scatter-sum", "sum(A)", s -> s.real("A", "N", "M").reduce(Reductions.SUM, List.of(0)));
        Contraction.Labels matrices = new Contraction.Labels(List.of(0, 1), List.of(1, 2), List.of(0, 2));
        fires(
                "scatter-product",
                "row(x) @ B",
                s -> row(s.real("x", "M")).make(Contraction.CONTRACT, matrices, s.real("B", "M", "K")));
        fires(
                "scatter-product",
                "diagonal(x) @ B",
                s -> diagonal(s.real("x", "M")).make(Contraction.CONTRACT, matrices, s.real("B", "M", "K")));
        fires(
                "scatter-product",
                "B @ row(x)",
                s -> s.real("B", "K", "N").make(Contraction.CONTRACT, matrices, row(s.real("x", "M"))));
    }
}
