package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.codegen.ModelPlan;
import dev.gradc.compiler.concurrent.DeepStack;
import dev.gradc.compiler.diagnostic.Diagnostics;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.lower.Lowering;
import dev.gradc.compiler.schedule.Item;
import dev.gradc.compiler.schedule.KernelCall;
import dev.gradc.compiler.schedule.Loop;
import dev.gradc.compiler.schedule.Program;
import dev.gradc.compiler.schedule.Recurrence;
import dev.gradc.compiler.schedule.Statement;
import dev.gradc.compiler.source.SourceFile;
import dev.gradc.compiler.syntax.Parser;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is decided for a model before its class is written, and questions about it. */
final class Plans {

    private Plans() {}

    /** The plans of the models in {@code text}, which has no problems. */
    static List<ModelPlan> of(String text, CompilerOptions options) {
        Diagnostics diagnostics = new Diagnostics();
        List<ModelPlan> plans = DeepStack.call(() -> {
            var module = Parser.parse(new SourceFile("test.grad", text), diagnostics);
            var packages = Imports.packages(List.of(module), (importer, wanted) -> List.of(), diagnostics);
            return new Lowering(packages, diagnostics, graph -> graph)
                    .lower(module, options.model(), options.wrt(), options.of()).stream()
                            .map(model -> Pipeline.plan(model, options))
                            .toList();
        });
        assertThat(diagnostics.list()).isEmpty();
        return plans;
    }

    /** What backward reads of forward's, beside outputs, in topological order. */
    static List<Node> kept(ModelPlan plan) {
        Program backward = plan.backward().orElseThrow();
        Set<Node> kept = new LinkedHashSet<>(backward.owners());
        kept.retainAll(plan.forward().owners());
        kept.removeAll(computed(backward));
        kept.removeAll(plan.outputs());
        return Graph.sorted(kept);
    }

    /** All that {@code program} computes, in the steps of its recurrences, too. */
    static List<Node> computed(Program program) {
        List<Node> computed = new ArrayList<>();
        program.items().forEach(item -> addComputed(item, computed));
        return computed;
    }

    private static void addComputed(Item item, List<Node> computed) {
        if (item instanceof Statement statement) {
            computed.add(statement.node());
        } else if (item instanceof KernelCall call) {
            computed.add(call.node());
        } else if (item instanceof Loop loop) {
            loop.body().forEach(inner -> addComputed(inner, computed));
        } else if (item instanceof Recurrence recurrence) {
            computed.addAll(recurrence.body().states());
            computed.addAll(recurrence.sequences());
            computed.addAll(computed(recurrence.step()));
        }
    }

    /** Bytes of {@code nodes}, reals being doubles. */
    static Dim bytes(Iterable<Node> nodes) {
        Dim bytes = Dim.ZERO;
        for (Node node : nodes) {
            int element = node.isReal() ? 8 : node.type().element() == ElementType.INT ? 4 : 1;
            bytes = bytes.plus(node.shape().size().times(Dim.of(element)));
        }
        return bytes;
    }
}
