package dev.gradc.runtime;

import java.util.Arrays;

/**
 * Where the entries of a sparse matrix are, compressed by rows (CSR) and by columns (CSC), from coordinates in any order.
 * Coordinates that occur more than once are one entry. Within a row columns ascend, within a column rows do.
 */
public final class SparsePattern {

    private final int rows;
    private final int columns;
    private final int[] rowPointers;
    private final int[] columnIndices;
    private final int[] columnPointers;
    private final int[] rowIndices;

    /** For each coordinate the entry that it is, by rows. */
    private final int[] slots;

    /** For each entry by columns where it is by rows. */
    private final int[] byRows;

    private final boolean ordered;

    private SparsePattern(int rows, int columns, int[] rowOf, int[] columnOf) {
        this.rows = rows;
        this.columns = columns;
        int[] order = sorted(rowOf, rows, sorted(columnOf, columns, natural(rowOf.length)));
        this.slots = new int[rowOf.length];
        int count = number(rowOf, columnOf, order);
        this.rowPointers = new int[rows + 1];
        this.columnIndices = new int[count];
        for (int coordinate : order) {
            columnIndices[slots[coordinate]] = columnOf[coordinate];
            rowPointers[rowOf[coordinate] + 1] = slots[coordinate] + 1;
        }
        for (int row = 1; row <= rows; row++) {
            rowPointers[row] = Math.max(rowPointers[row], rowPointers[row - 1]);
        }
        this.ordered = count == slots.length && Arrays.equals(slots, natural(count));
        this.byRows = sorted(columnIndices, columns, natural(count));
        this.rowIndices = new int[count];
        this.columnPointers = new int[columns + 1];
        transpose();
    }

    /**
     * The pattern of a matrix.
     *
     * @param rowOf the row of each coordinate, from 0 to {@code rows} - 1
     * @param columnOf the column of each coordinate, from 0 to {@code columns} - 1
     */
    public static SparsePattern of(int rows, int columns, int[] rowOf, int[] columnOf) {
        Checks.range("rowOf", rowOf, rowOf.length, 0, rows - 1);
        Checks.range("columnOf", columnOf, rowOf.length, 0, columns - 1);
        return new SparsePattern(rows, columns, rowOf, columnOf);
    }

    private static int[] natural(int count) {
        int[] order = new int[count];
        Arrays.setAll(order, i -> i);
        return order;
    }

    /** {@code order} sorted by {@code key}, equal ones in the order they have. */
    private static int[] sorted(int[] key, int keys, int[] order) {
        int[] start = new int[keys + 1];
        for (int coordinate : order) {
            start[key[coordinate] + 1]++;
        }
        for (int k = 0; k < keys; k++) {
            start[k + 1] += start[k];
        }
        int[] result = new int[order.length];
        for (int coordinate : order) {
            result[start[key[coordinate]]++] = coordinate;
        }
        return result;
    }

    /** Numbers the entries in {@code order}; gives their count. */
    private int number(int[] rowOf, int[] columnOf, int[] order) {
        int last = -1;
        for (int i = 0; i < order.length; i++) {
            int coordinate = order[i];
            boolean isNew = i == 0
                    || rowOf[coordinate] != rowOf[order[i - 1]]
                    || columnOf[coordinate] != columnOf[order[i - 1]];
            last += isNew ? 1 : 0;
            slots[coordinate] = last;
        }
        return last + 1;
    }

    private void transpose() {
        int[] rowOfEntry = new int[columnIndices.length];
        for (int row = 0; row < rows; row++) {
            Arrays.fill(rowOfEntry, rowPointers[row], rowPointers[row + 1], row);
        }
        for (int i = 0; i < byRows.length; i++) {
            rowIndices[i] = rowOfEntry[byRows[i]];
            columnPointers[columnIndices[byRows[i]] + 1] = i + 1;
        }
        for (int column = 1; column <= columns; column++) {
            columnPointers[column] = Math.max(columnPointers[column], columnPointers[column - 1]);
        }
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    /** The number of columns. */
    public int columns() {
        return columns;
    }

    /** The number of entries. */
    public int entries() {
        return columnIndices.length;
    }

    /** Row i has the entries from {@code rowPointers[i]} on, up to {@code rowPointers[i + 1]}. */
    public int[] rowPointers() {
        return rowPointers;
    }

    /** The column of each entry, by rows. */
    public int[] columnIndices() {
        return columnIndices;
    }

    /** Column j has the entries from {@code columnPointers[j]} on, up to {@code columnPointers[j + 1]}. */
    public int[] columnPointers() {
        return columnPointers;
    }

    /** The row of each entry, by columns. */
    public int[] rowIndices() {
        return rowIndices;
    }

    /** For each entry by columns its number by rows. */
    public int[] byRows() {
        return byRows;
    }

    /** For each coordinate the number of its entry by rows. */
    int[] slots() {
        return slots;
    }

    /** Whether the coordinates are the entries in their order by rows. */
    boolean isOrdered() {
        return ordered;
    }
}
