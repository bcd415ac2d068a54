package dev.gradc.compiler.run;

import dev.gradc.compiler.GeneratedModel;
import dev.gradc.runtime.DifferentiableModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Generated sources to loaded classes, in memory, warnings being errors. */
final class InMemoryCompiler {

    private static final String VECTORS = "jdk.incubator.vector";

    private InMemoryCompiler() {}

    /** A loaded class, and the class files of it and of the classes in it. */
    record Loaded(Class<?> type, List<byte[]> classFiles) {}

    /** The loaded class of {@code model}. */
    static Loaded compile(GeneratedModel model) {
        return compile(List.of(model)).get(0);
    }

    /** The loaded classes of {@code models}, whose names differ, compiled in one run. */
    static List<Loaded> compile(List<GeneratedModel> models) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new DataException("running a model needs a JDK, and this is a JRE; run with a JDK's java");
        }
        Map<String, ByteArrayOutputStream> classes = new HashMap<>();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        JavaFileManager files =
                new ForwardingJavaFileManager<>(compiler.getStandardFileManager(problems, Locale.ROOT, null)) {
                    @Override
                    public JavaFileObject getJavaFileForOutput(
                            Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
                        return new ClassFile(name, classes);
                    }
                };
        List<String> options =
                new ArrayList<>(List.of("-Xlint:all,-options", "-proc:none", "-classpath", runtimeLocation()));
        boolean needsVectors = models.stream().anyMatch(InMemoryCompiler::needsVectors);
        options.addAll(
                needsVectors
                        ? List.of("-source", "17", "-target", "17", "--add-modules", VECTORS)
                        : List.of("-Werror", "--release", "17"));
        List<Source> sources = models.stream().map(Source::new).toList();
        if (!compiler.getTask(null, files, problems, options, null, sources).call()) {
            throw new IllegalStateException("the generated class does not compile: "
                    + problems.getDiagnostics().stream().limit(3).toList());
        }
        return models.stream()
                .map(GeneratedModel::qualifiedName)
                .map(name -> new Loaded(load(name, classes), classFiles(name, classes)))
                .toList();
    }

    /** Whether {@code model} is written with the types of a module of which javac warns that it is incubating. */
    private static boolean needsVectors(GeneratedModel model) {
        return model.javaSource().contains("import " + VECTORS + ".");
    }

    private static List<byte[]> classFiles(String name, Map<String, ByteArrayOutputStream> classes) {
        return classes.keySet().stream()
                .filter(other -> other.equals(name) || other.startsWith(name + "$"))
                .sorted()
                .map(other -> classes.get(other).toByteArray())
                .toList();
    }

    private static String runtimeLocation() {
        try {
            return Path.of(DifferentiableModel.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String name, Map<String, ByteArrayOutputStream> classes) {
        ClassLoader loader = new ClassLoader(InMemoryCompiler.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String wanted) throws ClassNotFoundException {
                ByteArrayOutputStream bytes = classes.get(wanted);
                if (bytes == null) {
                    throw new ClassNotFoundException(wanted);
                }
                return defineClass(wanted, bytes.toByteArray(), 0, bytes.size());
            }
        };
        try {
            return loader.loadClass(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String className;
        private final String text;

        private Source(GeneratedModel model) {
            super(URI.create("gradc:///" + model.relativePath()), Kind.SOURCE);
            this.className = model.className();
            this.text = model.javaSource();
        }

        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            return simpleName.equals(className) && kind == Kind.SOURCE;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class ClassFile extends SimpleJavaFileObject {
        private final String name;
        private final Map<String, ByteArrayOutputStream> classes;

        private ClassFile(String name, Map<String, ByteArrayOutputStream> classes) {
            super(URI.create("gradc:///Model.class"), Kind.CLASS);
            this.name = name;
            this.classes = classes;
        }

        @Override
        public OutputStream openOutputStream() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            classes.put(name, bytes);
            return bytes;
        }
    }
}
