package dev.gradc.runtime;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The circular functions, from sine and cosine together; {@code room} is for twice as many elements as there are. */
final class VectorDoubleCircular {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();

    private VectorDoubleCircular() {}

    /** Within 1 ulp. */
    static void sin(int n, double[] x, int xOffset, double[] y, int yOffset, double[] room) {
        TrigonometricLanes.sinCos(n, x, xOffset, room);
        System.arraycopy(room, 0, y, yOffset, n);
    }

    /** Within 1 ulp. */
    static void cos(int n, double[] x, int xOffset, double[] y, int yOffset, double[] room) {
        TrigonometricLanes.sinCos(n, x, xOffset, room);
        System.arraycopy(room, n, y, yOffset, n);
    }

    /** Within 2 ulp. */
    static void tan(int n, double[] x, int xOffset, double[] y, int yOffset, double[] room) {
        TrigonometricLanes.sinCos(n, x, xOffset, room);
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector.fromArray(SPECIES, room, i)
                    .div(DoubleVector.fromArray(SPECIES, room, n + i))
                    .intoArray(y, yOffset + i);
        }
    }
}
