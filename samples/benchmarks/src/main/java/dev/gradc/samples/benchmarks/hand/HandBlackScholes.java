package dev.gradc.samples.benchmarks.hand;

import dev.gradc.samples.benchmarks.Data;
import dev.gradc.samples.benchmarks.Peer;
import java.util.Map;

/** Black-Scholes prices with their Greeks in closed form, one loop over the options. */
public final class HandBlackScholes implements Peer {
    private final double[] strike;
    private final int[] call;
    private final double[] spot;
    private final double[] volatility;
    private final double[] expiry;
    private final double[] rate;
    private final double[] prices;
    private final double[] delta;
    private final double[] vega;
    private final double[] byExpiry;
    private final double[] rho;

    /** For the arrays of the model. */
    public HandBlackScholes(Data data) {
        strike = data.doubles("strike");
        call = data.ints("call");
        spot = data.doubles("spot");
        volatility = data.doubles("volatility");
        expiry = data.doubles("expiry");
        rate = data.doubles("rate");
        prices = new double[strike.length];
        delta = new double[strike.length];
        vega = new double[strike.length];
        byExpiry = new double[strike.length];
        rho = new double[strike.length];
    }

    @Override
    public double evaluate() {
        double sum = 0;
        for (int i = 0; i < strike.length; i++) {
            sum += option(i);
        }
        return sum;
    }

    /** With s = 1 for a call and -1 for a put: s (S N(s d1) - K exp(-r T) N(s d2)). */
    private double option(int i) {
        double sign = 2 * call[i] - 1;
        double t = expiry[i];
        double root = Math.sqrt(t);
        double deviation = volatility[i] * root;
        double d1 = (Math.log(spot[i] / strike[i]) + rate[i] * t) / deviation + 0.5 * deviation;
        double d2 = d1 - deviation;
        double exponential = Math.exp(-0.5 * d1 * d1);
        double density = exponential * 0.3989422804014327;
        double presentStrike = strike[i] * Math.exp(-rate[i] * t);
        double n1 = Normal.distribution(sign * d1, exponential);
        double n2 = Normal.distribution(sign * d2, Math.exp(-0.5 * d2 * d2));
        double price = sign * (spot[i] * n1 - presentStrike * n2);
        prices[i] = price;
        delta[i] = sign * n1;
        vega[i] = spot[i] * density * root;
        byExpiry[i] = 0.5 * spot[i] * density * volatility[i] / root + sign * rate[i] * presentStrike * n2;
        rho[i] = sign * t * presentStrike * n2;
        return price;
    }

    @Override
    public Map<String, double[]> results() {
        return Map.of("prices", prices, "spot", delta, "volatility", vega, "expiry", byExpiry, "rate", rho);
    }
}
