package dev.gradc.samples.benchmarks.hand;

import dev.gradc.samples.benchmarks.Data;
import dev.gradc.samples.benchmarks.Peer;
import java.util.Map;

/** The sum of the elements of A B times those of C, and its gradients C B' and A' C; B is copied to be transposed. */
public final class HandProducts implements Peer {
    private final Matrix a;
    private final Matrix b;
    private final Matrix c;
    private final Matrix product;
    private final Matrix transposedB;
    private final Matrix gradA;
    private final Matrix gradB;

    /** For the arrays {@code A}, {@code B} and {@code C}. */
    public HandProducts(Data data) {
        int n = data.extent("A", 0);
        int k = data.extent("A", 1);
        int m = data.extent("B", 1);
        a = Matrix.of(data.floats("A"), n, k);
        b = Matrix.of(data.floats("B"), k, m);
        c = Matrix.of(data.floats("C"), n, m);
        product = Matrix.zeros(n, m);
        transposedB = Matrix.zeros(m, k);
        gradA = Matrix.zeros(n, k);
        gradB = Matrix.zeros(k, m);
    }

    @Override
    public double evaluate() {
        product.clear();
        product.addProduct(a, b);
        transposedB.copy(b.transposed());
        gradA.clear();
        gradA.addProduct(c, transposedB);
        gradB.clear();
        gradB.addProduct(a.transposed(), c);
        double loss = 0;
        for (int i = 0; i < product.elements().length; i++) {
            loss += product.elements()[i] * c.elements()[i];
        }
        return loss;
    }

    @Override
    public Map<String, double[]> results() {
        return Map.of("A", Data.widened(gradA.elements()), "B", Data.widened(gradB.elements()));
    }
}
