package dev.gradc.compiler.explain;

import dev.gradc.compiler.explain.Explanation.Cost;
import dev.gradc.compiler.explain.Explanation.Count;
import dev.gradc.compiler.gate.Kernel;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Precision;
import dev.gradc.compiler.lower.LoweredModel;
import dev.gradc.compiler.schedule.Item;
import dev.gradc.compiler.schedule.KernelCall;
import dev.gradc.compiler.schedule.Program;
import dev.gradc.compiler.schedule.Recurrence;
import dev.gradc.compiler.schedule.Workspace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the compiler makes of a model.
 *
 * @param forward computes the outputs
 * @param backward computes the gradients behind {@code forward}
 * @param fused computes both at once
 * @param derived computes each further derivative, by its method's name
 * @param buffers the array in which a tensor lives
 * @param gradients nodes that live in the flat gradient
 */
public record CompiledCode(
        Program forward,
        Optional<Program> backward,
        Optional<Program> fused,
        Map<String, Program> derived,
        Map<Node, Workspace.Buffer> buffers,
        Set<Node> gradients) {

    private List<Program> programs() {
        List<Program> programs = new ArrayList<>(List.of(forward));
        backward.ifPresent(programs::add);
        fused.ifPresent(programs::add);
        return programs;
    }

    /**
     * Values for the runtime dims of {@code model}.
     *
     * @param given values for some of them
     * @throws UnfitDimsException where the model has no such dim, or its extents come to less than 1 or to no whole number
     */
    Map<String, Integer> dims(LoweredModel model, Map<String, Integer> given) {
        for (String name : given.keySet()) {
            if (!model.dims().contains(name)) {
                String known = model.dims().isEmpty() ? "it has none" : "it has " + String.join(", ", model.dims());
                throw new UnfitDimsException("model " + model.name() + " has no runtime dim `" + name + "`; " + known);
            }
        }
        Set<Dim> extents = extents(model);
        return NominalDims.choose(model.dims(), given, extents)
                .orElseThrow(() -> new UnfitDimsException("model " + model.name() + " does not fit"
                        + (given.isEmpty() ? " dims of 100" : " the dims given") + ": its extents are " + extents
                        + ", and each must be a whole number from 1 on; choose others with --dims"));
    }

    private Set<Dim> extents(LoweredModel model) {
        Set<Dim> extents = new LinkedHashSet<>();
        model.dims().forEach(dim -> extents.add(Dim.symbol(dim)));
        model.arguments()
                .forEach(argument -> extents.addAll(argument.node().shape().dims()));
        for (Program program : programs()) {
            Graph.reachable(program.roots())
                    .forEach(node -> extents.addAll(node.shape().dims()));
            program.recurrences().forEach(loop -> extents.add(loop.body().count()));
        }
        extents.removeIf(extent ->
                !model.dims().containsAll(extent.symbols()) || extent.symbols().isEmpty());
        return extents;
    }

    /** What it does and keeps at {@code dims}. */
    Cost cost(Map<String, Integer> dims, Precision precision) {
        return new Cost(
                count(forward, dims),
                backward.map(program -> count(program, dims)),
                fused.map(program -> count(program, dims)),
                bytes(kept(), dims, precision),
                workspace(dims, precision),
                programs().stream().mapToInt(Program::largestMethod).max().orElse(0),
                OperationCount.loops(fused.orElse(forward)));
    }

    /** The operations of a further derivative. */
    Count operations(String method, Map<String, Integer> dims) {
        return count(derived.get(method), dims);
    }

    private static Count count(Program program, Map<String, Integer> dims) {
        return count(OperationCount.of(program), dims);
    }

    static Count count(Dim number, Map<String, Integer> dims) {
        return new Count(number.toString(), number.evaluate(dims));
    }

    /** What backward reads of what forward computes. */
    private Set<Node> kept() {
        Set<Node> kept = new LinkedHashSet<>(backward.map(Program::reads).orElse(Set.of()));
        kept.retainAll(forward.owners());
        return kept;
    }

    private static long bytes(Set<Node> nodes, Map<String, Integer> dims, Precision precision) {
        return nodes.stream()
                .mapToLong(node -> bytes(node.type().element(), node.shape().size(), dims, precision))
                .sum();
    }

    private static long bytes(ElementType element, Dim size, Map<String, Integer> dims, Precision precision) {
        long each = switch (element) {
            case REAL -> precision == Precision.F32 ? Float.BYTES : Double.BYTES;
            case INT -> Integer.BYTES;
            case BOOL -> 1;
        };
        return Math.multiplyExact(each, size.evaluate(dims));
    }

    private long workspace(Map<String, Integer> dims, Precision precision) {
        Set<Workspace.Buffer> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
        distinct.addAll(buffers.values());
        long sum = bytes(gradients, dims, precision);
        for (Workspace.Buffer buffer : distinct) {
            sum += bytes(buffer.element(), buffer.size(), dims, precision);
        }
        Set<Node> seen = new HashSet<>();
        for (Program program : programs()) {
            for (Kernel.Work work : scratch(program.items(), seen)) {
                sum += bytes(work.element(), work.size(), dims, precision);
            }
        }
        return sum;
    }

    /** Scratch memory of each kernel once, since forward and the fused program share it. */
    private static List<Kernel.Work> scratch(List<Item> items, Set<Node> seen) {
        List<Kernel.Work> scratch = new ArrayList<>();
        for (Item item : items) {
            if (item instanceof KernelCall call && seen.add(call.node())) {
                call.arguments().stream()
                        .filter(Kernel.Work.class::isInstance)
                        .forEach(argument -> scratch.add((Kernel.Work) argument));
            } else if (item instanceof Recurrence recurrence) {
                scratch.addAll(scratch(recurrence.step().items(), seen));
            }
        }
        return scratch;
    }
}
