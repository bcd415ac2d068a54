package dev.gradc.compiler.rewrite;

import java.util.LinkedHashMap;
import java.util.Map;

/** For each rule the statements of a model whose class is another one without it. */
final class RuleModels {

    private static final String SCALARS = "param x, y : real; ";
    private static final String VECTORS = "param x, y : real; param v, w : real[N]; ";
    private static final String MATRICES = "param v : real[N]; param A : real[N, M]; param B : real[M, N]; ";

    /** Rules for derivatives only, with a derivative of x + y + z by x that they change. */
    private static final Map<String, String> LIMITS = Map.ofEntries(
            Map.entry("divide-self", "x / x"),
            Map.entry("cancel-divisor", "x * y / y"),
            Map.entry("cancel-dividend", "x / y / x"),
            Map.entry("cancel-quotient", "x / y * y"),
            Map.entry("cancel-quotient-of-product", "(x / y) * (z * y)"),
            Map.entry("cancel-quotients", "(x / y) * (y / z)"),
            Map.entry("subtract-what-is-added", "x - y - x"),
            Map.entry("divide-by-share", "x / (y / z) / z"),
            Map.entry("dividend-by-share", "x / (x / y)"),
            Map.entry("factor-by-share", "(x * z) / (x / y)"),
            Map.entry("cancel-factor", "x / (y * z) * z"));

    /** Name of the rule to statements over {@code x, y : real}, {@code v, w : real[N]} and {@code A, B : real[N, M]}. */
    static final Map<String, String> ALL = all();

    private RuleModels() {}

    /** The custom gate that the statements for a rule use; empty where they use none. */
    static String gate(String rule) {
        return LIMITS.containsKey(rule)
                ? "gate limit(x, y, z) { forward x + y + z; backward(g) g * (" + LIMITS.get(rule) + "), g, g; } "
                : "";
    }

    private static Map<String, String> all() {
        Map<String, String> models = new LinkedHashMap<>();
        scalars().forEach((rule, loss) -> models.put(rule, SCALARS + "loss = " + loss + ";"));
        LIMITS.keySet().forEach(rule -> models.put(rule, SCALARS + "loss = limit(sin(x), exp(y), cos(y));"));
        tensors(models);
        products(models);
        rows(models);
        return models;
    }

