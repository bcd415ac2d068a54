package dev.gradc.maven;

import java.io.File;
import java.nio.file.Path;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.codehaus.plexus.build.BuildContext;

/** Generates a Java class for every model of {@code src/main/gradc} and adds them to what is compiled. */
@Mojo(name = "generate", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
public final class GenerateMojo extends AbstractGenerateMojo {

    /** Root of the model files. */
    @Parameter(property = "gradc.sourceDirectory", defaultValue = "${project.basedir}/src/main/gradc", required = true)
    File sourceDirectory;

    /** Root of the generated sources. */
    @Parameter(
            property = "gradc.outputDirectory",
            defaultValue = "${project.build.directory}/generated-sources/gradc",
            required = true)
    File outputDirectory;

    @Inject
    public GenerateMojo(BuildContext buildContext) {
        super(buildContext);
    }

    @Override
    Path sources() {
        return sourceDirectory.toPath();
    }

    @Override
    Path output() {
        return outputDirectory.toPath();
    }

    @Override
    void addSourceRoot(String directory) {
        project.addCompileSourceRoot(directory);
    }
}
