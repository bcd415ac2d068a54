package dev.gradc.compiler;

import static dev.gradc.compiler.GateSample.shape;

import dev.gradc.compiler.gate.Axes;
import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.Custom;
import dev.gradc.compiler.gate.Elementary;
import dev.gradc.compiler.gate.Gather;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.gate.Reductions;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.gate.View;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Samples of the gates that are not pointwise and no kernels: leaves, reductions, products, layouts, custom gates. */
final class GateSamples {

    private static final Dim N = Dim.symbol("N");
    private static final Dim M = Dim.symbol("M");

    private GateSamples() {}

    static List<GateSample> all() {
        List<GateSample> samples = new ArrayList<>();
        leaves(samples);
        reductions(samples);
        contractions(samples);
        views(samples);
        gathers(samples);
        scatters(samples);
        samples.add(custom());
        for (boolean reversed : new boolean[] {false, true}) {
            samples.add(loop(reversed, false));
            samples.add(loop(reversed, true));
        }
        samples.addAll(PackSamples.all());
        samples.addAll(KernelSamples.all());
        return samples;
    }

    private static void leaves(List<GateSample> samples) {
        GateSample variable = new GateSample("variable");
        samples.add(variable.is(variable.real("N", 3)));
        GateSample constant = new GateSample("constant");
        samples.add(constant.is(constant.term(constant.real("N")).constant(2.5).node()));
        GateSample extent = new GateSample("extent");
        extent.real("N");
        samples.add(extent.is(Leaf.extent(extent.graph(), N)));
        GateSample position = new GateSample("position");
        position.real("N");
        samples.add(position.is(Leaf.position(position.graph(), 1, shape("N", 3, "M"))));
    }

    private static void reductions(List<GateSample> samples) {
        for (Reduction fold : List.of(
                Reductions.SUM,
                Reductions.PROD,
                Reductions.MAX,
                Reductions.MIN,
                Reductions.ARGMAX,
                Reductions.ARGMIN)) {
            samples.add(folded(fold, List.of(0), "M"));
            samples.add(folded(fold, List.of(1), "N", "M"));
            samples.add(folded(fold, List.of(0, 2), "N", 2, "M"));
            samples.add(folded(fold, List.of(1), 2, 3, 2));
            samples.add(folded(fold, List.of(0, 1), 1, "N", 20));
        }
        for (Reduction fold : List.of(Reductions.ANY, Reductions.ALL_OF)) {
            GateSample rows = new GateSample(fold + " of rows");
            rows.bool("M", "N");
            samples.add(rows.of(fold, new Axes(List.of(1))));
            GateSample all = new GateSample(fold + " of all");
            all.bool(2, 2);
            samples.add(all.of(fold, new Axes(List.of(0, 1))));
        }
        GateSample zeros = new GateSample("prod with none, one and two zeros");
        zeros.real("M", 3);
        samples.add(zeros.at(2, 3, 5, 0, 3, 5, 0, 0, 7)
                .of(Reductions.PROD, new Axes(List.of(1)))
                .differentiable(1));
    }

    private static GateSample folded(Reduction fold, List<Integer> axes, Object... dims) {
        GateSample sample = new GateSample(fold + " over " + axes + " of " + Arrays.toString(dims));
        sample.real(dims);
        return sample.of(fold, new Axes(axes));
    }

    private static void contractions(List<GateSample> samples) {
        samples.add(contracted("matrix product", new Object[] {"N", 5}, new Object[] {5, "M"}, "ab,bc->ac"));
        samples.add(contracted("A' B", new Object[] {"M", 17}, new Object[] {"M", "N"}, "ba,bc->ac"));
        samples.add(contracted("A B'", new Object[] {2, 20}, new Object[] {"M", 20}, "ab,cb->ac"));
        samples.add(contracted("batch", new Object[] {"N", "M", 3}, new Object[] {"N", 3, 2}, "abc,acd->abd"));
        samples.add(contracted("dot", new Object[] {"M"}, new Object[] {"M"}, "a,a->"));
        samples.add(contracted("outer", new Object[] {"M"}, new Object[] {"N"}, "a,b->ba"));
        samples.add(contracted("matrix and vector", new Object[] {"N", "M"}, new Object[] {"M"}, "ab,b->a"));
        samples.add(contracted("two summed", new Object[] {"N", 4, "M"}, new Object[] {"M", 2, 4}, "abc,cdb->ad"));
    }

