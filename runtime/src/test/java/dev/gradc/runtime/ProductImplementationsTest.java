package dev.gradc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which implementation of products a JVM takes; the build runs it without the module jdk.incubator.vector and with it. */
class ProductImplementationsTest {

    private static final boolean VECTORS =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    @Test
    void theModuleMakesTheChoice() {
        String prefix = VECTORS ? "Vector" : "Portable";
        assertThat(ProductImplementations.doubles().getClass().getSimpleName()).isEqualTo(prefix + "DoubleProducts");
        assertThat(ProductImplementations.floats().getClass().getSimpleName()).isEqualTo(prefix + "FloatProducts");
    }
}
