package dev.gradc.runtime.optim;

/** Checks of arguments. */
final class Require {

    private Require() {}

    static void that(boolean holds, String rule, double found) {
        if (!holds) {
            throw new IllegalArgumentException(rule + "; it is " + found);
        }
    }

    static void lengths(int size, double[] parameters, double[] gradient) {
        if (parameters.length != size || gradient.length != size) {
            throw new IllegalArgumentException("the optimizer was made for " + size + " parameters; found "
                    + parameters.length + " and a gradient of " + gradient.length);
        }
    }
}
