package dev.gradc.compiler.explain;

/** Values for dims at which a model makes no sense; the message says why, and what to do. */
public final class UnfitDimsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnfitDimsException(String message) {
        super(message);
    }
}
