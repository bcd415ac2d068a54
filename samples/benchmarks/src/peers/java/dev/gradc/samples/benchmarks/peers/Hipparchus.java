package dev.gradc.samples.benchmarks.peers;

import dev.gradc.samples.benchmarks.Data;
import dev.gradc.samples.benchmarks.Evaluation;
import dev.gradc.samples.benchmarks.Library;
import dev.gradc.samples.benchmarks.Peer;
import dev.gradc.samples.benchmarks.Workload;
import java.util.Map;
import java.util.Optional;
import org.hipparchus.analysis.differentiation.DSFactory;
import org.hipparchus.analysis.differentiation.DerivativeStructure;
import org.hipparchus.analysis.differentiation.Gradient;

/** Hipparchus: forward mode, all directions at once ({@link Gradient}), and truncated series for second derivatives. */
public final class Hipparchus implements Library {
    @Override
    public String name() {
        return "Hipparchus";
    }

    @Override
    public Optional<Peer> peer(Workload workload, Data data) {
        return switch (workload) {
            case ROSENBROCK -> Optional.of(rosenbrock(data));
            case BLACK_SCHOLES -> Optional.of(new HipparchusFinance.BlackScholes(data));
            case SABR -> Optional.of(new HipparchusFinance.Sabr(data));
            case HELMHOLTZ_HESSIAN -> Optional.of(helmholtz(data));
            default -> Optional.empty();
        };
    }

    private static Peer rosenbrock(Data data) {
        double[] x = data.doubles("x");
        Gradient[] found = new Gradient[1];
        return new Evaluation(
                () -> {
                    found[0] = rosenbrock(x);
                    return found[0].getValue();
                },
                () -> Map.of("x", found[0].getGradient()));
    }

    private static Gradient rosenbrock(double[] x) {
        Gradient sum = Gradient.constant(x.length, 0);
        Gradient xi = Gradient.variable(x.length, 0, x[0]);
        for (int i = 0; i < x.length - 1; i++) {
            Gradient next = Gradient.variable(x.length, i + 1, x[i + 1]);
            Gradient valley = next.subtract(xi.square());
            Gradient rest = xi.negate().add(1);
            sum = sum.add(valley.square().multiply(100)).add(rest.square());
            xi = next;
        }
        return sum;
    }

    private static Peer helmholtz(Data data) {
        double[] matrix = data.doubles("A");
        double[] b = data.doubles("b");
        double[] x = data.doubles("x");
        int n = x.length;
        DSFactory factory = new DSFactory(n, 2);
        double[] hessian = new double[n * n];
        return new Evaluation(
                () -> {
                    DerivativeStructure energy = helmholtz(factory, matrix, b, x);
                    fillHessian(energy, hessian, n);
                    return energy.getValue();
                },
                () -> Map.of("hessian", hessian));
    }

    private static DerivativeStructure helmholtz(DSFactory factory, double[] matrix, double[] b, double[] values) {
        int n = values.length;
        DerivativeStructure[] x = new DerivativeStructure[n];
        DerivativeStructure s = factory.constant(0);
        for (int i = 0; i < n; i++) {
            x[i] = factory.variable(i, values[i]);
            s = s.add(x[i].multiply(b[i]));
        }
        DerivativeStructure free = s.negate().add(1);
        DerivativeStructure ideal = factory.constant(0);
        DerivativeStructure q = factory.constant(0);
        for (int i = 0; i < n; i++) {
            ideal = ideal.add(x[i].multiply(x[i].divide(free).log()));
            DerivativeStructure row = factory.constant(0);
            for (int j = 0; j < n; j++) {
                row = row.add(x[j].multiply(matrix[i * n + j]));
            }
            q = q.add(row.multiply(x[i]));
        }
        double root = Math.sqrt(2);
        DerivativeStructure ratio =
                s.multiply(1 + root).add(1).divide(s.multiply(1 - root).add(1));
        return ideal.subtract(q.divide(s.multiply(2 * root)).multiply(ratio.log()));
    }

    private static void fillHessian(DerivativeStructure energy, double[] hessian, int n) {
        int[] orders = new int[n];
        for (int i = 0; i < n; i++) {
            orders[i]++;
            for (int j = 0; j < n; j++) {
                orders[j]++;
                hessian[i * n + j] = energy.getPartialDerivative(orders);
                orders[j]--;
            }
            orders[i]--;
        }
    }
}
