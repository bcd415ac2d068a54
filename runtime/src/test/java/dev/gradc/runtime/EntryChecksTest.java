package dev.gradc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks, layouts, scalar functions and starting values. */
class EntryChecksTest {

    @Test
    void messagesNameWhatWasExpectedAndFound() {
        assertThatThrownBy(() -> Checks.length("X", new double[5], 6, "[N, D]"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`X` must hold 6 elements, [N, D] in row-major order; found 5");
        assertThatThrownBy(() -> Checks.length("X", new float[5], 6, "[N, D]"))
                .hasMessage("`X` must hold 6 elements, [N, D] in row-major order; found 5");
        assertThatThrownBy(() -> Checks.range("y", new int[] {0, 9, 10}, 3, 0, 9))
                .hasMessage("`y` must be within 0..9; element 2 is 10");
        assertThatThrownBy(() -> Checks.range("y", -1, 0, 9)).hasMessageContaining("it is -1");
        assertThatThrownBy(() -> Checks.dim("N", 0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> Checks.size(1 << 16, 1 << 16)).hasMessageContaining("[65536, 65536]");
        assertThat(Checks.size(3, 4, 5)).isEqualTo(60);
        assertThat(Checks.size()).isEqualTo(1);
    }

    @Test
    void layoutsPutVariablesBehindEachOther() {
        ParameterLayout layout =
                ParameterLayout.builder().add("W", 2, 3).add("b").add("c", 4).build();
        assertThat(layout.size()).isEqualTo(11);
        assertThat(layout.offset("c")).isEqualTo(7);
        double[] flat = new double[11];
        layout.set("c", flat, 1, 2, 3, 4);
        layout.set("b", flat, 9);
        assertThat(flat).containsExactly(0, 0, 0, 0, 0, 0, 9, 1, 2, 3, 4);
        assertThat(layout.slice("c", flat)).containsExactly(1, 2, 3, 4);
        assertThatThrownBy(() -> layout.offset("d")).hasMessageContaining("[W, b, c]");
        assertThatThrownBy(() -> layout.set("b", flat, 1, 2)).hasMessageContaining("`b`");
        assertThatThrownBy(() -> ParameterLayout.builder().add("a", 1 << 30).add("b", 1 << 30))
                .hasMessageContaining("`b`");
    }

    @Test
    void layoutsOfFloatsRoundWhatIsSet() {
        ParameterLayout layout = ParameterLayout.builder().add("W", 2).add("b").build();
        float[] flat = {7, 7, 7};
        layout.set("W", flat, 0.1, -2);
        assertThat(flat).containsExactly(0.1f, -2, 7);
        assertThat(layout.slice("W", flat)).containsExactly(0.1f, -2);
        assertThat(layout.slice("b", flat)).containsExactly(7);
        assertThatThrownBy(() -> layout.set("W", flat, 1)).hasMessageContaining("`W`");
        assertThatThrownBy(() -> layout.set("b", new float[2], 1)).hasMessageContaining("`flat`");
        assertThatThrownBy(() -> layout.slice("b", new float[4])).hasMessageContaining("`flat`");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1000, -40, -1, -1e-9, 0, 1e-9, 0.5, 3, 40, 1000})
    void sigmoidAndSoftplusSatisfyTheirIdentities(double x) {
        assertThat(GradMath.sigmoid(x) + GradMath.sigmoid(-x)).isCloseTo(1, Offset.offset(1e-15));
        assertThat(GradMath.softplus(x) - GradMath.softplus(-x)).isCloseTo(x, Offset.offset(1e-13));
        assertThat(GradMath.softplus(x)).isGreaterThanOrEqualTo(Math.max(x, 0));
        if (Math.abs(x) < 30) {
            assertThat(Math.log(GradMath.sigmoid(x))).isCloseTo(-GradMath.softplus(-x), Offset.offset(1e-14));
        }
    }

    @Test
    void scalarFunctionsHaveTheirLimits() {
        assertThat(GradMath.sigmoid(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(GradMath.sigmoid(Double.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(GradMath.sigmoid(-740)).isPositive();
        assertThat(GradMath.softplus(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(GradMath.softplus(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(GradMath.relu(-3)).isZero();
        assertThat(GradMath.relu(3)).isEqualTo(3);
        assertThat(GradMath.relu(Double.NaN)).isNaN();
        assertThat(GradMath.sigmoid(Double.NaN)).isNaN();
    }

    @Test
    void startingValuesHaveTheirVarianceAndPlace() {
        double[] values = new double[20_002];
        Initializers.he(values, 1, 20_000, 50, new Random(1));
        double square = 0;
        for (double value : values) {
            square += value * value;
        }
        assertThat(square / 20_000).isCloseTo(2.0 / 50, Offset.offset(0.002));
        assertThat(values[0]).isZero();
        assertThat(values[20_001]).isZero();
        double[] same = new double[20_002];
        Initializers.he(same, 1, 20_000, 50, new Random(1));
        assertThat(same).isEqualTo(values);
        Initializers.glorot(values, 0, 20_002, 30, 70, new Random(2));
        square = 0;
        for (double value : values) {
            square += value * value;
        }
        assertThat(square / 20_002).isCloseTo(2.0 / 100, Offset.offset(0.001));
    }

    @Test
    void startingValuesOfFloatsAreThoseOfDoublesRounded() {
        double[] doubles = new double[12];
        float[] floats = new float[12];
        Initializers.he(doubles, 1, 6, 50, new Random(1));
        Initializers.he(floats, 1, 6, 50, new Random(1));
        Initializers.glorot(doubles, 7, 4, 30, 70, new Random(2));
        Initializers.glorot(floats, 7, 4, 30, 70, new Random(2));
        assertThat(doubles).endsWith(0).startsWith(0);
        for (int i = 0; i < 12; i++) {
            assertThat(floats[i]).isEqualTo((float) doubles[i]);
        }
    }
}
