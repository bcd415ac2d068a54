package dev.gradc.compiler.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A contraction as a batch of matrix products: labels that stand together, in the same order wherever they are, count as
 * one. A is [batch, rows, inner] or [batch, inner, rows], B [batch, inner, columns] or [batch, columns, inner], the
 * result [batch, rows, columns].
 *
 * @param batch labels of A, B and the result
 * @param rows labels of A and the result
 * @param columns labels of B and the result
 * @param inner labels of A and B, which are summed over
 */
record ProductShape(
        List<Integer> batch,
        List<Integer> rows,
        List<Integer> columns,
        List<Integer> inner,
        boolean leftTransposed,
        boolean rightTransposed) {

    /** The product of operands with these labels; empty where it is none, or its labels lie in another order. */
    static Optional<ProductShape> of(List<Integer> left, List<Integer> right, List<Integer> out) {
        List<Integer> batch = select(out, label -> left.contains(label) && right.contains(label));
        List<Integer> rows = select(out, label -> left.contains(label) && !right.contains(label));
        List<Integer> columns = select(out, label -> !left.contains(label));
        List<Integer> inner = select(left, label -> !out.contains(label));
        boolean leftTransposed = !left.equals(joined(batch, rows, inner));
        boolean rightTransposed = !right.equals(joined(batch, inner, columns));
        boolean fits = !rows.isEmpty()
                && !inner.isEmpty()
                && out.equals(joined(batch, rows, columns))
                && (!leftTransposed || left.equals(joined(batch, inner, rows)))
                && (!rightTransposed || right.equals(joined(batch, columns, inner)));
        return fits
                ? Optional.of(new ProductShape(batch, rows, columns, inner, leftTransposed, rightTransposed))
                : Optional.empty();
    }

    private static List<Integer> select(List<Integer> labels, Predicate<Integer> wanted) {
        return labels.stream().filter(wanted).toList();
    }

    private static List<Integer> joined(List<Integer> first, List<Integer> second, List<Integer> third) {
        List<Integer> all = new ArrayList<>(first);
        all.addAll(second);
        all.addAll(third);
        return all;
    }
}
