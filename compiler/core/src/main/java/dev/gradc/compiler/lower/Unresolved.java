package dev.gradc.compiler.lower;

/** Leaves a statement whose problem has been reported; the next statement goes on. */
final class Unresolved extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unresolved() {
        super("reported", null, false, false);
    }
}
