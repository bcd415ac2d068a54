package dev.gradc.compiler.ir;

/** What a gate needs beside its inputs: axes, a constant, an index map. Implementations are records: value equality. */
public interface Attribute {

    /** No attribute. */
    Attribute NONE = new None();

    /** The attribute of gates that need none. */
    record None() implements Attribute {
        @Override
        public String toString() {
            return "";
        }
    }
}