    private static Map<String, String> scalars() {
        Map<String, String> losses = new LinkedHashMap<>();
        losses.put("fold-constants", "x * exp(0.5) + y");
        losses.put("select-known", "if 1 < 2 then x else y");
        losses.put("multiply-one", "sin(x) * 1 + y");
        losses.put("multiply-minus-one", "sin(x) * -1 + y");
        losses.put("divide-one", "sin(x) / 1 + y");
        losses.put("divide-minus-one", "sin(x) / -1 + y");
        losses.put("negate-twice", "-(-sin(x)) * y");
        losses.put("subtract-zero", "sin(x) - 0");
        losses.put("add-zero", "sin(x) + 0");
        losses.put("zero-subtract", "0 - sin(x)");
        losses.put("double", "sin(x) + sin(x)");
        losses.put("add-negated", "sin(x) + -y");
        losses.put("subtract-negated", "sin(x) - -y");
        losses.put("negate-product", "-sin(x) * y");
        losses.put("negate-dividend", "-sin(x) / y");
        losses.put("negate-divisor", "sin(x) / -y");
        losses.put("negate-difference", "-(x - y)");
        losses.put("power-zero", "x + y^0");
        losses.put("power-one", "x + y^1");
        losses.put("square", "x + sin(y)^2");
        losses.put("cube", "x + sin(y)^3");
        losses.put("power-half", "x + y^0.5");
        losses.put("reciprocal", "x + y^-1");
        losses.put("fourth-power", "x + sin(y)^4");
        losses.put("inverse-square", "x + y^-2");
        losses.put("inverse-root", "x + y^-0.5");
        losses.put("root-of-square", "y + sqrt(sin(x)^2)");
        losses.put("log1p-difference", "log(1 - x) + y");
        losses.put("log-of-share", "log(exp(x) / y)");
        losses.put("common-factor", "sin(x) * y + y * cos(x)");
        losses.put("common-factor-difference", "y * sin(x) - cos(x) * y");
        losses.put("common-divisor", "sin(x) / y + cos(x) / y");
        losses.put("common-divisor-difference", "sin(x) / y - cos(x) / y");
        losses.put("select-then", "if x > y then (if x > y then sin(x) else exp(x)) else cos(y)");
        losses.put("select-else", "if x > y then sin(x) else (if x > y then exp(x) else cos(y))");
        losses.put("select-not", "if !(x > y) then sin(x) else y");
        losses.put("multiply-reciprocal", "sin(x) * (1 / y)");
        losses.put("sigmoid", "1 / (1 + exp(-x))");
        losses.put("sigmoid-difference", "1 / (1 + exp(x - y))");
        losses.put("tanh", "(exp(x) - exp(-x)) / (exp(x) + exp(-x))");
        losses.put("log1p", "log(1 + x)");
        losses.put("expm1", "exp(x) - 1");
        losses.put("softplus", "log1p(exp(x))");
        losses.put("log-sigmoid", "log(sigmoid(x))");
        losses.put("log-exp", "log(exp(x)) * y");
        losses.put("select-same", "if x > 0 then y else y");
        losses.put("double-half", "2 * (0.5 / sin(x))");
        losses.put("double-half-product", "2 * (sin(y) * (0.5 / sin(x)))");
        losses.put("merge-factors", "2 * (3 * sin(x))");
        losses.put("merge-divisor", "6 * sin(x) / 3 + exp(y) / 4");
        losses.put("square-of-difference", "(x - y)^2 * exp((y - x)^2)");
        losses.put("add-to-difference", "sin(x) + (sin(x) - y)");
        losses.put("subtract-twice", "sin(x) - y - y");
        losses.put("add-twice", "sin(x) + y + y");
        losses.putAll(choices());
        return losses;
    }

    private static Map<String, String> choices() {
        Map<String, String> losses = new LinkedHashMap<>();
        losses.put(
                "select-common-then",
                "if x > y then (if x > 0 then sin(x) else exp(x)) else (if x > 0 then sin(x) else cos(y))");
        losses.put(
                "select-common-else",
                "if x > y then (if x > 0 then exp(x) else sin(x)) else (if x > 0 then cos(y) else sin(x))");
        losses.put("add-to-then", "(if x > 0 then sin(x) else 0) + (if x > 0 then cos(y) else exp(y))");
        losses.put("add-to-else", "(if x > 0 then 0 else sin(x)) + (if x > 0 then cos(y) else exp(y))");
        losses.put("subtract-to-then", "(if x > 0 then sin(x) else 0) - (if x > 0 then cos(y) else exp(y))");
        losses.put("subtract-to-else", "(if x > 0 then 0 else sin(x)) - (if x > 0 then cos(y) else exp(y))");
        losses.put("subtract-then", "(if x > 0 then cos(y) else exp(y)) - (if x > 0 then sin(x) else 0)");
        losses.put("subtract-else", "(if x > 0 then cos(y) else exp(y)) - (if x > 0 then 0 else sin(x))");
        losses.put("add-then-else", "exp(y) + (if x > 0 then sin(x) else 0) + (if x > 0 then 0 else cos(x))");
        losses.put("add-else-then", "exp(y) + (if x > 0 then 0 else sin(x)) + (if x > 0 then cos(x) else 0)");
        losses.put("add-then-then", "exp(y) + (if x > 0 then sin(x) else 0) + (if x > 0 then cos(x) else 0)");
        losses.put("add-else-else", "exp(y) + (if x > 0 then 0 else sin(x)) + (if x > 0 then 0 else cos(x))");
        losses.put("select-factor", "if x > 0 then sin(x) * y else exp(x) * y");
        losses.put("select-negated", "if x > 0 then -sin(x) else -exp(x)");
        return losses;
    }

