package dev.gradc.compiler.lower;

import java.util.Set;

/** Lets tests of other packages see which functions are built in. */
public final class BuiltinNames {

    private BuiltinNames() {}

    /** All of them. */
    public static Set<String> all() {
        return Builtins.names();
    }
}
