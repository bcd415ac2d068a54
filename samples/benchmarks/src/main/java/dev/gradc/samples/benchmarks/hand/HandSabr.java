package dev.gradc.samples.benchmarks.hand;

import dev.gradc.samples.benchmarks.Data;
import dev.gradc.samples.benchmarks.Peer;
import java.util.Map;

/**
 * SABR volatilities (Hagan et al. 2002, equation 2.17) away from the money, with their adjoints by hand, in reverse: the
 * formula's parts first, then the adjoint of each part.
 */
public final class HandSabr implements Peer {
    private final double[] expiry;
    private final double[] forward;
    private final double[] strike;
    private final double[] alpha;
    private final double[] beta;
    private final double[] rho;
    private final double[] nu;
    private final double[] volatilities;
    private final double[] byForward;
    private final double[] byStrike;
    private final double[] byAlpha;
    private final double[] byBeta;
    private final double[] byRho;
    private final double[] byNu;

    /** For the arrays of the model. */
    public HandSabr(Data data) {
        expiry = data.doubles("expiry");
        forward = data.doubles("forward");
        strike = data.doubles("strike");
        alpha = data.doubles("alpha");
        beta = data.doubles("beta");
        rho = data.doubles("rho");
        nu = data.doubles("nu");
        int n = expiry.length;
        volatilities = new double[n];
        byForward = new double[n];
        byStrike = new double[n];
        byAlpha = new double[n];
        byBeta = new double[n];
        byRho = new double[n];
        byNu = new double[n];
    }

    @Override
    public double evaluate() {
        double sum = 0;
        for (int i = 0; i < expiry.length; i++) {
            sum += point(i);
        }
        return sum;
    }

    private double point(int i) {
        double a = alpha[i];
        double v = nu[i];
        double r = rho[i];
        double c = 1 - beta[i];
        double product = Math.log(forward[i] * strike[i]);
        double g = Math.exp(0.5 * c * product);
        double m = Math.log(forward[i] / strike[i]);
        double b = c * c;
        double ratio = a / g;
        double z = v * m / ratio;
        double root = Math.sqrt(1 - 2 * r * z + z * z);
        double argument = root + z - r;
        double x = Math.log(argument / (1 - r));
        double smile = z / x;
        double mixed = 0.25 * r * beta[i] * v;
        double drift = 1 + expiry[i] * (b / 24 * ratio * ratio + mixed * ratio + (2 - 3 * r * r) / 24 * v * v);
        double skew = 1 + b * m * m / 24 + b * b * m * m * m * m / 1920;
        double volatility = ratio * smile * drift / skew;

        double dDrift = volatility / drift * expiry[i];
        double dSkew = -volatility / skew;
        double dSmile = volatility / smile;
        double dX = -dSmile * smile / x;
        double dZ = dSmile / x + dX / root;
        double dRatio = volatility / ratio + dDrift * (b / 12 * ratio + mixed) - dZ * z / ratio;
        double dB = dDrift * ratio * ratio / 24 + dSkew * (m * m / 24 + b * m * m * m * m / 960);
        double dM = dSkew * (b * m / 12 + b * b * m * m * m / 480) + dZ * v / ratio;
        double dLogG = -dRatio * ratio;
        volatilities[i] = volatility;
        byForward[i] = (0.5 * c * dLogG + dM) / forward[i];
        byStrike[i] = (0.5 * c * dLogG - dM) / strike[i];
        byAlpha[i] = dRatio / g;
        byBeta[i] = dDrift * 0.25 * r * v * ratio - 0.5 * product * dLogG - 2 * c * dB;
        byRho[i] = dDrift * (0.25 * beta[i] * v * ratio - 0.25 * r * v * v)
                + dX * (1 / (1 - r) - (z / root + 1) / argument);
        byNu[i] = dDrift * (0.25 * r * beta[i] * ratio + (2 - 3 * r * r) / 12 * v) + dZ * m / ratio;
        return volatility;
    }

    @Override
    public Map<String, double[]> results() {
        return Map.of(
                "volatilities", volatilities,
                "forward", byForward,
                "strike", byStrike,
                "alpha", byAlpha,
                "beta", byBeta,
                "rho", byRho,
                "nu", byNu);
    }
}