    private static void tensors(Map<String, String> models) {
        models.put("fold-view", MATRICES + "loss = sum(exp(A''));");
        models.put("drop-unit-axes", MATRICES + "loss = sum(exp(sum(A, axis = 1, keepdims = true) + expand(v, 1)));");
        models.put(
                "sum-of-picked", "param A : real[N, M]; input k : int[N] in 0..M-1; loss = sum(cross_entropy(A, k));");
        models.put(
                "pick-repeated",
                "param x : real; input k : int[N] in 0..M-1; let R[i in 0..N-1, j in 0..M-1] = x; loss = sum(pick(R, k));");
        models.put("view-of-part", VECTORS + "let c = concat([sin(v), cos(w)]); output c; loss = sum(exp(c[0:N]));");
        models.put(
                "pack-of-packs",
                VECTORS + "let c = concat([concat([sin(v), w]), cos(v)]); output c; loss = sum(exp(c));");
        models.put(
                "pack-instead-of-sum",
                MATRICES + "param Q : real[M, 2*N]; let Z = A @ Q; loss = sum(exp(Z[:, :N]) * Z[:, N:]);");
        models.put("gate-before-repeat", MATRICES + "loss = max(log(exp(A) / expand(2 * v^2, 1)));");
        models.put("divide-smaller-factor", MATRICES + "loss = sum(exp(A * expand(sin(v), 1) / expand(exp(v), 1)));");
        models.put(
                "pad-pointwise", VECTORS + "let c = w + x * pad(exp(v[1:]), [[1, 0]]); output c; loss = sum(sin(c));");
        models.put("pad-sum", MATRICES + "loss = sum(exp(v)) * sum(pad(exp(A), [[1, 2], [0, 1]]));");
        models.put("sum-sums", MATRICES + "loss = sum(sum(A, axis = 1));");
        models.put("sum-before-product", MATRICES + "loss = sum(exp(sum(A @ B, axis = 0)));");
        models.put("factor-out-of-sum", VECTORS + "loss = sum(x * v) + sum(w / y);");
        models.put("sum-broadcast", VECTORS + "loss = sum(exp(v) + x);");
    }

    /** Jacobians, whose rows are zero but in a few places. */
    private static void rows(Map<String, String> models) {
        String loss = " loss = sum(J^2);";
        models.put("scatter-nothing", MATRICES + "let J = jacobian(2 * v[1:], v) * 0 + 1;" + loss);
        models.put("scatter-scattered", MATRICES + "let J = jacobian(exp(v)[1:], v);" + loss);
        models.put("scatter-pointwise", MATRICES + "let J = jacobian(exp(v), v);" + loss);
        models.put("scatter-view", MATRICES + "let J = jacobian(exp(A)', A);" + loss);
        models.put("scatter-sum", MATRICES + "let J = jacobian(exp(A + expand(v, 1)), v);" + loss);
        models.put("scatter-product", MATRICES + "let J = jacobian(A @ B, A);" + loss);
        String hessian = VECTORS + "let J = hessian(sin(sum(v)) + sum(exp(v)) + cos(w @ v), v)";
        models.put("landing-last", hessian + ";" + loss);
        models.put("distribute-landing", hessian + " * expand(w, 1);" + loss);
    }

    private static void products(Map<String, String> models) {
        models.put("product-as-contraction", MATRICES + "let C[i, j] = sum[k] A[i, k] * B[k, j]; loss = sum(exp(C));");
        models.put("fold-transpose", MATRICES + "loss = sum(exp(B' @ A'));");
        models.put(
                "sum-instead-of-product", MATRICES + "let R[k in 0..M-1, j in 0..N-1] = v[j]; loss = sum(exp(A @ R));");
        models.put("product-order", MATRICES + "loss = sum(exp(v @ A));");
        models.put(
                "product-of-repeated",
                MATRICES + "param u : real[M]; let R[i, k] = v[i] * u[k]; loss = sum(exp(R @ B));");
        models.put("reassociate-products", "param A, B : real[N, N]; param v : real[N]; loss = sum(exp(A @ B @ v));");
        models.put("outer-product", MATRICES + "loss = sum(exp(B @ v));");
    }
}
