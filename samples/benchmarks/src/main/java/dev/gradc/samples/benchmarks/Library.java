package dev.gradc.samples.benchmarks;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** One way to compute values and derivatives: generated code, code written by hand, or somebody's library. */
public interface Library {

    /** The heading of its column, and the name it is asked for by. */
    String name();

    /** The computation of a workload on its data, or nothing where the library is not meant for it. */
    Optional<Peer> peer(Workload workload, Data data);

    /** All libraries on the class path: generated code first, then code written by hand, then the others by name. */
    static List<Library> all() {
        Stream<Library> found = ServiceLoader.load(Library.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Library::name));
        return Stream.concat(Stream.of(new Generated(), new HandWritten()), found)
                .toList();
    }

    /** The library of this name; an error if there is none. */
    static Library named(String name) {
        return all().stream()
                .filter(library -> library.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no library '" + name + "' on the class path: "
                        + all().stream().map(Library::name).toList()));
    }

    /** Whose results those of a library are compared with: code written by hand, and for that the generated code. */
    static Library referenceFor(String name) {
        return name.equals(HandWritten.NAME) ? new Generated() : new HandWritten();
    }
}
