package dev.gradc.runtime;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;

/**
 * The constants of kernels on vectors of integers: vectors themselves, each value in all lanes. Those of reals are numbers, put
 * into all lanes where they are used: HotSpot keeps them in registers so, and reads vectors from memory in every iteration.
 *
 * <p>A vector that passes from one compiled method to another is an object. HotSpot always inlines the module's own methods,
 * but others not where much has been inlined before or where they were compiled to much code by themselves, which is
 * decided anew in every run. So no method of a kernel takes or gives vectors: each is a loop from array to array that calls
 * nothing but the module, and kernels share what such loops leave in an array.
 */
final class Lanes {

    private Lanes() {}

    static LongVector all(long value) {
        return LongVector.broadcast(LongVector.SPECIES_PREFERRED, value);
    }

    static IntVector all(int value) {
        return IntVector.broadcast(IntVector.SPECIES_PREFERRED, value);
    }
}
