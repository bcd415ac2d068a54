package dev.gradc.compiler.lower;

import dev.gradc.compiler.syntax.Declaration;
import dev.gradc.compiler.syntax.Identifier;
import dev.gradc.compiler.syntax.Module;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The files there are, by package: what imports can name. */
public final class Packages {

    /** The package whose functions every file sees without an import. */
    static final String PRELUDE = "gradc.nn";

    private final List<String> library;
    private final Function<String, Module> libraryModule;
    private final Map<String, List<Module>> byName = new LinkedHashMap<>();

    /**
     * The packages of the library and of the user.
     *
     * @param library the names of the library's packages
     * @param libraryModule the file of each, asked for only where something names or may mean its package
     * @param modules the user's files
     */
    public Packages(List<String> library, Function<String, Module> libraryModule, Collection<Module> modules) {
        this.library = library;
        this.libraryModule = libraryModule;
        for (Module module : modules) {
            byName.computeIfAbsent(name(module), n -> new ArrayList<>()).add(module);
        }
    }

    /** The package of {@code module}. */
    static String name(Module module) {
        return module.packageName().map(Module.QualifiedName::toString).orElse("");
    }

    List<Module> named(String name) {
        List<Module> modules = new ArrayList<>();
        if (library.contains(name)) {
            modules.add(libraryModule.apply(name));
        }
        modules.addAll(byName.getOrDefault(name, List.of()));
        return modules;
    }

    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(library);
        names.addAll(byName.keySet());
        return names;
    }

    /** The packages that declare {@code name}. */
    List<String> with(String name) {
        return names().stream()
                .filter(at -> !at.isEmpty()
                        && named(at).stream()
                                .flatMap(module -> module.declarations().stream())
                                .anyMatch(declaration -> importable(declaration)
                                        .filter(found -> found.text().equals(name))
                                        .isPresent()))
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
