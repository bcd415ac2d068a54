package dev.gradc.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.apache.maven.model.Build;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.build.DefaultBuildContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateMojoTest {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));

    @TempDir
    private Path basedir;

    private final MavenProject project = new MavenProject();
    private Path output;

    @BeforeEach
    void layOutProject() {
        project.setFile(basedir.resolve("pom.xml").toFile());
        project.setBuild(new Build());
        output = basedir.resolve("target/generated-sources/gradc");
    }

    @Test
    void generatesAClassForEveryModelAndHasItCompiled() throws Exception {
        model("circuit.grad", "model Circuit { param x, y, z : real; loss = (x + y) * z; }");
        model("deep/down/square.grad", "model Square { param x : real; loss = x * x; }");

        generate();

        assertThat(output.resolve("com/acme/Circuit.java")).content().contains("class Circuit");
        assertThat(output.resolve("com/acme/Square.java")).content().contains("class Square");
        assertThat(project.getCompileSourceRoots()).containsExactly(output.toString());
    }

    @Test
    void generatesForTestsBesideWhatIsGeneratedForMain() throws Exception {
        Path models = basedir.resolve("src/test/gradc");
        write(models.resolve("circuit.grad"), "package com.acme; model Circuit { param x : real; loss = x * x; }");
        Path tests = basedir.resolve("target/generated-test-sources/gradc");
        GenerateTestMojo mojo = new GenerateTestMojo(buildContext());
        mojo.testSourceDirectory = models.toFile();
        mojo.testOutputDirectory = tests.toFile();

        run(mojo, "generate-test");

        assertThat(tests.resolve("com/acme/Circuit.java")).exists();
        assertThat(project.getTestCompileSourceRoots()).containsExactly(tests.toString());
        assertThat(project.getCompileSourceRoots()).isEmpty();
    }

    @Test
    void generatesAgainWhereVectorsAreAskedFor() throws Exception {
        model("lanes.grad", "model Lanes(N) { param x : real[N]; loss = sum(exp(x * x - x / 3)); }");
        generate();
        Path lanes = output.resolve("com/acme/Lanes.java");
        assertThat(lanes).content().doesNotContain("DoubleVector");

        GenerateMojo mojo = mojo();
        mojo.vectors = true;
        run(mojo, "generate");

        assertThat(lanes).content().contains("import jdk.incubator.vector.DoubleVector;");
    }

    @Test
    void isContentWithoutModels() throws Exception {
        generate();

        assertThat(output).doesNotExist();
    }

    @Test
    void leavesTheClassOfAnUnchangedModelAlone() throws Exception {
        model("circuit.grad", "model Circuit { param x, y, z : real; loss = (x + y) * z; }");
        model("square.grad", "model Square { param x : real; loss = x * x; }");
        generate();
        Path circuit = output.resolve("com/acme/Circuit.java");
        Path square = output.resolve("com/acme/Square.java");
        String before = Files.readString(square);
        Files.setLastModifiedTime(circuit, LONG_AGO);
        Files.setLastModifiedTime(square, LONG_AGO);

        model("square.grad", "model Square { param x : real; loss = x * x * x; }");
        generate();

        assertThat(Files.getLastModifiedTime(circuit)).isEqualTo(LONG_AGO);
        assertThat(Files.getLastModifiedTime(square)).isGreaterThan(LONG_AGO);
        assertThat(square).content().isNotEqualTo(before);
    }

    @Test
    void mendsAGeneratedClassThatWasEdited() throws Exception {
        model("square.grad", "model Square { param x : real; loss = x * x; }");
        generate();
        Path square = output.resolve("com/acme/Square.java");
        String generated = Files.readString(square);
        write(square, generated + "// edited");

        generate();

        assertThat(square).hasContent(generated);
    }

    @Test
    void deletesTheClassOfADeletedModelAndNothingElse() throws Exception {
        Path model = model("square.grad", "model Square { param x : real; loss = x * x; }");
        generate();
        Path foreign = output.resolve("com/other/Mine.java");
        write(foreign, "package com.other;");

        Files.delete(model);
        generate();

        assertThat(output.resolve("com/acme")).doesNotExist();
        assertThat(foreign).exists();
    }

    @Test
    void failsWithThePlaceOfEveryErrorAndKeepsEarlierOutput() throws Exception {
        model("circuit.grad", "model Circuit { param x, y, z : real; loss = (x + y) * z; }");
        generate();
        Path circuit = output.resolve("com/acme/Circuit.java");
        String before = Files.readString(circuit);

        model("circuit.grad", "\nmodel Circuit { param x : real;\n  loss = x * oops; }");
        model("square.grad", "model Square { param x : real; loss = x * oops; }");

        assertThatThrownBy(this::generate)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("src/main/gradc/circuit.grad:3:14")
                .hasMessageContaining("src/main/gradc/square.grad:1:");
        assertThat(circuit).hasContent(before);
    }

    @Test
    void failsOnTextThatIsNotUtf8() throws Exception {
        Path model = model("square.grad", "");
        Files.write(model, new byte[] {'m', (byte) 0xE9, ';'});

        assertThatThrownBy(this::generate)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("square.grad: is not UTF-8");
    }

    @Test
    void doesNothingWhenSkipped() throws Exception {
        model("square.grad", "model Square { param x : real; loss = x * x; }");
        GenerateMojo mojo = mojo();
        mojo.skip = true;

        run(mojo, "generate");

        assertThat(output).doesNotExist();
    }

    private Path model(String name, String text) throws IOException {
        return write(basedir.resolve("src/main/gradc").resolve(name), "package com.acme; " + text);
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private void generate() throws Exception {
        run(mojo(), "generate");
    }

    private GenerateMojo mojo() {
        GenerateMojo mojo = new GenerateMojo(buildContext());
        mojo.sourceDirectory = basedir.resolve("src/main/gradc").toFile();
        mojo.outputDirectory = output.toFile();
        return mojo;
    }

    private void run(AbstractGenerateMojo mojo, String goal) throws Exception {
        mojo.project = project;
        mojo.execution = execution(goal);
        mojo.statusDirectory = basedir.resolve("target/gradc-status").toFile();
        mojo.execute();
    }

    private static MojoExecution execution(String goal) {
        MojoDescriptor descriptor = new MojoDescriptor();
        descriptor.setGoal(goal);
        descriptor.setPluginDescriptor(new PluginDescriptor());
        return new MojoExecution(descriptor, "default");
    }

    private static DefaultBuildContext buildContext() {
        return new DefaultBuildContext(new org.sonatype.plexus.build.incremental.DefaultBuildContext());
    }
}
