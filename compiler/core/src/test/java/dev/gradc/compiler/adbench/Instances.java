package dev.gradc.compiler.adbench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The instances of one objective in a directory with ADBench's data under {@code data} and references under {@code ref}. */
public final class Instances {

    private Instances() {}

    public static List<Instance> gmm(Path directory) throws IOException {
        List<Instance> instances = new ArrayList<>();
        for (Reference reference : Reference.readAll(directory.resolve("ref/gmm"))) {
            instances.add(GmmReader.read(directory.resolve("data"), reference));
        }
        return instances;
    }

    public static List<Instance> bundleAdjustment(Path directory) throws IOException {
        List<Instance> instances = new ArrayList<>();
        for (Reference reference : Reference.readAll(directory.resolve("ref/ba"))) {
            instances.addAll(BundleReader.read(directory.resolve("data"), reference));
        }
        return instances;
    }

    public static List<Instance> hand(Path directory) throws IOException {
        List<Instance> instances = new ArrayList<>();
        for (Reference reference : Reference.readAll(directory.resolve("ref/hand"))) {
            instances.add(HandReader.read(directory.resolve("data"), reference));
        }
        return instances;
    }

    public static List<Instance> lstm(Path directory) throws IOException {
        List<Instance> instances = new ArrayList<>();
        for (Reference reference : Reference.readAll(directory.resolve("ref/lstm"))) {
            instances.add(LstmReader.read(directory.resolve("data"), reference));
        }
        return instances;
    }
}
