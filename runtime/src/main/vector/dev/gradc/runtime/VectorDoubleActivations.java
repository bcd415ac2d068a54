package dev.gradc.runtime;

import static jdk.incubator.vector.DoubleVector.broadcast;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** What neurons apply, from exp and its kin; {@code room} is for as many elements as there are. */
final class VectorDoubleActivations {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();

    private static final double ZERO = (double) 0;
    private static final double ONE = (double) 1;
    private static final double TWO = (double) 2;

    /** From here on, tanh is 1. */
    private static final double FAR = (double) 20;

    /** Below it, either side of 0, tanh is its argument: x^3/3 is lost by rounding. */
    private static final double TINY = (double) Math.sqrt(1.5 * Math.ulp((double) 1));

    private VectorDoubleActivations() {}

    /** 1/(1 + e) or e/(1 + e), e = exp(-|x|), within 2 ulp; the last step puts right what 1 + e loses by rounding. */
    static void sigmoid(int n, double[] x, int xOffset, double[] y, int yOffset, double[] room) {
        expOfMinusSize(n, x, xOffset, room);
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector e = DoubleVector.fromArray(SPECIES, room, i);
            VectorMask<Double> upper = DoubleVector.fromArray(SPECIES, x, xOffset + i)
                    .compare(VectorOperators.GE, broadcast(SPECIES, ZERO));
            DoubleVector sum = e.add(broadcast(SPECIES, ONE));
            DoubleVector lost = e.sub(sum.sub(broadcast(SPECIES, ONE)));
            DoubleVector value = e.blend(broadcast(SPECIES, ONE), upper).div(sum);
            DoubleVector slope = broadcast(SPECIES, ONE).sub(value).blend(value, upper);
            value.sub(value.mul(lost).mul(slope)).intoArray(y, yOffset + i);
        }
    }

    /** exp(-|x|), to the beginning of {@code room}. */
    private static void expOfMinusSize(int n, double[] x, int xOffset, double[] room) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            broadcast(SPECIES, ZERO).sub(v.abs()).intoArray(room, i);
        }
        ExpLanes.exp(n, room, 0, room, 0);
    }

    /** t/(t + 2), t = expm1(2|x|), with the sign of x, within 3 ulp. */
    static void tanh(int n, double[] x, int xOffset, double[] y, int yOffset, double[] room) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector size = DoubleVector.fromArray(SPECIES, x, xOffset + i).abs();
            DoubleVector near =
                    size.blend(broadcast(SPECIES, FAR), size.compare(VectorOperators.GT, broadcast(SPECIES, FAR)));
            near.add(near).intoArray(room, i);
        }
        ExpLanes.expm1(n, room, 0, room, 0);
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            DoubleVector t = DoubleVector.fromArray(SPECIES, room, i);
            DoubleVector value = t.div(t.add(broadcast(SPECIES, TWO)));
            value.blend(broadcast(SPECIES, ZERO).sub(value), v.compare(VectorOperators.LT, broadcast(SPECIES, ZERO)))
                    .blend(v, v.abs().compare(VectorOperators.LT, broadcast(SPECIES, TINY)))
                    .intoArray(y, yOffset + i);
        }
    }

    /** max(x, 0) + log1p(exp(-|x|)), within 2 ulp. */
    static void softplus(int n, double[] x, int xOffset, double[] y, int yOffset, double[] room) {
        expOfMinusSize(n, x, xOffset, room);
        LogLanes.log1p(n, room, 0, room, 0);
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            DoubleVector positive =
                    broadcast(SPECIES, ZERO).blend(v, v.compare(VectorOperators.GT, broadcast(SPECIES, ZERO)));
            DoubleVector.fromArray(SPECIES, room, i).add(positive).intoArray(y, yOffset + i);
        }
    }
}
