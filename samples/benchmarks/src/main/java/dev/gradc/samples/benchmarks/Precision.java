package dev.gradc.samples.benchmarks;

/** What all peers of a workload calculate in, and how far from each other their results may be. */
public enum Precision {
    /** doubles */
    F64(1e-10),
    /** floats */
    F32(2e-4);

    private final double tolerance;

    Precision(double tolerance) {
        this.tolerance = tolerance;
    }

    /** The largest difference allowed between two results, relative to the largest number of the array they are in. */
    public double tolerance() {
        return tolerance;
    }

    @Override
    public String toString() {
        return this == F64 ? "f64" : "f32";
    }
}
