package dev.gradc.compiler.lower;

import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.syntax.Declaration;
import dev.gradc.compiler.syntax.Module;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the functions of one file see: its own and imported functions, gates and constants. */
final class FileScope implements Scope {

    /** A declaration and the file it is in. */
    record Visible(Declaration declaration, Module module) {}

    private final Map<String, Visible> callables = new LinkedHashMap<>();
    private final Map<String, Visible> constants = new LinkedHashMap<>();
    private final FunctionTable table;

    /** Later ones win: the prelude, imports of whole packages, single imports, the file itself. */
    FileScope(Module module, Packages packages, FunctionTable table) {
        this.table = table;
        packages.named(Packages.PRELUDE).forEach(this::addAll);
        module.imports().stream()
                .filter(Module.Import::wildcard)
                .forEach(declared -> packages.brought(declared).forEach(this::add));
        module.imports().stream()
                .filter(declared -> !declared.wildcard())
                .forEach(declared -> packages.brought(declared).forEach(this::add));
        addAll(module);
    }

    private void addAll(Module module) {
        module.declarations().forEach(declaration -> add(declaration, module));
    }

    private void add(Declaration declaration, Module module) {
        Packages.importable(declaration).ifPresent(name -> {
            Map<String, Visible> target = declaration instanceof Declaration.Constant ? constants : callables;
            target.put(name.text(), new Visible(declaration, module));
        });
    }

    /** The function or gate called {@code name}. */
    Optional<Visible> callable(String name) {
        return Optional.ofNullable(callables.get(name));
    }

    Set<String> callables() {
        return callables.keySet();
    }

    @Override
    public Optional<Node> find(String name) {
        return Optional.ofNullable(constants.get(name)).map(table::constant);
    }

    @Override
    public Set<String> names() {
        return constants.keySet();
    }
}
