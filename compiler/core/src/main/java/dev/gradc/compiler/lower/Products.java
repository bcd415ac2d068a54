package dev.gradc.compiler.lower;

import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;

/** The product {@code @}: dot, matrix-vector, vector-matrix, matrix-matrix, and batches of those. */
final class Products {

    private final ExpressionLowering lowering;

    Products(ExpressionLowering lowering) {
        this.lowering = lowering;
    }

    /** As NumPy's {@code matmul}: the last axis of the left meets the last but one (or only) axis of the right. */
    Node product(Span leftSpan, Node leftAny, Span rightSpan, Node rightAny) {
        Node left = Conversions.toReal(lowering.graph(), leftAny);
        Node right = Conversions.toReal(lowering.graph(), rightAny);
        int leftRank = left.shape().rank();
        int rightRank = right.shape().rank();
        boolean fits = left.isReal() && right.isReal() && leftRank > 0 && rightRank > 0;
        int rightAxis = Math.max(0, rightRank - 2);
        fits = fits && left.shape().dim(leftRank - 1).equals(right.shape().dim(rightAxis)) && batchesFit(left, right);
        if (!fits) {
            throw lowering.report(LoweringDiagnostics.productMismatch(left.type(), leftSpan, right.type(), rightSpan));
        }
        return lowering.graph().make(Contraction.CONTRACT, labels(leftRank, rightRank), List.of(left, right));
    }

    private static boolean batchesFit(Node left, Node right) {
        int leftBatch = Math.max(0, left.shape().rank() - 2);
        int rightBatch = Math.max(0, right.shape().rank() - 2);
        if (leftBatch == 0 || rightBatch == 0) {
            return true;
        }
        return left.shape()
                .dims()
                .subList(0, leftBatch)
                .equals(right.shape().dims().subList(0, rightBatch));
    }

    private static Contraction.Labels labels(int leftRank, int rightRank) {
        int batch = Math.max(0, Math.max(leftRank, rightRank) - 2);
        int row = batch;
        int inner = batch + 1;
        int column = batch + 2;
        List<Integer> left = batchLabels(leftRank - 2);
        List<Integer> right = batchLabels(rightRank - 2);
        List<Integer> out = batchLabels(batch);
        if (leftRank > 1) {
            left.add(row);
            out.add(row);
        }
        left.add(inner);
        right.add(inner);
        if (rightRank > 1) {
            right.add(column);
            out.add(column);
        }
        return new Contraction.Labels(left, right, out);
    }

    private static List<Integer> batchLabels(int count) {
        List<Integer> labels = new ArrayList<>();
        for (int label = 0; label < count; label++) {
            labels.add(label);
        }
        return labels;
    }
}
