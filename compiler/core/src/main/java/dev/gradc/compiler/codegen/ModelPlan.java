package dev.gradc.compiler.codegen;

import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.lower.LoweredModel;
import dev.gradc.compiler.schedule.Program;
import dev.gradc.compiler.schedule.Workspace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that code generation spells out: every decision has been made.
 *
 * @param model names, arguments, documentation
 * @param outputs the node of each of the model's outputs
 * @param target which output is differentiated
 * @param forward computes the outputs
 * @param backward computes the gradients behind {@code forward}
 * @param fused computes both at once; only for a scalar target
 * @param derived further derivatives
 * @param buffers the array in which a tensor lives
 * @param slots where in one array a scalar lives that is no field
 * @param gradients nodes whose value is part of the flat gradient, and which variable's
 * @param gradientOffsets where the gradient by each variable starts in the flat vector
 * @param names what the model's text calls a node
 * @param definitions where the model's text defines a node
 */
public record ModelPlan(
        LoweredModel model,
        List<Node> outputs,
        Optional<Integer> target,
        Program forward,
        Optional<Program> backward,
        Optional<Program> fused,
        List<DerivedPlan> derived,
        Map<Node, Workspace.Buffer> buffers,
        Map<Node, Integer> slots,
        Map<Node, String> gradients,
        Map<String, Dim> gradientOffsets,
        Map<Node, String> names,
        Map<Node, LoweredModel.Definition> definitions) {

    /** The model's types in Java. */
    JavaTypes types() {
        return new JavaTypes(model.precision());
    }

    /** All programs. */
    List<Program> programs() {
        return Stream.concat(
                        Stream.of(Optional.of(forward), backward, fused).flatMap(Optional::stream),
                        derived.stream().flatMap(DerivedPlan::programs))
                .toList();
    }

    /** The differentiated output's node. */
    Optional<Node> targetNode() {
        return target.map(outputs::get);
    }

    boolean isDifferentiated(String argument) {
        return gradientOffsets.containsKey(argument);
    }
}
