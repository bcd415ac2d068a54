package dev.gradc.runtime;

/** Orders of the elements of rows, without boxing or allocation. */
public final class DoubleSorting {

    private static final int RUN = 8;

    private DoubleSorting() {}

    /**
     * order[rows, n], the indices 0 to n-1 within each row of x[rows, n] that put it into ascending order. Equal elements
     * keep their order, -0 and 0 being equal; NaN comes last. By bottom-up merges of short sorted runs (Knuth, The Art
     * of Computer Programming, volume 3, section 5.2.4).
     *
     * @param work n ints, overwritten
     */
    public static void argsort(int rows, int n, double[] x, int xOffset, int[] order, int orderOffset, int[] work) {
        for (int row = 0; row < rows; row++) {
            int values = xOffset + row * n;
            int at = orderOffset + row * n;
            int numbers = numbersFirst(n, x, values, order, at, work);
            sortRuns(numbers, x, values, order, at);
            mergeRuns(numbers, x, values, order, at, work);
        }
    }

    /** The indices of the numbers, then those of NaN; how many numbers there are. */
    private static int numbersFirst(int n, double[] x, int xOffset, int[] order, int orderOffset, int[] work) {
        int numbers = 0;
        for (int i = 0; i < n; i++) {
            if (Double.isNaN(x[xOffset + i])) {
                work[i - numbers] = i;
            } else {
                order[orderOffset + numbers++] = i;
            }
        }
        System.arraycopy(work, 0, order, orderOffset + numbers, n - numbers);
        return numbers;
    }

    private static void sortRuns(int n, double[] x, int xOffset, int[] order, int orderOffset) {
        for (int start = 0; start < n; start += RUN) {
            int end = Math.min(start + RUN, n);
            insertionSort(x, xOffset, order, orderOffset + start, orderOffset + end);
        }
    }

    private static void insertionSort(double[] x, int xOffset, int[] order, int start, int end) {
        for (int i = start + 1; i < end; i++) {
            int moved = order[i];
            double value = x[xOffset + moved];
            int j = i;
            for (; j > start && x[xOffset + order[j - 1]] > value; j--) {
                order[j] = order[j - 1];
            }
            order[j] = moved;
        }
    }

    /** Merges neighbouring runs of doubling length to and fro between both arrays. */
    private static void mergeRuns(int n, double[] x, int xOffset, int[] order, int orderOffset, int[] work) {
        boolean inOrder = true;
        for (long width = RUN; width < n; width *= 2) {
            if (inOrder) {
                mergePass(n, (int) width, x, xOffset, order, orderOffset, work, 0);
            } else {
                mergePass(n, (int) width, x, xOffset, work, 0, order, orderOffset);
            }
            inOrder = !inOrder;
        }
        if (!inOrder) {
            System.arraycopy(work, 0, order, orderOffset, n);
        }
    }

    private static void mergePass(
            int n, int width, double[] x, int xOffset, int[] from, int fromOffset, int[] to, int toOffset) {
        int start = 0;
        while (start < n) {
            int middle = start + Math.min(width, n - start);
            int end = middle + Math.min(width, n - middle);
            int source = fromOffset + start;
            if (middle == end || x[xOffset + from[fromOffset + middle - 1]] <= x[xOffset + from[fromOffset + middle]]) {
                System.arraycopy(from, source, to, toOffset + start, end - start);
            } else {
                merge(x, xOffset, from, source, fromOffset + middle, fromOffset + end, to, toOffset + start);
            }
            start = end;
        }
    }

    /** Merges the runs from {@code left} to {@code right} and from there to {@code end}; of equals, the left one first. */
    private static void merge(double[] x, int xOffset, int[] from, int left, int right, int end, int[] to, int target) {
        int middle = right;
        int at = target;
        while (left < middle && right < end) {
            boolean takeRight = x[xOffset + from[right]] < x[xOffset + from[left]];
            to[at++] = takeRight ? from[right++] : from[left++];
        }
        System.arraycopy(from, left, to, at, middle - left);
        System.arraycopy(from, right, to, at + middle - left, end - right);
    }
}
