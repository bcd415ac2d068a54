package dev.gradc.compiler.schedule;

/** Who makes vectors of a loop over lanes. */
public enum Vectors {
    /** HotSpot, which finds them in small loops of plain Java. */
    FOUND,
    /** The generated code, which is written with the types of the module jdk.incubator.vector and does not run without it. */
    WRITTEN
}
