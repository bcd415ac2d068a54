package dev.gradc.runtime;

import static jdk.incubator.vector.DoubleVector.broadcast;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Powers, as exp(y log(x)) with a logarithm of twice as many digits, of which y makes an error of the whole (Muller, Elementary
 * Functions, 3rd ed., 2016, chapter 11). With x = 2^k (1 + f) and s = f/(2 + f) it is k log(2) + 2 s + 2/3 s^3 + s^5 P(s^2).
 * Each number of so many digits is a sum of two, the first of them the whole as one would round it; what is lost is found exactly,
 * of products by fma, of sums as Dekker does (Numer. Math. 18, 1971).
 */
final class VectorDoublePowers {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();

    private static final double ONE = (double) 1;
    private static final double TWO = (double) 2;
    private static final double LN_2 = (double) 0.6931471805599453;
    private static final double LN_2_REST = (double) (0.6931471805599453 - LN_2 + 2.319046813846299e-17);
    private static final double TWO_THIRDS = (double) (2.0 / 3);
    private static final double TWO_THIRDS_REST = (double) (2.0 / 3 - TWO_THIRDS + 3.700743415417188e-17);

    /** P, exact to 2^-53. */
    private static final double P0 = (double) 0.4;

    private static final double P1 = (double) 0.28571428571429364;
    private static final double P2 = (double) 0.22222222221656232;
    private static final double P3 = (double) 0.18181818335314404;
    private static final double P4 = (double) 0.15384594970895457;
    private static final double P5 = (double) 0.13334804238225345;
    private static final double P6 = (double) 0.11706248540922386;
    private static final double P7 = (double) 0.11723051028097753;

    private VectorDoublePowers() {}

    /**
     * x^y, within 2 ulp, to the beginning of {@code room}. Where x is not positive, or x or the value not normal, it is {@link
     * Math#pow}.
     */
    static void power(int n, double[] x, int xOffset, double[] y, int yOffset, double[] room) {
        LogLanes.split(n, x, xOffset, room);
        exponents(n, y, yOffset, room);
        if (!ExpLanes.expOfSum(n, room)) {
            for (int i = 0; i < n; i++) {
                if (Double.isNaN(room[i])) {
                    Rounding.store(Math.pow(x[xOffset + i], y[yOffset + i]), room, i);
                }
            }
        }
    }

    /** y (k log(2) + log(1 + f)), in place of k and f, which are one after the other in {@code room}; the rest is the second. */
    private static void exponents(int n, double[] y, int yOffset, double[] room) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector k = DoubleVector.fromArray(SPECIES, room, i);
            DoubleVector f = DoubleVector.fromArray(SPECIES, room, n + i);

            DoubleVector divisor = f.add(broadcast(SPECIES, TWO));
            DoubleVector divisorRest = f.sub(divisor.sub(broadcast(SPECIES, TWO)));
            DoubleVector inverse = broadcast(SPECIES, ONE).div(divisor);
            DoubleVector s = f.mul(inverse);
            DoubleVector sRest = divisor.neg().fma(s, f).sub(s.mul(divisorRest)).mul(inverse);

            DoubleVector z = s.mul(s);
            DoubleVector zRest = s.fma(s, z.neg()).add(s.add(s).mul(sRest));
            DoubleVector cube = s.mul(z);
            DoubleVector cubeRest = s.fma(z, cube.neg()).add(s.mul(zRest)).add(sRest.mul(z));
            DoubleVector third = cube.mul(broadcast(SPECIES, TWO_THIRDS));
            DoubleVector w = z.mul(z);
            DoubleVector even = broadcast(SPECIES, P6)
                    .fma(w, broadcast(SPECIES, P4))
                    .fma(w, broadcast(SPECIES, P2))
                    .fma(w, broadcast(SPECIES, P0));
            DoubleVector odd = broadcast(SPECIES, P7)
                    .fma(w, broadcast(SPECIES, P5))
                    .fma(w, broadcast(SPECIES, P3))
                    .fma(w, broadcast(SPECIES, P1));
            DoubleVector thirdRest = cube.fma(broadcast(SPECIES, TWO_THIRDS), third.neg())
                    .add(cube.mul(broadcast(SPECIES, TWO_THIRDS_REST)))
                    .add(cubeRest.mul(broadcast(SPECIES, TWO_THIRDS)))
                    .add(cube.mul(z).mul(odd.fma(z, even)));

            DoubleVector whole = k.mul(broadcast(SPECIES, LN_2));
            DoubleVector wholeRest =
                    k.fma(broadcast(SPECIES, LN_2), whole.neg()).add(k.mul(broadcast(SPECIES, LN_2_REST)));
            DoubleVector first = whole.add(s.add(s));
            DoubleVector firstRest = s.add(s).sub(first.sub(whole));
            DoubleVector second = first.add(third);
            DoubleVector rest = third.sub(second.sub(first))
                    .add(firstRest)
                    .add(wholeRest.add(sRest.add(sRest)).add(thirdRest));
            DoubleVector log = second.add(rest);
            DoubleVector logRest = rest.sub(log.sub(second));

            DoubleVector v = DoubleVector.fromArray(SPECIES, y, yOffset + i);
            DoubleVector exponent = v.mul(log);
            exponent.intoArray(room, i);
            v.fma(log, exponent.neg()).add(v.mul(logRest)).intoArray(room, n + i);
        }
    }
}
