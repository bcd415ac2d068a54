package dev.gradc.cli;

/** What was asked cannot be done; the message is one line that names the place, the cause and the cure. */
final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandFailure(String message) {
        super(message);
    }

    CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
