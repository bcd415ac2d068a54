package dev.gradc.compiler.golden;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Small models, told apart by what the file says they are. */
final class ModelFamily {

    private static final String BLACK_SCHOLES = """
            d1 = (log(S / K) + (r + s**2 / 2) * t) / (s * sqrt(t))
            d2 = d1 - s * sqrt(t)
            out = S * N(d1) - K * exp(-r * t) * N(d2)""";

    private static final String GAUSSIAN_PROCESS = """
            d = (X[:, None, :] - X[None, :, :]) / exp(ls)
            G = exp(2 * la) * exp(-0.5 * sum(d**2, axis=2)) + exp(2 * ln_) * eye
            L = cholesky(G)
            u = solve_triangular(L, y, lower=True)
            out = 0.5 * sum(u**2) + sum(log(diag(L))) + 0.5 * n * log(2 * pi)""";

    private static final String TRANSFORMER = """
            a = layer_norm(x, g1, b1, 1e-5)
            h = x + attention(a @ Wq, a @ Wk, a @ Wv) @ Wo
            out = h + gelu(layer_norm(h, g1, b1, 1e-5) @ W1 + c1) @ W2 + c2""";

    private static final String CONVOLUTIONAL = """
            h = relu(conv2d(x, w1) + b1[:, None, None])
            p = max_pool2d(h, size=2, stride=2)
            out = mean(cross_entropy(reshape(p, (%d, -1)) @ w2 + b2, y))""";

    private static final Map<String, String> PROGRAMS = Map.of(
            "2-layer MLP, relu, mean softmax cross entropy", "mean(cross_entropy(relu(X @ W1 + b1) @ W2 + b2, y))",
            "3-layer tanh MLP, mean squared error", "mse(tanh(tanh(X @ W1) @ W2) @ W3, Y)",
            "S*N(d1)-K*exp(-r*t)*N(d2)", BLACK_SCHOLES,
            "RBF Gaussian process negative log marginal likelihood", GAUSSIAN_PROCESS,
            "pre-LN single-head block with gelu MLP (shared LN parameters)", TRANSFORMER);

    private static final Pattern REPEATED = Pattern.compile("(\\d+) times (\\w+) = (.*)");
    private static final Pattern UNROLLED = Pattern.compile("sum over (\\d+) steps of sum\\(h_t\\*\\*2\\)");

    private ModelFamily() {}

    static String program(GoldenCase example) {
        String formula = example.formula();
        Matcher repeated = REPEATED.matcher(formula);
        Matcher unrolled = UNROLLED.matcher(formula);
        if (PROGRAMS.containsKey(formula)) {
            return PROGRAMS.get(formula);
        } else if (formula.startsWith("conv3x3-relu-maxpool2-linear")) {
            return CONVOLUTIONAL.formatted(example.inputs().get("x").shape()[0]);
        } else if (repeated.matches()) {
            return (repeated.group(2) + " = " + repeated.group(3) + "\n").repeat(Integer.parseInt(repeated.group(1)));
        } else if (unrolled.matches()) {
            return recurrent(Integer.parseInt(unrolled.group(1)));
        }
        return Families.formula(example)
                .replaceAll("^mean CE\\((.*?)\\)", "mean(cross_entropy($1, y))")
                .replaceAll("^multiclass hinge\\((.*?)\\)", "mean(hinge_loss($1, y))");
    }

    private static String recurrent(int steps) {
        StringBuilder program = new StringBuilder("h = h0\n");
        StringBuilder total = new StringBuilder("out = 0");
        for (int step = 0; step < steps; step++) {
            String before = step == 0 ? "h" : "h_" + step;
            String after = "h_" + (step + 1);
            program.append(after)
                    .append(" = tanh(xs[")
                    .append(step)
                    .append("] @ Wx + ")
                    .append(before);
            program.append(" @ Wh + b)\n");
            total.append(" + sum(").append(after).append("**2)");
        }
        return program.append(total).toString();
    }
}
