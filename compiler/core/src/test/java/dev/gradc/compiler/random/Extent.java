package dev.gradc.compiler.random;

/**
 * An extent as it is written, and its value.
 *
 * @param isFixed whether it holds for every call, so that positions may be computed from it
 */
record Extent(String text, int value, boolean isFixed) {

    static Extent of(int value) {
        return new Extent(Integer.toString(value), value, true);
    }

    Extent plus(int more) {
        return isFixed ? of(value + more) : new Extent(text + " + " + more, value + more, false);
    }

    /** The number before it, as written. */
    String last() {
        return isFixed ? Integer.toString(value - 1) : text + " - 1";
    }

    boolean isSame(Extent other) {
        return text.equals(other.text);
    }
}
