package dev.gradc.samples.gradbench;

import java.util.Map;
import java.util.function.Function;

/** The modules of all evals: by name, their functions by name. */
final class Modules {

    /** What each function makes of its input: an evaluation that can be repeated. */
    static final Map<String, Map<String, Function<Input, Evaluation<?>>>> ALL = Map.ofEntries(
            Map.entry("hello", HelloEval.FUNCTIONS),
            Map.entry("ba", BaEval.FUNCTIONS),
            Map.entry("det", DetEval.FUNCTIONS),
            Map.entry("gmm", GmmEval.FUNCTIONS),
            Map.entry("ht", HtEval.FUNCTIONS),
            Map.entry("kmeans", KMeansEval.FUNCTIONS),
            Map.entry("llsq", LlsqEval.FUNCTIONS),
            Map.entry("lse", LseEval.FUNCTIONS),
            Map.entry("lstm", LstmEval.FUNCTIONS),
            Map.entry("ode", OdeEval.FUNCTIONS),
            Map.entry("particle", ParticleEval.FUNCTIONS),
            Map.entry("saddle", SaddleEval.FUNCTIONS));

    private Modules() {}
}
