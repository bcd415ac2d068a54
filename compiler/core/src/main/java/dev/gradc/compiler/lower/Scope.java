package dev.gradc.compiler.lower;

import dev.gradc.compiler.ir.Node;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Where names are looked up. */
interface Scope {

    /** The value called {@code name}; empty where there is none. @throws Unresolved where its definition failed */
    Optional<Node> find(String name);

    /** The names there are, for suggestions. */
    Set<String> names();

    /** This scope with one more name in front. */
    default Scope with(String name, Node value) {
        Scope outer = this;
        return new Scope() {
            @Override
            public Optional<Node> find(String wanted) {
                return wanted.equals(name) ? Optional.of(value) : outer.find(wanted);
            }

            @Override
            public Set<String> names() {
                Set<String> names = new TreeSet<>(outer.names());
                names.add(name);
                return names;
            }
        };
    }
}
