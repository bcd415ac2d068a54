package dev.gradc.compiler;

import dev.gradc.compiler.diagnostic.DiagnosticRenderer;
import dev.gradc.compiler.diagnostic.Diagnostics;
import dev.gradc.compiler.source.SourceFile;
import dev.gradc.compiler.syntax.Module;
import dev.gradc.compiler.syntax.Parser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What comes with the compiler: the standard library, written in the model language, and the version. */
final class Library {

    private static final String PACKAGE = "gradc.";

    private static final List<String> NAMES = List.of("nn", "stats", "linalg", "geometry", "finance");

    /** The files that have been parsed, by package. */
    private static final Map<String, Module> PARSED = new ConcurrentHashMap<>();

    private Library() {}

    /** The packages of the standard library, each one file. */
    static List<String> packages() {
        return NAMES.stream().map(PACKAGE::concat).toList();
    }

    /** The file of {@code name}, one of the packages; parsed once, when it is first asked for. */
    static Module module(String name) {
        return PARSED.computeIfAbsent(name, wanted -> parse("library/" + wanted.substring(PACKAGE.length()) + ".grad"));
    }

    /** The files of the standard library. */
    static List<Module> modules() {
        return packages().stream().map(Library::module).toList();
    }

    /** The compiler's version. */
    static String version() {
        return read("version.txt").strip();
    }

    private static Module parse(String name) {
        Diagnostics diagnostics = new Diagnostics();
        Module module = Parser.parse(new SourceFile(name, read(name)), diagnostics);
        if (diagnostics.hasErrors()) {
            throw new IllegalStateException(
                    DiagnosticRenderer.render(diagnostics.list().get(0)));
        }
        return module;
    }

    private static String read(String name) {
        try (InputStream in = Library.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
