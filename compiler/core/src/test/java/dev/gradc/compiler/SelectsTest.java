package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which selects are written as jumps. */
class SelectsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a mask by the sign of data     | if x > 0 then y else 0.0         | false
            a mask by the order of data    | if x < y then 0.0 else x * y     | false
            a class in the data            | if k == 1 then x else y          | false
            two formulas                   | if x > 0 then x else y           | true
            an exception                   | if x == 0 then x else 0.0        | true
            a limit                        | if abs(x) < 0.01 then x else 0.0 | true
            a dear branch                  | if k == 1 then cbrt(x) else y    | true
            """)
    void jumpsWhereTheConditionCanBeForeseenOrABranchIsDear(String what, String select, boolean jumps) {
        String model = "model M(N) { input k : int[N]; input y : real[N]; param x : real[N]; output z = " + select
                + "; loss = sum(x); }";
        String text = TestModels.compile(model, CompilerOptions.defaults()).javaSource();
        assertThat(text.contains(" ? ")).as(what).isEqualTo(jumps);
        assertThat(text.contains("GradMath.select(")).as(what).isNotEqualTo(jumps);
    }
}
