package dev.gradc.compiler.gate;

import java.util.List;
import java.util.stream.Stream;

/** Every gate there is. A declared gate that is missing here fails a test. */
public final class Gates {

    /** By family, in the order of the reference page. */
    public static final List<Operation> ALL = Stream.of(
                    List.of(Leaf.VARIABLE, Leaf.CONSTANT, Leaf.EXTENT, Leaf.POSITION),
                    Arithmetic.ALL,
                    Elementary.ALL,
                    Special.ALL,
                    Logic.ALL,
                    Reductions.ALL,
                    Sequences.ALL,
                    LinearAlgebra.ALL,
                    List.of(
                            Contraction.CONTRACT,
                            View.VIEW,
                            Scatter.SCATTER,
                            Gather.GATHER,
                            Pack.PACK,
                            Custom.CUSTOM,
                            Scan.SCAN))
            .<Operation>flatMap(List::stream)
            .toList();

    private Gates() {}
}
