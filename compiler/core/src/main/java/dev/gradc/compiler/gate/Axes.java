package dev.gradc.compiler.gate;

import dev.gradc.compiler.ir.Attribute;
import java.util.List;

/** The axes a reduction folds, ascending. */
public record Axes(List<Integer> axes) implements Attribute {
    public Axes {
        axes = axes.stream().sorted().toList();
    }

    @Override
    public String toString() {
        return "axes=" + axes;
    }
}
