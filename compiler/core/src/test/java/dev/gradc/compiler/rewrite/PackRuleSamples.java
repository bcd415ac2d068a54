package dev.gradc.compiler.rewrite;

import static dev.gradc.compiler.rewrite.RuleSample.shape;

import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Pack;
import dev.gradc.compiler.gate.Reductions;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Packs that rules look into, and such that they leave alone. */
final class PackRuleSamples {

    private static final Dim N = Dim.symbol("N");
    private static final Dim M = Dim.symbol("M");

    private final List<RuleSample> samples = new ArrayList<>();

    private PackRuleSamples() {}

    static List<RuleSample> all() {
        PackRuleSamples made = new PackRuleSamples();
        made.parts();
        made.nestedPacks();
        made.sums();
        made.linear();
        return made.samples;
    }

    private void fires(Rule rule, String form, Function<RuleSample, Term> expression) {
        samples.add(new RuleSample(rule, form, true, expression));
    }

    private void not(Rule rule, String form, Function<RuleSample, Term> expression) {
        samples.add(new RuleSample(rule, form, false, expression));
    }

    private void parts() {
        Rule rule = new ViewOfPart();
        fires(rule, "stack([x, y])[1]", s -> packed(s, true).view(row(Dim.ONE, "M")));
        fires(
                rule,
                "stack([x, y])[1, ::-1]",
                s -> packed(s, true)
                        .view(new IndexMap(
                                List.of(Affine.fixed(Dim.ONE, 1), Affine.strided(M.minus(Dim.ONE), Dim.of(-1), 0, 1)),
                                shape("M"))));
        fires(rule, "concat([x, y])[M:]", s -> packed(s, false).view(slice(M, "M")));
        fires(
                rule,
                "concat([x, y])[2 M - 1]",
                s -> packed(s, false)
                        .view(new IndexMap(
                                List.of(Affine.fixed(M.times(Dim.of(2)).minus(Dim.ONE), 0)), shape())));
        fires(rule, "pad(x, [[N, 1]])[N:N + M]", s -> padded(s).view(slice(Dim.symbol("N"), "M")));
        fires(
                rule,
                "[x, y, z][2]",
                s -> new Term(
                                s.graph(),
                                Pack.elements(
                                        s.graph(),
                                        shape(3),
                                        List.of(
                                                s.real("x").node(),
                                                s.real("y").node(),
                                                s.real("z").node())))
                        .view(new IndexMap(List.of(Affine.fixed(Dim.of(2), 0)), shape())));
        not(
                rule,
                "stack([x, y])[::-1, 0]",
                s -> packed(s, true)
                        .view(new IndexMap(
                                List.of(Affine.strided(Dim.ONE, Dim.of(-1), 0, 1), Affine.fixed(Dim.ZERO, 1)),
                                shape(2))));
        not(rule, "concat([x, y])[1:M + 1]", s -> packed(s, false).view(slice(Dim.ONE, "M")));
        not(
                rule,
                "concat([x, y])[N], N a dim of nothing here",
                s -> packed(s, false).view(new IndexMap(List.of(Affine.fixed(Dim.symbol("N"), 0)), shape())));
        not(rule, "pad(x, [[N, 1]])[:M]", s -> padded(s).view(slice(Dim.ZERO, "M")));
    }

    private void nestedPacks() {
        Rule rule = new PackOfPacks();
        fires(rule, "stack([concat([x, y]), -concat([x, y])])", s -> withNegated(s, packed(s, false)));
        fires(rule, "stack([stack([x, y]), -stack([x, y])])", s -> withNegated(s, packed(s, true)));
        fires(rule, "pad(pad(x))", s -> within(s, padded(s)));
        fires(rule, "pad(concat([x, y]))", s -> within(s, packed(s, false)));
        not(rule, "stack([pad(x), -pad(x)])", s -> withNegated(s, padded(s)));
    }

