package dev.gradc.compiler.schedule;

/** Who makes vectors of a loop over lanes. */
public enum Vectors {
    /**
     * HotSpot, which finds them in small loops of plain Java: C2 (17) makes vectors of loops of up to 60 of its nodes
     * (LoopUnrollLimit) before it has removed the checks of indices, of which 15 are the loop's own.
     */
    FOUND(45, 8),

    /**
     * The generated code, which is written with the types of the module jdk.incubator.vector and does not run without it. Loops
     * may be larger, but vectors of larger ones have no registers: with 150 SABR is fastest (Zen 5; tried were 100 to 800).
     */
    WRITTEN(150, 1);

    /** The most nodes of a loop over lanes, see {@link Pieces#ARRAY}. */
    final int capacity;

    /** Sums or products of which vectors save as much time as the calls around them take, where there is no function. */
    final int least;

    Vectors(int capacity, int least) {
        this.capacity = capacity;
        this.least = least;
    }
}
