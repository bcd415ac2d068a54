package dev.gradc.runtime;

/** Running sums along one axis of a tensor. */
public final class DoubleCumulative {

    private DoubleCumulative() {}

    /**
     * y[outer, n, inner], the running sums of x[outer, n, inner] along its middle axis, each including its own element.
     * y may be the very region of x, but must not overlap it otherwise.
     *
     * @param reverse whether the sums run from the last element to the first
     */
    public static void sum(
            int outer, int n, int inner, boolean reverse, double[] x, int xOffset, double[] y, int yOffset) {
        if (n == 0 || inner == 0) {
            return;
        }
        int first = reverse ? (n - 1) * inner : 0;
        int step = reverse ? -inner : inner;
        for (int index = 0; index < outer; index++) {
            int start = index * n * inner + first;
            if (inner == 1) {
                sumLine(n, step, x, xOffset + start, y, yOffset + start);
            } else {
                sumRows(n, inner, step, x, xOffset + start, y, yOffset + start);
            }
        }
    }

    private static void sumLine(int n, int step, double[] x, int xOffset, double[] y, int yOffset) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += x[xOffset + i * step];
            y[yOffset + i * step] = sum;
        }
    }

    private static void sumRows(int n, int inner, int step, double[] x, int xOffset, double[] y, int yOffset) {
        System.arraycopy(x, xOffset, y, yOffset, inner);
        for (int i = 1; i < n; i++) {
            addRows(inner, x, xOffset + i * step, y, yOffset + (i - 1) * step, yOffset + i * step);
        }
    }

    private static void addRows(int inner, double[] x, int xOffset, double[] y, int before, int yOffset) {
        for (int j = 0; j < inner; j++) {
            y[yOffset + j] = y[before + j] + x[xOffset + j];
        }
    }
}