    private static GateSample contracted(String name, Object[] left, Object[] right, String labels) {
        GateSample sample = new GateSample("contract, " + name);
        sample.real(left);
        sample.real(right);
        String[] parts = labels.split("->|,", -1);
        return sample.of(
                Contraction.CONTRACT, new Contraction.Labels(letters(parts[0]), letters(parts[1]), letters(parts[2])));
    }

    private static List<Integer> letters(String labels) {
        return labels.chars().map(letter -> letter - 'a').boxed().toList();
    }

    /** Index maps with the shape they read, which all of views, scatters and gathers take. */
    private static void views(List<GateSample> samples) {
        samples.add(view("transpose", IndexMap.permutation(shape("N", "M"), List.of(1, 0)), "N", "M"));
        samples.add(view("permutation", IndexMap.permutation(shape("N", 2, "M"), List.of(2, 0, 1)), "N", 2, "M"));
        samples.add(view("broadcast", IndexMap.broadcast(shape("N", 3, "M"), List.of(0, 2)), "N", "M"));
        samples.add(view("scalar", new IndexMap(List.of(), shape("N", "M"))));
        samples.add(view("slice", new IndexMap(List.of(Affine.strided(N, Dim.ONE, 0, 1)), shape("M")), 5));
        samples.add(view("step", new IndexMap(List.of(Affine.strided(Dim.ONE, Dim.of(2), 0, 1)), shape("M")), 7));
        Affine reversed = Affine.strided(M.minus(Dim.ONE), Dim.of(-1), 1, 2);
        samples.add(view("reversed", new IndexMap(List.of(Affine.axis(0, 2), reversed), shape("N", "M")), "N", "M"));
        samples.add(view(
                "diagonal", new IndexMap(List.of(Affine.axis(0, 1), Affine.axis(0, 1)), shape("M")), "M", "M"));
        samples.add(view("window", window(), 4));
        samples.add(view("small window", new IndexMap(window().sources(), shape(2, 3)), 4));
        Affine fixed = Affine.fixed(Dim.of(2), 1);
        samples.add(view("position", new IndexMap(List.of(Affine.axis(0, 1), fixed), shape("N")), "N", 3));
    }

    /** out[i, j] = in[i + j] over [N, M]. */
    private static IndexMap window() {
        return new IndexMap(List.of(new Affine(Dim.ZERO, List.of(Dim.ONE, Dim.ONE))), shape("N", "M"));
    }

    private static GateSample view(String name, IndexMap map, Object... dims) {
        GateSample sample = new GateSample("view, " + name);
        sample.real(dims);
        return sample.of(View.VIEW, map);
    }

    private static void gathers(List<GateSample> samples) {
        GateSample pick = new GateSample("gather, one a row");
        Node rows = pick.real("N", 3);
        samples.add(pick.is(Gather.pick(pick.graph(), rows, pick.whole(2, "N"))));
        for (Selected selected : Selected.all()) {
            GateSample sample = new GateSample("gather, " + selected.name());
            sample.real(selected.data());
            selected.indices(sample);
            samples.add(sample.of(Gather.GATHER, selected.selection()));
        }
        GateSample small = new GateSample("gather, small");
        small.real(2, 2);
        small.whole(1, 3, 2);
        List<Affine> sources = List.of(Affine.fixed(Dim.ZERO, 2), Affine.axis(1, 2));
        samples.add(small.of(Gather.GATHER, new Gather.Selection(new IndexMap(sources, shape(3, 2)), List.of(1, 0))));
    }

    private static void scatters(List<GateSample> samples) {
        GateSample plain = new GateSample("scatter, window");
        Node windows = plain.real("N", "M");
        samples.add(plain.is(Scatter.to(plain.term(windows), window(), shape(4)).node()));
        samples.add(parts());
        for (Selected selected : Selected.all()) {
            GateSample sample = new GateSample("scatter, " + selected.name());
            sample.real(selected.space());
            selected.indices(sample);
            samples.add(sample.of(Scatter.SCATTER, new Scatter.Target(selected.selection(), shape(selected.data()))));
        }
    }

