package dev.gradc.compiler.schedule;

/** When something is in memory: from the first top-level item of a program to the last, both included. */
record Life(int first, int last) {

    static final Life FOREVER = new Life(-1, Integer.MAX_VALUE);
    static final Life NEVER = new Life(-2, -2);

    /** The shortest life that includes this one and {@code other}. */
    Life join(Life other) {
        return new Life(Math.min(first, other.first), Math.max(last, other.last));
    }
}
