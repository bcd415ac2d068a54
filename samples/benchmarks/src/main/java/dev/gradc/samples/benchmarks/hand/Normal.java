package dev.gradc.samples.benchmarks.hand;

/** The standard normal distribution. */
final class Normal {
    private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

    private Normal() {}

    /**
     * The distribution function, given exp(-x^2/2): by the rational approximation of Hart et al., Computer Approximations
     * (1968), number 5666, to about 15 digits, and in the far tail by a continued fraction (both as recommended by West,
     * Better approximations to cumulative normal functions, 2005).
     */
    static double distribution(double x, double exponential) {
        double y = Math.abs(x);
        double tail;
        if (y > 37) {
            tail = 0;
        } else if (y < 7.07106781186547) {
            tail = exponential * numerator(y) / denominator(y);
        } else {
            double fraction = y + 1 / (y + 2 / (y + 3 / (y + 4 / (y + 0.65))));
            tail = exponential / (fraction * ROOT_TWO_PI);
        }
        return x > 0 ? 1 - tail : tail;
    }

    private static double numerator(double y) {
        double sum = 3.52624965998911e-2 * y + 0.700383064443688;
        sum = sum * y + 6.37396220353165;
        sum = sum * y + 33.912866078383;
        sum = sum * y + 112.079291497871;
        sum = sum * y + 221.213596169931;
        return sum * y + 220.206867912376;
    }

    private static double denominator(double y) {
        double sum = 8.83883476483184e-2 * y + 1.75566716318264;
        sum = sum * y + 16.064177579207;
        sum = sum * y + 86.7807322029461;
        sum = sum * y + 296.564248779674;
        sum = sum * y + 637.333633378831;
        sum = sum * y + 793.826512519948;
        return sum * y + 440.413735824752;
    }
}
