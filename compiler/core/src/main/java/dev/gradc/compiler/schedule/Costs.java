package dev.gradc.compiler.schedule;

import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What values cost in memory and in work. Extents are known at run time only; where costs are compared, each dim counts
 * as {@value #NOMINAL}.
 */
final class Costs {

    /** The work of a function such as exp, in arithmetic operations. */
    static final int CALL = 12;

    private static final int NOMINAL = 100;

    private Costs() {}

    /** {@code dim} where each of its symbols is {@value #NOMINAL}. */
    static double nominal(Dim dim) {
        double sum = 0;
        for (Map.Entry<List<String>, Long> term : dim.terms().entrySet()) {
            sum += term.getValue() * Math.pow(NOMINAL, term.getKey().size());
        }
        return sum / dim.denominator();
    }

    /** Elements of {@code node}, nominally. */
    static double elements(Node node) {
        return nominal(node.shape().size());
    }

    /** Bytes of one element of {@code node}, reals being doubles. */
    static int bytesPerElement(Node node) {
        return switch (node.type().element()) {
            case REAL -> Double.BYTES;
            case INT -> Integer.BYTES;
            case BOOL -> 1;
        };
    }

    /** The work of one element of an elementwise gate, in arithmetic operations. */
    static int perElement(Node node) {
        return node.gate() instanceof Pointwise gate && gate.isExpensive() ? CALL : 1;
    }

    /** Arithmetic operations of all {@code nodes}, nominally; of a runtime kernel at least one for each element it sees. */
    static double work(Collection<Node> nodes) {
        double sum = 0;
        Set<Scan.Body> loops = new HashSet<>();
        for (Node node : nodes) {
            if (!node.is(Scan.SCAN)) {
                sum += work(node);
            } else if (loops.add(Scan.body(node))) {
                Scan.Body body = Scan.body(node);
                sum += nominal(body.count()) * work(body.inside(body.next()));
            }
        }
        return sum;
    }

    /** Arithmetic operations of {@code node}, which is no recurrence. */
    static double work(Node node) {
        return switch (node.gate().kind()) {
            case LEAF, LAYOUT, SCAN -> 0;
            case POINTWISE, GATHER -> elements(node) * perElement(node);
            case CONTRACTION ->
                2
                        * nominal(Dim.product(Contraction.extents(Contraction.labels(node), node.inputs())
                                .values()));
            case REDUCTION, SCATTER, PACK -> ofInputs(node);
            case KERNEL, CUSTOM -> ofInputs(node) + elements(node);
        };
    }

    private static double ofInputs(Node node) {
        return node.inputs().stream().mapToDouble(Costs::elements).sum();
    }
}