    /** A tensor that one part covers, transposed, and what two more, one of them by ints, add to it. */
    private static GateSample parts() {
        GateSample sample = new GateSample("scatter, parts stored and added");
        List<Node> inputs = List.of(sample.real("M", 6), sample.real(4, "M"), sample.real(3), sample.whole(1, 3));
        List<Affine> shifted = List.of(Affine.strided(Dim.of(2), Dim.ONE, 0, 2), Affine.axis(1, 2));
        List<Affine> loaded = List.of(Affine.fixed(Dim.ONE, 1), Selected.none(1));
        IndexMap transposed = IndexMap.permutation(shape(6, "M"), List.of(1, 0));
        List<Scatter.Part> parts = List.of(
                new Scatter.Part(Gather.Selection.of(transposed), true),
                new Scatter.Part(Gather.Selection.of(new IndexMap(shifted, shape(4, "M"))), false),
                new Scatter.Part(new Gather.Selection(new IndexMap(loaded, shape(3)), List.of(3, 0)), false));
        Scatter.Target target = new Scatter.Target(parts, shape(6, "M"), false);
        return sample.is(sample.graph().make(Scatter.SCATTER, target, inputs));
    }

    /** What gathers and scatters have in common: data and the space of its indices, which are ints up to {@code last}. */
    private record Selected(
            String name, Object[] data, Object[] space, int last, List<Affine> map, List<Integer> loaded) {

        static List<Selected> all() {
            Object[] flat = {"N"};
            Object[] square = {"N", "M"};
            return List.of(
                    new Selected(
                            "rows",
                            new Object[] {5, "M"},
                            square,
                            4,
                            List.of(none(2), Affine.axis(1, 2)),
                            List.of(1, 0)),
                    new Selected("pairs", new Object[] {5, 4}, flat, 3, List.of(none(1), none(1)), List.of(1, 2)),
                    new Selected(
                            "one pair",
                            new Object[] {5, 4},
                            new Object[0],
                            3,
                            List.of(none(0), none(0)),
                            List.of(2, 1)),
                    new Selected(
                            "offset",
                            new Object[] {7},
                            square,
                            2,
                            List.of(new Affine(Dim.ONE, List.of(Dim.ONE, Dim.ONE))),
                            List.of(1)),
                    new Selected(
                            "columns",
                            new Object[] {"N", "M"},
                            new Object[] {"N", 20},
                            2,
                            List.of(Affine.axis(0, 2), none(2)),
                            List.of(0, 1)));
        }

        private static Affine none(int rank) {
            return Affine.fixed(Dim.ZERO, rank);
        }

        void indices(GateSample sample) {
            loaded.stream().filter(input -> input > 0).forEach(input -> sample.whole(last, space));
        }

        Gather.Selection selection() {
            return new Gather.Selection(new IndexMap(map, shape(space)), loaded);
        }
    }

    /** The last, or all, of h' = tanh(h * w) + x[t]. */
    private static GateSample loop(boolean reversed, boolean all) {
        GateSample sample =
                new GateSample((all ? "sequence" : "last") + " of a loop" + (reversed ? " from the end" : ""));
        Term x = sample.term(sample.real("N", 2));
        Term w = sample.term(sample.real(2));
        Dim step = Dim.symbol("t#0");
        Term state = sample.term(Leaf.variable(
                sample.graph(), Custom.placeholder("h") + "t#0", w.node().type()));
        IndexMap row = new IndexMap(List.of(Affine.fixed(step, 1), Affine.axis(0, 1)), shape(2));
        Term next = state.times(w).apply(Elementary.TANH).plus(x.view(row));
        Scan.Body loop =
                new Scan.Body("t#0", Dim.ZERO, N, reversed, List.of(state.node()), List.of(), List.of(next.node()));
        Scan.Closed closed = Scan.close(sample.graph(), loop, List.of(next.node()));
        List<Node> initial = List.of(w.node());
        Scan.Result result =
                all ? new Scan.Sequence(closed.body(), closed.results().get(0)) : new Scan.Final(closed.body(), 0);
        return sample.is(closed.result(sample.graph(), result, initial));
    }

    /** x^2 y with its derivative written by hand. */
    private static GateSample custom() {
        GateSample sample = new GateSample("custom");
        Term x = sample.term(sample.real("N"));
        Term y = sample.term(sample.real("N"));
        List<Node> parameters = new ArrayList<>();
        for (String name : List.of("x", "y", "g")) {
            parameters.add(Leaf.variable(
                    sample.graph(), Custom.placeholder(name), x.node().type()));
        }
        Term ownX = sample.term(parameters.get(0));
        Term ownY = sample.term(parameters.get(1));
        Term g = sample.term(parameters.get(2));
        Attribute rule = new Custom.Rule(
                "square_times",
                parameters.subList(0, 2),
                g.node(),
                List.of(
                        g.times(ownX).times(ownY).times(2).node(),
                        g.times(ownX).times(ownX).node()));
        return sample.is(x.times(x).times(y).make(Custom.CUSTOM, rule, x, y).node());
    }
}
