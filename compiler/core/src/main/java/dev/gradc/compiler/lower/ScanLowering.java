package dev.gradc.compiler.lower;

import dev.gradc.compiler.gate.Custom;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.gate.Sequences;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.syntax.Expr;
import dev.gradc.compiler.syntax.Identifier;
import dev.gradc.compiler.syntax.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Recurrences: {@code scan t in 0..T-1 with h = h0 { h' = ...; collect h; }}. Behind the scan a state's name is its value
 * after the last step, and a collected name the tensor of its values at all steps.
 */
final class ScanLowering {

    private final ExpressionLowering lowering;
    private final Statement.Scan scan;
    private final Scope outer;

    ScanLowering(ExpressionLowering lowering, Statement.Scan scan, Scope outer) {
        this.lowering = lowering;
        this.scan = scan;
        this.outer = outer;
    }

    /** The names that {@code scan} defines, with where they are written. */
    static List<Identifier> names(Statement.Scan scan) {
        List<Identifier> names = new ArrayList<>();
        for (Statement.ScanStep step : scan.steps()) {
            if (step instanceof Statement.ScanStep.Collect collect) {
                names.add(collect.name());
            }
        }
        for (Statement.State state : scan.states()) {
            if (names.stream().noneMatch(name -> name.text().equals(state.name().text()))) {
                names.add(state.name());
            }
        }
        return names;
    }

    /** Defines the names of {@code scan}, which is lowered when the first of them is used. */
    static void define(
            ExpressionLowering lowering,
            Statement.Scan scan,
            SymbolTable symbols,
            BiFunction<String, Node, Node> named) {
        Map<String, Node> results = new LinkedHashMap<>();
        boolean[] failed = {false};
        for (Identifier name : names(scan)) {
            symbols.define(name, () -> {
                if (failed[0]) {
                    throw new Unresolved();
                }
                if (results.isEmpty()) {
                    failed[0] = true;
                    results.putAll(new ScanLowering(lowering, scan, symbols).lower());
                    failed[0] = false;
                }
                return named.apply(name.text(), results.get(name.text()));
            });
        }
    }

    /** The values of the names that the scan defines; a collected state's name is its sequence. */
    Map<String, Node> lower() {
        Dim low = lowering.dims().dim(scan.range().low(), outer);
        Dim high = lowering.dims().dim(scan.range().high(), outer);
        if (low.isAtLeast(high.plus(Dim.ONE))) {
            throw lowering.report(
                    LoweringDiagnostics.emptyRange(low, high, scan.range().span()));
        }
        Dim count = high.minus(low).plus(Dim.ONE);
        if (scan.checkpoint().isPresent()) {
            return segmented(low, count, scan.checkpoint().get());
        }
        LoopIndex index = open(low, count);
        Dim step = Dim.symbol(index.symbol());
        List<Node> initial = initial();
        Steps steps = fitting(index, step, initial);
        Scan.Closed closed = close(
                index,
                steps.states(),
                steps.next(),
                List.copyOf(steps.collected().values()));
        return results(closed, steps, initial);
    }

    /**
     * In segments of as many steps as {@code checkpoint} says: a loop over segments around a loop over their steps. Only
     * the states between segments are stored for the gradient; those within are computed again, segment by segment.
     */
    private Map<String, Node> segmented(Dim low, Dim count, Expr checkpoint) {
        Dim length = lowering.dims().dim(checkpoint, outer);
        boolean isWhole = length.constant().orElse(0) > 0
                && (count.constant().isEmpty()
                        || count.constant().getAsLong() % length.constant().getAsLong() == 0);
        if (!isWhole) {
            throw lowering.report(IndexDiagnostics.checkpointLength(count, length, checkpoint.span()));
        }
        LoopIndex segment = open(Dim.ZERO, count.dividedBy(length.constant().getAsLong()));
        LoopIndex within = open(Dim.ZERO, length);
        Dim step = low.plus(Dim.symbol(segment.symbol()).times(length)).plus(Dim.symbol(within.symbol()));
        List<Node> initial = initial();
        Steps steps = fitting(within, step, initial);
        List<Node> states = new ArrayList<>();
        for (int i = 0; i < initial.size(); i++) {
            states.add(state(i, segment, initial.get(i)));
        }
        Scan.Closed inner = close(
                within,
                steps.states(),
                steps.next(),
                List.copyOf(steps.collected().values()));
        List<Node> next = new ArrayList<>();
        for (int i = 0; i < initial.size(); i++) {
            next.add(inner.result(lowering.graph(), new Scan.Final(inner.body(), i), states));
        }
        List<Node> sequences = inner.results().stream()
                .map(node -> inner.result(lowering.graph(), new Scan.Sequence(inner.body(), node), states))
                .toList();
        Scan.Body segments = loop(segment, states, next).checkpointed();
        Map<String, Node> results = results(Scan.close(lowering.graph(), segments, sequences), steps, initial);
        steps.collected().forEach((name, element) -> {
            List<Dim> dims = new ArrayList<>(List.of(count));
            dims.addAll(element.shape().dims());
            Term sequence = new Term(lowering.graph(), results.get(name));
            results.put(name, Sequences.reshape(sequence, new Shape(dims)).node());
        });
        return results;
    }

    private LoopIndex open(Dim low, Dim count) {
        return lowering.indices().open(scan.index(), lowering.graph().size(), low, Optional.of(count));
    }

    private Scan.Closed close(LoopIndex index, List<Node> states, List<Node> next, List<Node> collected) {
        return Scan.close(lowering.graph(), loop(index, states, next), collected);
    }

    private static Scan.Body loop(LoopIndex index, List<Node> states, List<Node> next) {
        return new Scan.Body(index.symbol(), index.low(), index.extent(), false, states, List.of(), next);
    }

    private List<Node> initial() {
        List<Node> initial = new ArrayList<>();
        for (Statement.State state : scan.states()) {
            initial.add(lowering.lower(state.initial(), outer));
        }
        return initial;
    }

    /** The body for states like {@code initial}, which are widened in place where the states become wider. */
    private Steps fitting(LoopIndex index, Dim step, List<Node> initial) {
        Steps steps = steps(index, step, initial);
        if (!fits(steps, initial)) {
            List<Node> widened = widened(steps, initial);
            initial.clear();
            initial.addAll(widened);
            steps = steps(index, step, initial);
            requireFit(steps, initial);
        }
        return steps;
    }

    /** The body, lowered. */
    private record Steps(List<Node> states, List<Node> next, Map<String, Node> collected) {}

    /** @param position what the scan's index is, in terms of {@code index} */
    private Steps steps(LoopIndex index, Dim position, List<Node> initial) {
        Scope scope = outer.with(index.name().text(), Leaf.extent(lowering.graph(), position));
        List<Node> states = new ArrayList<>();
        Map<String, Node> next = new LinkedHashMap<>();
        for (int i = 0; i < initial.size(); i++) {
            String name = scan.states().get(i).name().text();
            Node state = state(i, index, initial.get(i));
            states.add(state);
            scope = scope.with(name, state);
        }
        Map<String, Node> collected = new LinkedHashMap<>();
        for (Statement.ScanStep step : scan.steps()) {
            if (step instanceof Statement.ScanStep.Define define) {
                scope = lowering.define(define.definition(), scope);
            } else if (step instanceof Statement.ScanStep.Update update) {
                update(update, scope, next);
            } else if (step instanceof Statement.ScanStep.Collect collect) {
                collect(collect, scope, next, collected);
            }
        }
        List<Node> ordered = new ArrayList<>();
        for (Statement.State state : scan.states()) {
            if (!next.containsKey(state.name().text())) {
                throw lowering.report(IndexDiagnostics.stateNotUpdated(
                        state.name().text(), state.name().span()));
            }
            ordered.add(next.get(state.name().text()));
        }
        return new Steps(states, ordered, collected);
    }

    private Node state(int position, LoopIndex index, Node like) {
        String name = scan.states().get(position).name().text();
        return Leaf.variable(lowering.graph(), Custom.placeholder(name) + index.symbol(), like.type());
    }

    private void update(Statement.ScanStep.Update update, Scope scope, Map<String, Node> next) {
        String name = update.state().text();
        List<String> states =
                scan.states().stream().map(state -> state.name().text()).toList();
        if (!states.contains(name)) {
            throw lowering.report(
                    IndexDiagnostics.notAState(name, update.state().span(), states));
        }
        if (next.put(name, lowering.lower(update.value(), scope)) != null) {
            throw lowering.report(
                    IndexDiagnostics.updatedTwice(name, update.state().span()));
        }
    }

    /** A state that is collected without an expression is collected as it is after the step. */
    private void collect(
            Statement.ScanStep.Collect collect, Scope scope, Map<String, Node> next, Map<String, Node> collected) {
        String name = collect.name().text();
        boolean isUpdated = collect.value().isEmpty() && next.containsKey(name);
        Expr value = collect.value().orElseGet(() -> new Expr.Reference(collect.name()));
        Node node = isUpdated ? next.get(name) : lowering.lower(value, scope);
        if (collected.put(name, node) != null) {
            throw lowering.report(
                    IndexDiagnostics.updatedTwice(name, collect.name().span()));
        }
    }

    private static boolean fits(Steps steps, List<Node> initial) {
        for (int i = 0; i < initial.size(); i++) {
            if (!steps.next().get(i).type().equals(initial.get(i).type())) {
                return false;
            }
        }
        return true;
    }

    /** Whole numbers as reals, and single numbers as tensors, where the states become those. */
    private List<Node> widened(Steps steps, List<Node> initial) {
        List<Node> widened = new ArrayList<>();
        for (int i = 0; i < initial.size(); i++) {
            Node next = steps.next().get(i);
            Node start = next.isReal() ? Conversions.toReal(lowering.graph(), initial.get(i)) : initial.get(i);
            widened.add(start.shape().isScalar() ? Broadcasting.to(lowering.graph(), start, next.shape()) : start);
        }
        return widened;
    }

    private void requireFit(Steps steps, List<Node> initial) {
        for (int i = 0; i < initial.size(); i++) {
            if (!steps.next().get(i).type().equals(initial.get(i).type())) {
                Statement.State state = scan.states().get(i);
                throw lowering.report(IndexDiagnostics.stateChanges(
                        state.name().text(),
                        initial.get(i).type(),
                        state.initial().span(),
                        steps.next().get(i).type(),
                        scan.steps().stream()
                                .filter(step -> step instanceof Statement.ScanStep.Update update
                                        && update.state()
                                                .text()
                                                .equals(state.name().text()))
                                .map(step -> ((Statement.ScanStep.Update) step)
                                        .value()
                                        .span())
                                .findFirst()
                                .orElseThrow()));
            }
        }
    }

    private Map<String, Node> results(Scan.Closed closed, Steps steps, List<Node> initial) {
        List<String> names = List.copyOf(steps.collected().keySet());
        Map<String, Node> results = new LinkedHashMap<>();
        for (int i = 0; i < initial.size(); i++) {
            results.put(
                    scan.states().get(i).name().text(),
                    closed.result(lowering.graph(), new Scan.Final(closed.body(), i), initial));
        }
        for (int i = 0; i < names.size(); i++) {
            Scan.Sequence sequence =
                    new Scan.Sequence(closed.body(), closed.results().get(i));
            results.put(names.get(i), closed.result(lowering.graph(), sequence, initial));
        }
        return results;
    }
}
