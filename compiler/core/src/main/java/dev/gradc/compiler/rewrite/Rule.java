package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Operation;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import java.util.Optional;

/** A rewrite of one gate and what stands below it. */
public interface Rule {

    /** Its name in listings. */
    String name();

    /** What it does, {@code before => after}: an equation of the language, or an example of what it rewrites. */
    String text();

    /** What it promises about numbers. */
    Contract contract();

    /** Whether it may apply to nodes of {@code gate}. */
    boolean appliesTo(Operation gate);

    /** A term of the same type and, under the contract, the same value; empty where the rule does not apply. */
    Optional<Term> rewrite(Site at);
}
