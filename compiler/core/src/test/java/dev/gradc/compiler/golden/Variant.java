package dev.gradc.compiler.golden;

/** One of the ways to write a case as a model. */
public enum Variant {
    /** Extents as numbers. */
    NUMBERS(""),
    /** A runtime dim for each extent. */
    DIMS(", runtime dims"),
    /** Extents as numbers, in single precision. */
    FLOATS(", f32");

    private final String title;

    Variant(String title) {
        this.title = title;
    }

    /** What a family's name is followed by. */
    public String title() {
        return title;
    }
}
