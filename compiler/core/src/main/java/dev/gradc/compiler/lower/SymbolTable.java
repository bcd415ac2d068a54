package dev.gradc.compiler.lower;

import dev.gradc.compiler.diagnostic.Diagnostics;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.syntax.Identifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The names of a model, each defined once and evaluated when first used, so that definitions may come in any order. A
 * definition that failed is reported once; its uses fail silently.
 */
final class SymbolTable implements Scope {

    private record Symbol(Identifier name, Supplier<Node> definition) {}

    private final Map<String, Symbol> symbols = new LinkedHashMap<>();
    private final Map<String, Optional<Node>> values = new HashMap<>();
    private final Set<String> evaluating = new LinkedHashSet<>();
    private final Diagnostics diagnostics;

    SymbolTable(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Defines {@code name}; a second definition is reported and ignored. */
    void define(Identifier name, Supplier<Node> definition) {
        Symbol first = symbols.putIfAbsent(name.text(), new Symbol(name, definition));
        if (first != null) {
            diagnostics.report(
                    LoweringDiagnostics.duplicate(name.text(), first.name().span(), name.span()));
        }
    }

    @Override
    public Optional<Node> find(String name) {
        if (!symbols.containsKey(name)) {
            return Optional.empty();
        }
        Optional<Node> known = values.get(name);
        if (known == null) {
            known = evaluate(symbols.get(name));
            values.put(name, known);
        }
        return Optional.of(known.orElseThrow(Unresolved::new));
    }

    private Optional<Node> evaluate(Symbol symbol) {
        String name = symbol.name().text();
        if (evaluating.contains(name)) {
            List<String> path = new ArrayList<>(evaluating);
            path.subList(0, path.indexOf(name)).clear();
            path.add(name);
            diagnostics.report(LoweringDiagnostics.cycle(path, symbol.name().span()));
            return Optional.empty();
        }
        evaluating.add(name);
        try {
            return Optional.of(symbol.definition().get());
        } catch (Unresolved reported) {
            return Optional.empty();
        } finally {
            evaluating.remove(name);
        }
    }

    @Override
    public Set<String> names() {
        return symbols.keySet();
    }
}
