package dev.gradc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DoubleSparseMatrixTest {

    private static final int[] ROWS = {1, 0, 1};
    private static final int[] COLUMNS = {2, 1, 2};

    private final DoubleSparseMatrix matrix = new DoubleSparseMatrix(2, 3);

    @Test
    void placesHoldWhileTheIntsThatTheyDependOnStay() {
        int[] ints = {4, 5};
        matrix.dependOn(0, ints);
        matrix.dependOn(1, 7);
        assertThat(matrix.isPlaced()).isFalse();
        matrix.place(ROWS, COLUMNS);
        assertThat(matrix.isPlaced()).isTrue();
        matrix.dependOn(0, new int[] {4, 5});
        matrix.dependOn(1, 7);
        assertThat(matrix.isPlaced()).isTrue();
        ints[1] = 6;
        matrix.dependOn(0, ints);
        assertThat(matrix.isPlaced()).isFalse();
        matrix.place(ROWS, COLUMNS);
        matrix.dependOn(1, 8);
        assertThat(matrix.isPlaced()).isFalse();
    }

    @Test
    void entriesWithTheSamePlaceAddUpInAnyOrder() {
        matrix.place(ROWS, COLUMNS);
        assertThat(matrix.fill(new double[] {10, 1, 20}).toDense()).containsExactly(0, 1, 0, 0, 0, 30);
        assertThat(matrix.fill(new double[] {1, 2, 3}).values()).containsExactly(2, 4);
    }

    @Test
    void assembledEntriesMoveWithTheirPlaces() {
        double[] values = {1, 2, 4};
        assertThat(matrix.assemble(ROWS, COLUMNS, values).toDense()).containsExactly(0, 2, 0, 0, 0, 5);
        int[] ordered = {0, 1, 1};
        assertThat(matrix.assemble(ordered, new int[] {0, 0, 2}, values).toDense())
                .containsExactly(1, 0, 0, 2, 0, 4);
        assertThat(matrix.assemble(ordered, new int[] {0, 1, 2}, values).toDense())
                .containsExactly(1, 0, 0, 0, 2, 4);
    }
}
