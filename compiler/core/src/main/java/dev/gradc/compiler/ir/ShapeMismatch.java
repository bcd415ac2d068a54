package dev.gradc.compiler.ir;

/** Inputs that do not fit a gate. Only lowering catches it; anywhere else it is a fault of the compiler. */
public final class ShapeMismatch extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ShapeMismatch(String message) {
        super(message);
    }
}
