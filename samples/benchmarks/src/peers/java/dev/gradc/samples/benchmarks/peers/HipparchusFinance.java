package dev.gradc.samples.benchmarks.peers;

import dev.gradc.samples.benchmarks.Data;
import dev.gradc.samples.benchmarks.Peer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.special.Erf;
import org.hipparchus.util.FastMath;

/** Formulas of finance on {@link Gradient}s, one element at a time, in as many directions as it has variables. */
final class HipparchusFinance {
    private HipparchusFinance() {}

    /** A formula over arrays of equal length. */
    private abstract static class Batch implements Peer {
        private final List<String> names;
        private final String output;
        private final double[][] variables;
        private final double[] values;
        private final double[][] gradients;
        private final Gradient[] point;

        Batch(Data data, String output, List<String> names) {
            this.names = names;
            this.output = output;
            variables = names.stream().map(data::doubles).toArray(double[][]::new);
            values = new double[variables[0].length];
            gradients = new double[variables.length][values.length];
            point = new Gradient[variables.length];
        }

        /** The formula of element i, given its variables in the order of their names. */
        abstract Gradient value(int i, Gradient[] variables);

        @Override
        public double evaluate() {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                for (int k = 0; k < point.length; k++) {
                    point[k] = Gradient.variable(point.length, k, variables[k][i]);
                }
                Gradient value = value(i, point);
                values[i] = value.getValue();
                for (int k = 0; k < point.length; k++) {
                    gradients[k][i] = value.getPartialDerivative(k);
                }
                sum += values[i];
            }
            return sum;
        }

        @Override
        public Map<String, double[]> results() {
            Map<String, double[]> results = new HashMap<>();
            results.put(output, values);
            for (int k = 0; k < gradients.length; k++) {
                results.put(names.get(k), Arrays.copyOf(gradients[k], values.length));
            }
            return results;
        }
    }

    /** Prices of European options. */
    static final class BlackScholes extends Batch {
        private final double[] strike;
        private final int[] call;

        BlackScholes(Data data) {
            super(data, "prices", List.of("spot", "volatility", "expiry", "rate"));
            strike = data.doubles("strike");
            call = data.ints("call");
        }

        @Override
        Gradient value(int i, Gradient[] variables) {
            Gradient spot = variables[0];
            Gradient expiry = variables[2];
            Gradient time = variables[3].multiply(expiry);
            Gradient deviation = variables[1].multiply(expiry.sqrt());
            Gradient d1 =
                    spot.divide(strike[i]).log().add(time).divide(deviation).add(deviation.multiply(0.5));
            Gradient d2 = d1.subtract(deviation);
            Gradient present = time.negate().exp().multiply(strike[i]);
            double sign = 2 * call[i] - 1;
            return spot.multiply(normal(d1.multiply(sign)))
                    .subtract(present.multiply(normal(d2.multiply(sign))))
                    .multiply(sign);
        }

        private static Gradient normal(Gradient d) {
            return Erf.erfc(d.multiply(-FastMath.sqrt(0.5))).multiply(0.5);
        }
    }

    /** Volatilities of the SABR model away from the money. */
    static final class Sabr extends Batch {
        private final double[] expiry;

        Sabr(Data data) {
            super(data, "volatilities", List.of("forward", "strike", "alpha", "beta", "rho", "nu"));
            expiry = data.doubles("expiry");
        }

        @Override
        Gradient value(int i, Gradient[] variables) {
            Gradient beta = variables[3];
            Gradient rho = variables[4];
            Gradient nu = variables[5];
            Gradient c = beta.negate().add(1);
            Gradient b = c.square();
            Gradient logForward = variables[0].log();
            Gradient logStrike = variables[1].log();
            Gradient ratio = variables[2].divide(
                    logForward.add(logStrike).multiply(c).multiply(0.5).exp());
            Gradient m = logForward.subtract(logStrike);
            Gradient z = nu.multiply(m).divide(ratio);
            Gradient root =
                    z.square().subtract(rho.multiply(z).multiply(2)).add(1).sqrt();
            Gradient x = root.add(z).subtract(rho).divide(rho.negate().add(1)).log();
            Gradient drift = b.multiply(ratio.square())
                    .divide(24)
                    .add(rho.multiply(beta).multiply(nu).multiply(ratio).multiply(0.25))
                    .add(rho.square().multiply(-3).add(2).multiply(nu.square()).divide(24))
                    .multiply(expiry[i])
                    .add(1);
            Gradient bm2 = b.multiply(m.square());
            Gradient skew = bm2.divide(24).add(bm2.square().divide(1920)).add(1);
            return ratio.multiply(z).multiply(drift).divide(x.multiply(skew));
        }
    }
}
