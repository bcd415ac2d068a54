package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Operation;
import java.util.function.Predicate;

/** A rule for which shapes or index maps matter. Its Javadoc gives before → after, and what is left alone and why. */
abstract class StructuralRule implements Rule {

    private final String name;
    private final String text;
    private final Contract contract;
    private final Predicate<Operation> gates;

    StructuralRule(String name, String text, Contract contract, Predicate<Operation> gates) {
        this.name = name;
        this.text = text;
        this.contract = contract;
        this.gates = gates;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String text() {
        return text;
    }

    @Override
    public final Contract contract() {
        return contract;
    }

    @Override
    public final boolean appliesTo(Operation gate) {
        return gates.test(gate);
    }

    @Override
    public final String toString() {
        return name;
    }
}
