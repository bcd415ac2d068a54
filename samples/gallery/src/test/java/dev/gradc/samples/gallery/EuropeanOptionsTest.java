package dev.gradc.samples.gallery;

import static dev.gradc.samples.gallery.ModelAssert.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class EuropeanOptionsTest {

    private static final int N = 4;

    private final EuropeanOptions model = new EuropeanOptions(N);
    private final double[] strike = {40, 40, 110, 95};
    private final int[] call = {1, 0, 1, 0};
    private final double[] spot = {42, 42, 100, 100};
    private final double[] volatility = {0.2, 0.2, 0.35, 0.15};
    private final double[] expiry = {0.5, 0.5, 2, 0.1};
    private final double[] rate = {0.1, 0.1, -0.005, 0.03};
    private final double[] point = Stream.of(spot, volatility, expiry, rate)
            .flatMapToDouble(Arrays::stream)
            .toArray();

    @Test
    void gradientAgreesWithDifferencesAndNoCallAllocates() {
        new ModelAssert(
                        model,
                        p -> model.forward(strike, call, p),
                        p -> model.valueAndGradient(strike, call, p),
                        model::backward)
                .gradientAgreesAt(point)
                .allocatesNothingAt(point);
    }

    /** Example 15.6 of Hull, Options, Futures, and Other Derivatives, 9th edition: 4.76 and 0.81. */
    @Test
    void pricesAreThoseOfTheTextbook() {
        model.forward(strike, call, point);
        assertThat(model.prices()[0]).isCloseTo(4.76, Offset.offset(0.005));
        assertThat(model.prices()[1]).isCloseTo(0.81, Offset.offset(0.005));
    }

    /** The price is the discounted mean of what is paid; its slope by spot that of S'/S where it is paid. */
    @Test
    void pricesAndDeltasAreMeansOfPayments() {
        model.valueAndGradient(strike, call, point);
        double[] delta = new double[N];
        model.gradSpot(delta);
        for (int i = 0; i < N; i++) {
            int option = i;
            assertClose(model.prices()[i], mean(i, end -> end - strike[option]));
            assertClose(delta[i], mean(i, end -> end / spot[option]));
        }
    }

    /** The discounted mean of a payment, that of a put negative, given the spot at expiry, where the option is used. */
    private double mean(int i, DoubleUnaryOperator payment) {
        double drift = (rate[i] - volatility[i] * volatility[i] / 2) * expiry[i];
        double deviation = volatility[i] * Math.sqrt(expiry[i]);
        double atStrike = (Math.log(strike[i] / spot[i]) - drift) / deviation;
        double integral = Simpson.integral(
                z -> payment.applyAsDouble(spot[i] * Math.exp(drift + deviation * z)) * Math.exp(-z * z / 2),
                atStrike,
                call[i] == 1 ? 12 : -12);
        return Math.exp(-rate[i] * expiry[i]) * integral / Math.sqrt(2 * Math.PI);
    }
}
