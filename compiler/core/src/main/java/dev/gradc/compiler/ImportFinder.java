package dev.gradc.compiler;

import dev.gradc.compiler.source.SourceFile;
import java.util.List;

/** Finds the model files of a package that is imported and not among the sources. */
@FunctionalInterface
public interface ImportFinder {

    /**
     * The files of {@code wanted}; empty where there are none.
     *
     * @param importer the file that imports it
     * @param wanted the package, and the package of {@code importer}, which tells where packages start
     */
    List<SourceFile> find(SourceFile importer, Wanted wanted);

    /** A package that is imported, and the package of the file that imports it. */
    record Wanted(String packageName, String importerPackage) {}
}
