package dev.gradc.compiler.run;

/** The data do not fit the model; the message names what, what was expected, what was found, and the cure. */
public final class DataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DataException(String message) {
        super(message);
    }
}
