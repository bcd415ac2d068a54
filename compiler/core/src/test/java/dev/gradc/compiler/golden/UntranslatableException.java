package dev.gradc.compiler.golden;

/** A case, or a part of one, has no mapping to model text. */
final class UntranslatableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UntranslatableException(String message) {
        super(message);
    }
}
