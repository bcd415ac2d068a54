package dev.gradc.compiler.ir;

/** How reals are stored and computed. */
public enum Precision {
    /** Java's {@code double}. */
    F64,
    /** Java's {@code float}; functions beyond arithmetic are computed in double and rounded. */
    F32
}
