package dev.gradc.compiler.schedule;

import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.Gather;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** What statements read, found by following virtual nodes down to roots and leaves. */
public final class Reads {

    /** An element of a root or a leaf. */
    public record Read(Node source, List<IndexExpr> index) {

        /** Written out, since the record's own is slow until C2 has compiled it. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Read read
                    && source == read.source
                    && (index == read.index || index.equals(read.index));
        }

        /** By the node alone, which few statements read at several indices. */
        @Override
        public int hashCode() {
            return source.hashCode();
        }
    }

    private final Predicate<Node> isRoot;
    private final Map<Statement, List<Read>> ofStatements = new HashMap<>();

    /** Stops at {@code roots}. */
    public Reads(Set<Node> roots) {
        this(roots::contains);
    }

    /** Stops at what has a place of its own. */
    Reads(Predicate<Node> isRoot) {
        this.isRoot = isRoot;
    }

    /** Whether {@code node} has a place of its own. */
    boolean isRoot(Node node) {
        return isRoot.test(node);
    }

    /** The elements that {@code item} reads; for a kernel call whole tensors, with no index. */
    public List<Read> of(Item item) {
        if (item instanceof Statement statement) {
            List<Read> known = ofStatements.get(statement);
            if (known == null) {
                known = found(statement);
                ofStatements.put(statement, known);
            }
            return known;
        }
        List<Read> reads = new ArrayList<>();
        if (item instanceof KernelCall call) {
            call.operands().forEach(operand -> reads.add(new Read(operand, List.of())));
        } else if (item instanceof Recurrence recurrence) {
            Reads inner = new Reads(recurrence.step().roots());
            Set<Node> own = new HashSet<>();
            recurrence.step().items().forEach(step -> own.addAll(Items.defined(step)));
            for (Item step : recurrence.step().items()) {
                inner.of(step).stream()
                        .filter(read -> !own.contains(read.source()))
                        .map(read -> new Read(read.source(), List.of()))
                        .forEach(reads::add);
            }
        } else if (item instanceof Loop loop) {
            loop.body().forEach(inner -> reads.addAll(of(inner)));
        }
        return reads;
    }

    private List<Read> found(Statement statement) {
        List<Read> reads = new ArrayList<>();
        Set<Read> seen = new HashSet<>();
        operands(statement, (node, index) -> follow(node, index, seen, reads));
        return reads;
    }

    /** The elements read where {@code node} is computed at {@code index}. */
    List<Read> of(Node node, List<IndexExpr> index) {
        List<Read> reads = new ArrayList<>();
        follow(node, index, new HashSet<>(), reads);
        return reads;
    }

    /** Each operand of {@code statement} with the index at which the loops read it. */
    public static void operands(Statement statement, BiConsumer<Node, List<IndexExpr>> reader) {
        Node node = statement.node();
        List<IndexExpr> axes = IndexExpr.axes(statement.extents().size());
        switch (node.gate().kind()) {
            case LEAF -> reader.accept(node, axes);
            case POINTWISE, LAYOUT, GATHER -> inputs(node, axes, reader);
            case SCATTER -> {
                List<IndexExpr> index = statement.landingIndex();
                reader.accept(node.input(statement.part()), index);
                Scatter.target(node).parts().get(statement.part()).selection().loaded().stream()
                        .filter(loaded -> loaded > 0)
                        .forEach(loaded -> reader.accept(node.input(loaded), index));
            }
            case REDUCTION -> {
                List<Integer> order = Statement.axisOrder(node);
                reader.accept(node.input(0), pick(axes, order.stream().sorted().toList(), order));
            }
            case SCAN -> {
                Scan.Final last = (Scan.Final) node.attribute();
                reader.accept(last.body().states().get(last.state()), axes);
            }
            case KERNEL, CUSTOM, PACK -> throw new IllegalStateException("not looped over: " + node);
            case CONTRACTION -> {
                Contraction.Labels labels = Contraction.labels(node);
                List<Integer> order = Statement.labelOrder(node);
                reader.accept(node.input(0), pick(axes, labels.left(), order));
                reader.accept(node.input(1), pick(axes, labels.right(), order));
            }
        }
    }

    private static List<IndexExpr> pick(List<IndexExpr> axes, List<Integer> labels, List<Integer> order) {
        return labels.stream().map(label -> axes.get(order.indexOf(label))).toList();
    }

    /** The inputs of a node that moves or maps single elements, with the index of each for the output's {@code index}. */
    public static void inputs(Node node, List<IndexExpr> index, BiConsumer<Node, List<IndexExpr>> reader) {
        switch (node.gate().kind()) {
            case POINTWISE -> {
                for (int i = 0; i < node.inputs().size(); i++) {
                    reader.accept(node.input(i), index);
                }
            }
            case LAYOUT -> {
                IndexMap map = (IndexMap) node.attribute();
                reader.accept(
                        node.input(0),
                        map.sources().stream()
                                .map(source -> IndexExpr.apply(source, index))
                                .toList());
            }
            case GATHER -> {
                reader.accept(node.input(0), selected(node, Gather.selection(node), index));
                node.inputs().subList(1, node.inputs().size()).forEach(input -> reader.accept(input, index));
            }
            case LEAF -> {}
            case REDUCTION, CONTRACTION, SCATTER, KERNEL, SCAN, CUSTOM, PACK ->
                throw new IllegalStateException("has loops of its own: " + node);
        }
    }

    /** The index that {@code selection} takes its space's {@code index} to; {@code node} has the loaded parts as inputs. */
    public static List<IndexExpr> selected(Node node, Gather.Selection selection, List<IndexExpr> index) {
        List<IndexExpr> selected = new ArrayList<>();
        for (int axis = 0; axis < selection.loaded().size(); axis++) {
            IndexExpr affine = IndexExpr.apply(selection.map().sources().get(axis), index);
            int loaded = selection.loaded().get(axis);
            selected.add(loaded == 0 ? affine : affine.plus(IndexExpr.loaded(node.input(loaded), index)));
        }
        return selected;
    }

    private void follow(Node node, List<IndexExpr> index, Set<Read> seen, List<Read> reads) {
        Read read = new Read(node, index);
        if (!seen.add(read)) {
            return;
        }
        if (isRoot.test(node) || node.inputs().isEmpty()) {
            reads.add(read);
        } else if (node.gate().kind() == Gate.Kind.POINTWISE) {
            for (int i = 0; i < node.inputs().size(); i++) {
                follow(node.input(i), index, seen, reads);
            }
        } else {
            inputs(node, index, (input, at) -> follow(input, at, seen, reads));
        }
    }
}