    private void sums() {
        Rule rule = new PackInsteadOfSum();
        fires(rule, "run(x, 0) + run(y, N)", s -> run(s, "x", Dim.ZERO, "N").plus(run(s, "y", N, "M")));
        fires(rule, "run(y, N) - run(x, 0)", s -> run(s, "y", N, "M").minus(run(s, "x", Dim.ZERO, "N")));
        fires(
                rule,
                "run(x, 0) - (run(y, N - 1) - run(z, N))",
                s -> run(s, "x", Dim.ZERO, N.minus(Dim.ONE))
                        .minus(run(s, "y", N.minus(Dim.ONE), 1).minus(run(s, "z", N, "M"))));
        not(rule, "run(x, 0) + run(y, 0)", s -> run(s, "x", Dim.ZERO, "N").plus(run(s, "y", Dim.ZERO, "M")));
        not(
                rule,
                "run(x, 0) + run(y, N + 1)",
                s -> run(s, "x", Dim.ZERO, "N").plus(run(s, "y", N.plus(Dim.ONE), M.minus(Dim.ONE))));
        not(rule, "run(x, 0) + y", s -> run(s, "x", Dim.ZERO, "N").plus(s.real("y", N.plus(M))));
    }

    private void linear() {
        Rule pointwise = PadRules.all().get(0);
        Dim length = N.plus(M).plus(Dim.ONE);
        fires(pointwise, "pad(x) * y", s -> padded(s).times(s.real("y", length)));
        fires(pointwise, "y * pad(x)", s -> s.real("y", length).times(padded(s)));
        fires(pointwise, "pad(x) / y", s -> padded(s).over(s.real("y", length)));
        fires(pointwise, "-pad(x)", s -> padded(s).negate());
        not(pointwise, "y / pad(x)", s -> s.real("y", length).over(padded(s)));
        not(pointwise, "pad(x) + y", s -> padded(s).plus(s.real("y", length)));
        not(pointwise, "concat([x, y]) * z", s -> packed(s, false).times(s.real("z", M.times(Dim.of(2)))));
        Rule sum = PadRules.all().get(1);
        fires(sum, "sum(pad(x))", s -> padded(s).reduce(Reductions.SUM, List.of(0)));
        not(sum, "sum(concat([x, y]))", s -> packed(s, false).reduce(Reductions.SUM, List.of(0)));
    }

    /** A new variable of {@code extent} elements at {@code start} of zeros, [N + M]. */
    private static Term run(RuleSample s, String name, Dim start, Object extent) {
        return Scatter.to(s.real(name, extent), slice(start, extent), Shape.of(N.plus(M)));
    }

    /** {@code stack([x, -x])}. */
    private static Term withNegated(RuleSample s, Term x) {
        List<Node> parts = List.of(x.node(), x.negate().node());
        return new Term(s.graph(), Pack.stacked(s.graph(), parts, 0));
    }

    /** {@code x} with a zero before it. */
    private static Term within(RuleSample s, Term x) {
        Dim extent = x.node().shape().dim(0);
        IndexMap map = new IndexMap(
                List.of(Affine.strided(Dim.ONE, Dim.ONE, 0, 1)), x.node().shape());
        return new Term(s.graph(), Pack.padded(s.graph(), Shape.of(extent.plus(Dim.ONE)), x.node(), map));
    }

    /** {@code stack([x, y])}, or {@code concat([x, y])}. */
    private static Term packed(RuleSample s, boolean stacked) {
        List<Node> parts = List.of(s.real("x", "M").node(), s.real("y", "M").node());
        return new Term(s.graph(), stacked ? Pack.stacked(s.graph(), parts, 0) : Pack.joined(s.graph(), parts, 0));
    }

    private static Term padded(RuleSample s) {
        Dim before = Dim.symbol("N");
        Shape shape = Shape.of(before.plus(M).plus(Dim.ONE));
        return new Term(
                s.graph(), Pack.padded(s.graph(), shape, s.real("x", "M").node(), slice(before, "M")));
    }

    private static IndexMap slice(Dim start, Object extent) {
        return new IndexMap(List.of(Affine.strided(start, Dim.ONE, 0, 1)), shape(extent));
    }

    private static IndexMap row(Dim row, Object extent) {
        return new IndexMap(List.of(Affine.fixed(row, 1), Affine.axis(0, 1)), shape(extent));
    }
}
