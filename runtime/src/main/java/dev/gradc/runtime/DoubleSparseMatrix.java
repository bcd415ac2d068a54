package dev.gradc.runtime;

import java.util.Arrays;

/**
 * A sparse matrix that a generated class fills: entries compressed by rows, or by columns on demand. The pattern stays as
 * it is while entries stay where they are; then no call allocates.
 */
public final class DoubleSparseMatrix {

    private final int rows;
    private final int columns;
    private int[] rowOf = {};
    private int[] columnOf = {};
    private SparsePattern pattern;
    private double[] values = {};
    private double[] valuesByColumns = {};

    /** A matrix without entries. */
    public DoubleSparseMatrix(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.pattern = SparsePattern.of(rows, columns, rowOf, columnOf);
    }

    /**
     * Takes new entries; those with the same place add up.
     *
     * @param newRowOf the row of each
     * @param newColumnOf the column of each
     * @param newValues the value of each
     * @return this
     */
    public DoubleSparseMatrix assemble(int[] newRowOf, int[] newColumnOf, double[] newValues) {
        if (!Arrays.equals(rowOf, newRowOf) || !Arrays.equals(columnOf, newColumnOf)) {
            pattern = SparsePattern.of(rows, columns, newRowOf, newColumnOf);
            rowOf = newRowOf.clone();
            columnOf = newColumnOf.clone();
            values = new double[pattern.entries()];
        }
        if (pattern.isOrdered()) {
            System.arraycopy(newValues, 0, values, 0, values.length);
            return this;
        }
        Arrays.fill(values, 0);
        int[] slots = pattern.slots();
        for (int i = 0; i < slots.length; i++) {
            values[slots[i]] += newValues[i];
        }
        return this;
    }

    /** Where the entries are, by rows and by columns. */
    public SparsePattern pattern() {
        return pattern;
    }

    /** The entries by rows, in the order of {@link SparsePattern#columnIndices}: the live array. */
    public double[] values() {
        return values;
    }

    /** The entries by columns, in the order of {@link SparsePattern#rowIndices}: an array that the next call overwrites. */
    public double[] valuesByColumns() {
        int[] byRows = pattern.byRows();
        if (valuesByColumns.length != byRows.length) {
            valuesByColumns = new double[byRows.length];
        }
        for (int i = 0; i < byRows.length; i++) {
            valuesByColumns[i] = values[byRows[i]];
        }
        return valuesByColumns;
    }

    /** This matrix times {@code x}, into {@code y}. */
    public void multiply(double[] x, double[] y) {
        Checks.length("x", x, columns, "[columns]");
        Checks.length("y", y, rows, "[rows]");
        int[] pointers = pattern.rowPointers();
        int[] indices = pattern.columnIndices();
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int i = pointers[row]; i < pointers[row + 1]; i++) {
                sum += values[i] * x[indices[i]];
            }
            y[row] = sum;
        }
    }

    /** All elements, row-major: a new array. */
    public double[] toDense() {
        double[] dense = new double[Math.multiplyExact(rows, columns)];
        int[] pointers = pattern.rowPointers();
        for (int row = 0; row < rows; row++) {
            for (int i = pointers[row]; i < pointers[row + 1]; i++) {
                dense[row * columns + pattern.columnIndices()[i]] = values[i];
            }
        }
        return dense;
    }
}
