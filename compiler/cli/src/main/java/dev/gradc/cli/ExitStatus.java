package dev.gradc.cli;

/** What the process's exit code says. */
final class ExitStatus {

    /** Done. */
    static final int DONE = 0;

    /** A model, its data or the machine is at fault. */
    static final int FAULT = 1;

    /** The command line is at fault. */
    static final int USAGE = 2;

    private ExitStatus() {}
}
