package dev.gradc.compiler.cost;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.Elementary;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * What values cost in memory and in work. Extents are known at run time only; where costs are compared, each dim counts
 * as {@value #NOMINAL}.
 */
public final class Costs {

    /** The work of a function such as exp, in arithmetic operations. */
    public static final int CALL = 12;

    /** How many sums or products a division or a square root takes as long as. */
    private static final int DIVISION = 4;

    /** The largest of two reals, which is to know NaN and the zeros apart. */
    private static final int CHOICE = 2;

    private static final int NOMINAL = 100;

    private Costs() {}

    /** {@code dim} where each of its symbols is {@value #NOMINAL}. */
    public static double nominal(Dim dim) {
        return dim.typical(NOMINAL);
    }

    /** Elements of {@code node}, nominally. */
    public static double elements(Node node) {
        return node.shape().isScalar() ? 1 : node.shape().size().typical(NOMINAL);
    }

    /** Bytes of one element of {@code node}, reals being doubles. */
    public static int bytesPerElement(Node node) {
        return switch (node.type().element()) {
            case REAL -> Double.BYTES;
            case INT -> Integer.BYTES;
            case BOOL -> 1;
        };
    }

    /** The work of one element of an elementwise gate, in arithmetic operations. */
    public static int perElement(Node node) {
        return node.gate() instanceof Pointwise gate && gate.isExpensive() ? CALL : 1;
    }

    /** How long one element of an elementwise gate takes, in sums or products. */
    public static int duration(Node node) {
        if (node.is(Arithmetic.DIVIDE) || node.is(Elementary.SQRT)) {
            return DIVISION;
        }
        boolean isChoice = node.is(Arithmetic.MAX) || node.is(Arithmetic.MIN);
        return isChoice ? CHOICE : perElement(node);
    }

    /** Arithmetic operations of all {@code nodes}, nominally; of a runtime kernel at least one for each element it sees. */
    public static double work(Collection<Node> nodes) {
        double sum = 0;
        Set<Scan.Body> loops = new HashSet<>();
        for (Node node : nodes) {
            if (!node.is(Scan.SCAN)) {
                sum += work(node);
            } else if (loops.add(Scan.body(node))) {
                Scan.Body body = Scan.body(node);
                sum += body.count().typical(NOMINAL) * work(body.inside(body.next()));
            }
        }
        return sum;
    }

    /** Arithmetic operations of {@code node}, which is no recurrence. */
    public static double work(Node node) {
        return switch (node.gate().kind()) {
            case LEAF, LAYOUT, SCAN -> 0;
            case POINTWISE, GATHER -> elements(node) * perElement(node);
            case CONTRACTION ->
                2
                        * Dim.product(Contraction.extents(Contraction.labels(node), node.inputs())
                                        .values())
                                .typical(NOMINAL);
            case REDUCTION, SCATTER, PACK -> ofInputs(node);
            case KERNEL, CUSTOM -> ofInputs(node) + elements(node);
        };
    }

    /**
     * Whether {@code node} costs about an arithmetic operation an element, given its inputs: elementwise gates without
     * function calls, and elements moved. Others are not worth computing twice.
     */
    public static boolean isCheap(Node node) {
        return switch (node.gate().kind()) {
            case LAYOUT, GATHER, SCATTER -> true;
            case POINTWISE -> !((Pointwise) node.gate()).isExpensive();
            case LEAF, REDUCTION, CONTRACTION, KERNEL, SCAN, CUSTOM, PACK -> false;
        };
    }

    private static double ofInputs(Node node) {
        return node.inputs().stream().mapToDouble(Costs::elements).sum();
    }
}
