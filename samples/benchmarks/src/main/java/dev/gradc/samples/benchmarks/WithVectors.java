package dev.gradc.samples.benchmarks;

import dev.gradc.samples.benchmarks.vectors.BlackScholes;
import dev.gradc.samples.benchmarks.vectors.Sabr;

/** The classes that are written with vectors, of the same models as those that {@link Generated} names itself. */
final class WithVectors {

    private WithVectors() {}

    static Peer blackScholes(Data data) {
        double[] strike = data.doubles("strike");
        int[] call = data.ints("call");
        BlackScholes model = new BlackScholes(strike.length);
        double[] parameters = Generated.parameters(data, model.layout());
        return Generated.finance(
                () -> model.valueAndGradient(strike, call, parameters), model, "prices", model::prices);
    }

    static Peer sabr(Data data) {
        double[] expiry = data.doubles("expiry");
        Sabr model = new Sabr(expiry.length);
        double[] parameters = Generated.parameters(data, model.layout());
        return Generated.finance(
                () -> model.valueAndGradient(expiry, parameters), model, "volatilities", model::volatilities);
    }
}
