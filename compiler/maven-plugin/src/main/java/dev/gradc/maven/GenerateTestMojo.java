package dev.gradc.maven;

import java.io.File;
import java.nio.file.Path;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.codehaus.plexus.build.BuildContext;

/** Generates a Java class for every model of {@code src/test/gradc} and adds them to the tests that are compiled. */
@Mojo(name = "generate-test", defaultPhase = LifecyclePhase.GENERATE_TEST_SOURCES, threadSafe = true)
public final class GenerateTestMojo extends AbstractGenerateMojo {

    /** Root of the model files. */
    @Parameter(
            property = "gradc.testSourceDirectory",
            defaultValue = "${project.basedir}/src/test/gradc",
            required = true)
    File testSourceDirectory;

    /** Root of the generated sources. */
    @Parameter(
            property = "gradc.testOutputDirectory",
            defaultValue = "${project.build.directory}/generated-test-sources/gradc",
            required = true)
    File testOutputDirectory;

    @Inject
    public GenerateTestMojo(BuildContext buildContext) {
        super(buildContext);
    }

    @Override
    Path sources() {
        return testSourceDirectory.toPath();
    }

    @Override
    Path output() {
        return testOutputDirectory.toPath();
    }

    @Override
    void addSourceRoot(String directory) {
        project.addTestCompileSourceRoot(directory);
    }
}
