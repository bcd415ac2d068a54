package dev.gradc.compiler.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JavaTextTest {

    @Test
    void textsThatDifferInTheNamesOfVariablesBecomeTheSame() {
        String first = "final double v1At = block1[i] * s;\nblock2[i] = v1At + s;\n";
        String second = "final double other = block1[i] * t;\nblock2[i] = other + t;\n";
        assertThat(JavaText.unnamed(first, List.of("s", "v1At")))
                .isEqualTo(JavaText.unnamed(second, List.of("t", "other")));
        assertThat(JavaText.unnamed(first, List.of("s", "v1At")))
                .isNotEqualTo(JavaText.unnamed(second, List.of("other", "t")));
    }

    @Test
    void onlyWholeNamesOfVariablesCount() {
        assertThat(JavaText.unnamed("x = Math.exp(exp) * exp1 + a.exp * exp2exp + exp", List.of("exp")))
                .isEqualTo("x = Math.exp(\0" + "0) * exp1 + a.exp * exp2exp + \0" + "0");
    }
}
