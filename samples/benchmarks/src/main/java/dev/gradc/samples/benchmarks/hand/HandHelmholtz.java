package dev.gradc.samples.benchmarks.hand;

import dev.gradc.samples.benchmarks.Data;
import dev.gradc.samples.benchmarks.Peer;
import java.util.Map;

/**
 * The Helmholtz energy and its Hessian in closed form. With s = b'x, q = x'Ax, X the sum of x, and h(s) =
 * log((1 + (1 + √2) s) / (1 + (1 - √2) s)) / (√8 s), the energy is Σ x log x - X log(1 - s) - q h(s).
 */
public final class HandHelmholtz implements Peer {
    private static final double ROOT = Math.sqrt(2);

    private final double[] matrix;
    private final double[] b;
    private final double[] x;
    private final double[] product;
    private final double[] hessian;

    /** For the arrays {@code A}, {@code b} and {@code x}. */
    public HandHelmholtz(Data data) {
        matrix = data.doubles("A");
        b = data.doubles("b");
        x = data.doubles("x");
        product = new double[x.length];
        hessian = new double[x.length * x.length];
    }

    @Override
    public double evaluate() {
        int n = x.length;
        double s = 0;
        double q = 0;
        double amount = 0;
        double entropy = 0;
        for (int i = 0; i < n; i++) {
            double row = 0;
            for (int j = 0; j < n; j++) {
                row += matrix[i * n + j] * x[j];
            }
            product[i] = row;
            q += row * x[i];
            s += b[i] * x[i];
            amount += x[i];
            entropy += x[i] * Math.log(x[i]);
        }
        double above = 1 + (1 + ROOT) * s;
        double below = 1 + (1 - ROOT) * s;
        double h = Math.log(above / below) / (2 * ROOT * s);
        fillHessian(s, q, amount, h, above * below);
        return entropy - amount * Math.log1p(-s) - q * h;
    }

    /** With p = 1 + 2s - s^2: (s h)' = 1/p, so h' = (1/p - h)/s and h'' = ((2s - 2)/p^2 - 2 h')/s. */
    private void fillHessian(double s, double q, double amount, double h, double p) {
        int n = x.length;
        double free = 1 / (1 - s);
        double slope = (1 / p - h) / s;
        double curvature = ((2 * s - 2) / (p * p) - 2 * slope) / s;
        double both = amount * free * free - q * curvature;
        for (int i = 0; i < n; i++) {
            double one = b[i] * both + free - 2 * slope * product[i];
            double other = b[i] * free;
            for (int j = 0; j < n; j++) {
                hessian[i * n + j] = b[j] * one + other - 2 * slope * b[i] * product[j] - 2 * h * matrix[i * n + j];
            }
            hessian[i * n + i] += 1 / x[i];
        }
    }

    @Override
    public Map<String, double[]> results() {
        return Map.of("hessian", hessian);
    }
}
