package dev.gradc.samples.benchmarks.peers;

import com.opengamma.strata.basics.value.ValueDerivatives;
import com.opengamma.strata.pricer.impl.option.BlackFormulaRepository;
import com.opengamma.strata.pricer.impl.volatility.smile.SabrHaganVolatilityFunctionProvider;
import dev.gradc.samples.benchmarks.Data;
import dev.gradc.samples.benchmarks.Evaluation;
import dev.gradc.samples.benchmarks.Library;
import dev.gradc.samples.benchmarks.Peer;
import dev.gradc.samples.benchmarks.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** OpenGamma Strata's adjoints, which are written by hand. */
public final class Strata implements Library {
    @Override
    public String name() {
        return "Strata";
    }

    @Override
    public Optional<Peer> peer(Workload workload, Data data) {
        return switch (workload) {
            case BLACK_SCHOLES -> Optional.of(blackScholes(data));
            case SABR -> Optional.of(sabr(data));
            default -> Optional.empty();
        };
    }

    /** Black's formula on the forward, brought back to spot and rate by the chain rule. */
    private static Peer blackScholes(Data data) {
        double[] strike = data.doubles("strike");
        int[] call = data.ints("call");
        double[] spot = data.doubles("spot");
        double[] volatility = data.doubles("volatility");
        double[] expiry = data.doubles("expiry");
        double[] rate = data.doubles("rate");
        double[][] results = new double[5][strike.length];
        return new Evaluation(
                () -> {
                    double sum = 0;
                    for (int i = 0; i < strike.length; i++) {
                        double t = expiry[i];
                        double discount = Math.exp(-rate[i] * t);
                        double forward = spot[i] / discount;
                        ValueDerivatives black =
                                BlackFormulaRepository.priceAdjoint(forward, strike[i], t, volatility[i], call[i] == 1);
                        double price = discount * black.getValue();
                        double delta = black.getDerivative(0);
                        double byTime = spot[i] * delta - price;
                        results[0][i] = price;
                        results[1][i] = delta;
                        results[2][i] = discount * black.getDerivative(3);
                        results[3][i] = discount * black.getDerivative(2) + rate[i] * byTime;
                        results[4][i] = t * byTime;
                        sum += price;
                    }
                    return sum;
                },
                () -> named(List.of("prices", "spot", "volatility", "expiry", "rate"), results));
    }

    private static Peer sabr(Data data) {
        List<String> names = List.of("forward", "strike", "alpha", "beta", "rho", "nu");
        double[] expiry = data.doubles("expiry");
        double[][] x = names.stream().map(data::doubles).toArray(double[][]::new);
        double[] volatilities = new double[expiry.length];
        double[][] gradients = new double[names.size()][expiry.length];
        return new Evaluation(
                () -> {
                    double sum = 0;
                    for (int i = 0; i < expiry.length; i++) {
                        ValueDerivatives adjoint = SabrHaganVolatilityFunctionProvider.DEFAULT.volatilityAdjoint(
                                x[0][i], x[1][i], expiry[i], x[2][i], x[3][i], x[4][i], x[5][i]);
                        for (int k = 0; k < gradients.length; k++) {
                            gradients[k][i] = adjoint.getDerivative(k);
                        }
                        volatilities[i] = adjoint.getValue();
                        sum += volatilities[i];
                    }
                    return sum;
                },
                () -> {
                    Map<String, double[]> results = named(names, gradients);
                    results.put("volatilities", volatilities);
                    return results;
                });
    }

    private static Map<String, double[]> named(List<String> names, double[][] arrays) {
        Map<String, double[]> results = new HashMap<>();
        for (int k = 0; k < arrays.length; k++) {
            results.put(names.get(k), arrays[k]);
        }
        return results;
    }
}
