package dev.gradc.runtime;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;

/**
 * The constants of kernels on vectors: vectors themselves, each value in all lanes. HotSpot makes so many nodes of each
 * operation that after some 40 of them it inlines nothing but the methods of the JDK, and a vector that leaves a compiled
 * method becomes an object; so kernels call each other only at their beginnings, and have no helpers.
 */
final class Lanes {

    private Lanes() {}

    static DoubleVector all(double value) {
        return DoubleVector.broadcast(DoubleVector.SPECIES_PREFERRED, value);
    }

    static FloatVector all(float value) {
        return FloatVector.broadcast(FloatVector.SPECIES_PREFERRED, value);
    }

    static LongVector all(long value) {
        return LongVector.broadcast(LongVector.SPECIES_PREFERRED, value);
    }

    static IntVector all(int value) {
        return IntVector.broadcast(IntVector.SPECIES_PREFERRED, value);
    }
}
