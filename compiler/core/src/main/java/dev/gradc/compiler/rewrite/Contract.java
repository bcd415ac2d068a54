package dev.gradc.compiler.rewrite;

/** What a rule promises about numbers. */
public enum Contract {
    /** The same bits for all inputs. */
    BITWISE,
    /** The last bits may move; no finite value becomes infinite or NaN. */
    ROUNDING,
    /** As ROUNDING, for ordinary numbers: may differ for NaN, infinities and the sign of zero. */
    ORDINARY,
    /**
     * As ORDINARY, and where the left side is 0 / 0, or an infinite value less itself, perhaps its limit: for derivatives only,
     * since values are what the model says.
     */
    LIMIT
}
