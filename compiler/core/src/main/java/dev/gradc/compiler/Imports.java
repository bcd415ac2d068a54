package dev.gradc.compiler;

import dev.gradc.compiler.diagnostic.Diagnostics;
import dev.gradc.compiler.lower.Packages;
import dev.gradc.compiler.source.SourceFile;
import dev.gradc.compiler.syntax.Module;
import dev.gradc.compiler.syntax.Parser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds and parses the files that files import, and what those import. */
final class Imports {

    private Imports() {}

    /** The library, {@code modules} and all they import that {@code finder} finds. */
    static Packages packages(List<Module> modules, ImportFinder finder, Diagnostics diagnostics) {
        List<Module> all = new ArrayList<>(modules);
        Set<String> known = new HashSet<>(Library.packages());
        all.forEach(module -> known.add(packageOf(module)));
        Deque<Module> open = new ArrayDeque<>(modules);
        while (!open.isEmpty()) {
            Module importer = open.pop();
            for (Module.Import declared : importer.imports()) {
                String wanted = Packages.packageOf(declared);
                if (known.add(wanted)) {
                    for (SourceFile file :
                            finder.find(importer.source(), new ImportFinder.Wanted(wanted, packageOf(importer)))) {
                        Module found = Parser.parse(file, diagnostics);
                        all.add(found);
                        open.push(found);
                    }
                }
            }
        }
        return new Packages(Library.packages(), Library::module, all);
    }

    private static String packageOf(Module module) {
        return module.packageName().map(Module.QualifiedName::toString).orElse("");
    }
}
