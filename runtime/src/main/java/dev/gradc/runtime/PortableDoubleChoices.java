package dev.gradc.runtime;

/** One element after the other, without jumps. */
final class PortableDoubleChoices implements DoubleChoices {

    private static final double TRUE = 1;
    private static final double FALSE = 0;

    @Override
    public void equal(int n, double[] x, int xOffset, double[] y, int yOffset, double[] z, int zOffset) {
        for (int i = 0; i < n; i++) {
            z[zOffset + i] = GradMath.select(x[xOffset + i] == y[yOffset + i], TRUE, FALSE);
        }
    }

    @Override
    public void notEqual(int n, double[] x, int xOffset, double[] y, int yOffset, double[] z, int zOffset) {
        for (int i = 0; i < n; i++) {
            z[zOffset + i] = GradMath.select(x[xOffset + i] != y[yOffset + i], TRUE, FALSE);
        }
    }

    @Override
    public void less(int n, double[] x, int xOffset, double[] y, int yOffset, double[] z, int zOffset) {
        for (int i = 0; i < n; i++) {
            z[zOffset + i] = GradMath.select(x[xOffset + i] < y[yOffset + i], TRUE, FALSE);
        }
    }

    @Override
    public void lessOrEqual(int n, double[] x, int xOffset, double[] y, int yOffset, double[] z, int zOffset) {
        for (int i = 0; i < n; i++) {
            z[zOffset + i] = GradMath.select(x[xOffset + i] <= y[yOffset + i], TRUE, FALSE);
        }
    }

    @Override
    public void select(
            int n,
            double[] mask,
            int maskOffset,
            double[] x,
            int xOffset,
            double[] y,
            int yOffset,
            double[] z,
            int zOffset) {
        for (int i = 0; i < n; i++) {
            z[zOffset + i] = GradMath.select(mask[maskOffset + i] != FALSE, x[xOffset + i], y[yOffset + i]);
        }
    }
}
