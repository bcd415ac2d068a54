package dev.gradc.compiler.ir;

import java.util.Locale;

/** What a tensor holds. Only {@code real} values are differentiable. */
public enum ElementType {
    REAL,
    INT,
    BOOL;

    /** As in a model. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
