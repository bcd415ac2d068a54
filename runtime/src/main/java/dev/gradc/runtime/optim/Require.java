package dev.gradc.runtime.optim;

/** Checks of arguments. */
final class Require {

    private Require() {}

    static void that(boolean holds, String rule, double found) {
        if (!holds) {
            throw new IllegalArgumentException(rule + "; it is " + found);
        }
    }

    static void lengths(int size, int parameters, int gradient) {
        if (parameters != size || gradient != size) {
            throw new IllegalArgumentException("the optimizer was made for " + size + " parameters; found " + parameters
                    + " and a gradient of " + gradient);
        }
    }
}
