package dev.gradc.compiler.lower;

import dev.gradc.compiler.syntax.Declaration;
import dev.gradc.compiler.syntax.Identifier;
import dev.gradc.compiler.syntax.Module;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The files there are, by package: what imports can name. */
public final class Packages {

    /** The package whose functions every file sees without an import. */
    static final String PRELUDE = "gradc.nn";

    private final Map<String, List<Module>> byName = new LinkedHashMap<>();

    /** @param modules the library's and the user's */
    public Packages(Collection<Module> modules) {
        for (Module module : modules) {
            byName.computeIfAbsent(name(module), n -> new ArrayList<>()).add(module);
        }
    }

    /** The package of {@code module}. */
    static String name(Module module) {
        return module.packageName().map(Module.QualifiedName::toString).orElse("");
    }

    List<Module> named(String name) {
        return byName.getOrDefault(name, List.of());
    }

    Set<String> names() {
        return byName.keySet();
    }

    /** The packages that declare {@code name}. */
    List<String> with(String name) {
        return byName.entrySet().stream()
                .filter(entry -> !entry.getKey().isEmpty()
                        && entry.getValue().stream()
                                .flatMap(module -> module.declarations().stream())
                                .anyMatch(declaration -> importable(declaration)
                                        .filter(found -> found.text().equals(name))
                                        .isPresent()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The package that {@code declared} imports from. */
    public static String packageOf(Module.Import declared) {
        List<Identifier> parts = declared.name().parts();
        List<Identifier> own = declared.wildcard() ? parts : parts.subList(0, parts.size() - 1);
        return String.join(".", own.stream().map(Identifier::text).toList());
    }

    /** The declarations that {@code declared} brings, with the file each is in. */
    Map<Declaration, Module> brought(Module.Import declared) {
        Map<Declaration, Module> brought = new LinkedHashMap<>();
        List<Identifier> parts = declared.name().parts();
        String last = parts.get(parts.size() - 1).text();
        for (Module module : named(packageOf(declared))) {
            for (Declaration declaration : module.declarations()) {
                Optional<Identifier> name = importable(declaration);
                boolean wanted = name.isPresent()
                        && (declared.wildcard() || name.get().text().equals(last));
                if (wanted) {
                    brought.put(declaration, module);
                }
            }
        }
        return brought;
    }

    /** The name under which other files can use {@code declaration}. */
    static Optional<Identifier> importable(Declaration declaration) {
        if (declaration instanceof Declaration.Function function) {
            return Optional.of(function.name());
        } else if (declaration instanceof Declaration.CustomGate gate) {
            return Optional.of(gate.name());
        } else if (declaration instanceof Declaration.Constant constant) {
            return Optional.of(constant.statement().name());
        } else if (declaration instanceof Declaration.Model model) {
            return Optional.of(model.name());
        }
        return Optional.empty();
    }
}
