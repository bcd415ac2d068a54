package dev.gradc.compiler;

import static dev.gradc.compiler.GateSample.shape;

import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Pack;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.List;

/** Samples of tensors put together from parts. */
final class PackSamples {

    private static final Dim N = Dim.symbol("N");
    private static final Dim M = Dim.symbol("M");

    private PackSamples() {}

    static List<GateSample> all() {
        List<GateSample> samples = new ArrayList<>();
        GateSample elements = new GateSample("pack, elements");
        for (int i = 0; i < 20; i++) {
            elements.real();
        }
        samples.add(elements.is(Pack.elements(elements.graph(), shape(10, 2), elements.reals())));
        GateSample joined = new GateSample("pack, joined");
        joined.real("N", "M", 2);
        joined.real("N", 4, 2);
        joined.real("N", "N", 2);
        samples.add(joined.is(Pack.joined(joined.graph(), joined.reals(), 1)));
        GateSample stacked = new GateSample("pack, stacked");
        Term left = stacked.term(stacked.real("N", "M"));
        Term right = stacked.term(stacked.real("N", "M"));
        List<Node> computed =
                List.of(left.times(right).node(), left.node(), right.negate().node());
        samples.add(stacked.is(Pack.stacked(stacked.graph(), computed, 1)));
        GateSample small = new GateSample("pack, small");
        small.real(2, 2);
        small.real(2, 1);
        samples.add(small.is(Pack.joined(small.graph(), small.reals(), 1)));
        samples.add(padded());
        samples.add(blocks());
        return samples;
    }

    /** Two blocks side by side in a matrix of M rows and N + 4 columns, which lies flat. */
    private static GateSample blocks() {
        GateSample sample = new GateSample("pack, blocks of a flat matrix");
        Dim columns = N.plus(Dim.of(4));
        sample.real("N", "M");
        sample.real("M", 4);
        Affine transposed = new Affine(Dim.ZERO, List.of(Dim.ONE, columns));
        Affine behind = new Affine(N, List.of(columns, Dim.ONE));
        List<IndexMap> maps = List.of(
                new IndexMap(List.of(transposed), shape("N", "M")), new IndexMap(List.of(behind), shape("M", 4)));
        Shape flat = Shape.of(M.times(columns));
        return sample.is(Pack.placed(sample.graph(), flat, sample.reals(), maps));
    }

    private static GateSample padded() {
        GateSample sample = new GateSample("pack, padded");
        Node inner = sample.real("N", 3);
        IndexMap shifted = new IndexMap(
                List.of(Affine.strided(Dim.ONE, Dim.ONE, 0, 2), Affine.strided(M, Dim.ONE, 1, 2)), shape("N", 3));
        Shape outer = Shape.of(N.plus(Dim.of(2)), M.plus(Dim.of(4)));
        return sample.is(Pack.padded(sample.graph(), outer, inner, shifted));
    }
}
