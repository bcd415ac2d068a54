package dev.gradc.compiler.lower;

import dev.gradc.compiler.diagnostic.Diagnostics;
import dev.gradc.compiler.syntax.Declaration;
import dev.gradc.compiler.syntax.Identifier;
import dev.gradc.compiler.syntax.Module;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports imports of nothing, of two things under one name, and in circles. */
final class ImportChecks {

    private final Packages packages;
    private final Diagnostics diagnostics;

    ImportChecks(Packages packages, Diagnostics diagnostics) {
        this.packages = packages;
        this.diagnostics = diagnostics;
    }

    void check(Module module) {
        for (Module.Import declared : module.imports()) {
            boolean isMissing = declared.wildcard()
                    ? packages.named(declared.name().toString()).isEmpty()
                    : packages.brought(declared).isEmpty();
            if (isMissing) {
                List<String> known = new ArrayList<>(packages.names());
                if (!declared.wildcard()) {
                    packages.named(Packages.packageOf(declared)).stream()
                            .flatMap(other -> other.declarations().stream())
                            .flatMap(declaration -> Packages.importable(declaration).stream())
                            .forEach(name -> known.add(Packages.packageOf(declared) + "." + name));
                }
                diagnostics.report(LoweringDiagnostics.missingImport(
                        declared.name().toString(), declared.name().span(), known));
            }
        }
        checkNames(module);
        checkCycles(module);
    }

    /** A name brought by two imports of the same kind, that the file does not define itself. */
    private void checkNames(Module module) {
        for (boolean wildcard : new boolean[] {true, false}) {
            Map<String, Module.Import> seen = new HashMap<>();
            for (Module.Import declared : module.imports()) {
                if (declared.wildcard() == wildcard) {
                    packages.brought(declared).keySet().forEach(d -> checkName(module, declared, d, seen));
                }
            }
        }
    }

    private void checkName(
            Module module, Module.Import declared, Declaration brought, Map<String, Module.Import> seen) {
        String name = Packages.importable(brought).orElseThrow().text();
        Module.Import first = seen.putIfAbsent(name, declared);
        boolean isChosen = module.declarations().stream().anyMatch(own -> isNamed(Packages.importable(own), name))
                || (declared.wildcard()
                        && module.imports().stream()
                                .anyMatch(other -> !other.wildcard()
                                        && packages.brought(other).keySet().stream()
                                                .anyMatch(d -> isNamed(Packages.importable(d), name))));
        boolean isSame = first == null || Packages.packageOf(first).equals(Packages.packageOf(declared));
        if (!isSame && !isChosen) {
            diagnostics.report(LoweringDiagnostics.ambiguousImport(
                    name, Packages.packageOf(first), first.span(), Packages.packageOf(declared), declared.span()));
        }
    }

    private static boolean isNamed(Optional<Identifier> identifier, String name) {
        return identifier.map(i -> i.text().equals(name)).orElse(false);
    }

    private void checkCycles(Module module) {
        for (Module.Import declared : module.imports()) {
            List<String> path = new ArrayList<>(List.of(shown(module)));
            if (comesBack(declared, module, path)) {
                diagnostics.report(LoweringDiagnostics.cyclicImport(path, declared.span()));
                return;
            }
        }
    }

    private boolean comesBack(Module.Import declared, Module start, List<String> path) {
        for (Module next : packages.named(Packages.packageOf(declared))) {
            boolean isSeen = path.contains(shown(next)) && !isSame(next, start);
            if (isSeen) {
                continue;
            }
            path.add(shown(next));
            if (isSame(next, start)) {
                return true;
            }
            for (Module.Import further : next.imports()) {
                if (comesBack(further, start, path)) {
                    return true;
                }
            }
            path.remove(path.size() - 1);
        }
        return false;
    }

    private static boolean isSame(Module left, Module right) {
        return left.source().equals(right.source());
    }

    private static String shown(Module module) {
        return module.source().name();
    }
}
