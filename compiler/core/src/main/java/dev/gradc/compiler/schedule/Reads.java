package dev.gradc.compiler.schedule;

import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.Gather;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** What is known of statements, by what they compute. */
    private final Map<Node, List<Read>> ofNodes;

    /** What is known of the parts of scatters. */
    private final Map<Statement, List<Read>> ofParts = new HashMap<>();

    /** For the statements of a program: stops at {@code roots}. */
    public Reads(Set<Node> roots) {
        this(roots::contains, new NodeMap<>());
    }

    /** For those of one loop: stops at what has a place of its own. */
    Reads(Predicate<Node> isRoot) {
        this(isRoot, new HashMap<>());
    }

    private Reads(Predicate<Node> isRoot, Map<Node, List<Read>> ofNodes) {
        this.isRoot = isRoot;
        this.ofNodes = ofNodes;
    }

    /** Whether {@code node} has a place of its own. */
    boolean isRoot(Node node) {
        return isRoot.test(node);
    }

    /** The elements that {@code item} reads; for a kernel call whole tensors, with no index. */
    public List<Read> of(Item item) {
        if (item instanceof Statement statement) {
            return statement.node().gate().kind() == Gate.Kind.SCATTER
                    ? of(statement, ofParts, statement)
                    : of(statement, ofNodes, statement.node());
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

    private <K> List<Read> of(Statement statement, Map<K, List<Read>> table, K key) {
        List<Read> known = table.get(key);
        if (known == null) {
            known = found(statement);
            table.put(key, known);
        }
        return known;
    }

    private List<Read> found(Statement statement) {
        List<Read> reads = new ArrayList<>();
        Met met = new Met();
        for (Read operand : operands(statement)) {
            follow(operand, met, reads);
        }
        return reads;
    }

    /** The elements read where {@code node} is computed at {@code index}. */
    List<Read> of(Node node, List<IndexExpr> index) {
        List<Read> reads = new ArrayList<>();
        follow(new Read(node, index), new Met(), reads);
        return reads;
    }

    /** The operands of {@code statement}, at the index at which the loops read each. */
    public static List<Read> operands(Statement statement) {
        Node node = statement.node();
        List<IndexExpr> axes = IndexExpr.axes(statement.extents().size());
        return switch (node.gate().kind()) {
            case LEAF -> List.of(new Read(node, axes));
            case POINTWISE, LAYOUT, GATHER -> inputs(node, axes);
            case SCATTER -> landing(statement);
            case REDUCTION -> {
                List<Integer> order = Statement.axisOrder(node);
                yield List.of(new Read(
                        node.input(0), pick(axes, order.stream().sorted().toList(), order)));
            }
            case SCAN -> {
                Scan.Final last = (Scan.Final) node.attribute();
                yield List.of(new Read(last.body().states().get(last.state()), axes));
            }
            case KERNEL, CUSTOM, PACK -> throw new IllegalStateException("not looped over: " + node);
            case CONTRACTION -> {
                Contraction.Labels labels = Contraction.labels(node);
                List<Integer> order = Statement.labelOrder(node);
                yield List.of(
                        new Read(node.input(0), pick(axes, labels.left(), order)),
                        new Read(node.input(1), pick(axes, labels.right(), order)));
            }
        };
    }

    /** What lands, and by what it finds its place. */
    private static List<Read> landing(Statement scatter) {
        Node node = scatter.node();
        List<IndexExpr> index = scatter.landingIndex();
        List<Read> reads = new ArrayList<>();
        reads.add(new Read(node.input(scatter.part()), index));
        for (int loaded :
                Scatter.target(node).parts().get(scatter.part()).selection().loaded()) {
            if (loaded > 0) {
                reads.add(new Read(node.input(loaded), index));
            }
        }
        return reads;
    }

    private static List<IndexExpr> pick(List<IndexExpr> axes, List<Integer> labels, List<Integer> order) {
        return labels.stream().map(label -> axes.get(order.indexOf(label))).toList();
    }

    /** The inputs of a node that moves or maps single elements, at the index of each for the output's {@code index}. */
    public static List<Read> inputs(Node node, List<IndexExpr> index) {
        return switch (node.gate().kind()) {
            case POINTWISE -> at(node.inputs(), index);
            case LAYOUT -> {
                IndexMap map = (IndexMap) node.attribute();
                yield List.of(new Read(
                        node.input(0),
                        map.sources().stream()
                                .map(source -> IndexExpr.apply(source, index))
                                .toList()));
            }
            case GATHER -> {
                List<Read> reads = new ArrayList<>(at(node.inputs(), index));
                reads.set(0, new Read(node.input(0), selected(node, Gather.selection(node), index)));
                yield reads;
            }
            case LEAF -> List.of();
            case REDUCTION, CONTRACTION, SCATTER, KERNEL, SCAN, CUSTOM, PACK ->
                throw new IllegalStateException("has loops of its own: " + node);
        };
    }

    private static List<Read> at(List<Node> nodes, List<IndexExpr> index) {
        return switch (nodes.size()) {
            case 1 -> List.of(new Read(nodes.get(0), index));
            case 2 -> List.of(new Read(nodes.get(0), index), new Read(nodes.get(1), index));
            default -> nodes.stream().map(node -> new Read(node, index)).toList();
        };
    }

    /** The index that {@code selection} takes its space's {@code index} to; {@code node} has the loaded parts as inputs. */
    public static List<IndexExpr> selected(Node node, Gather.Selection selection, List<IndexExpr> index) {
        List<IndexExpr> selected = new ArrayList<>();
        for (int axis = 0; axis < selection.loaded().size(); axis++) {
            IndexExpr affine = IndexExpr.apply(selection.map().sources().get(axis), index);
            int loaded = selection.loaded().get(axis);
            selected.add(loaded == 0 ? affine : affine.plus(loaded(node.input(loaded), index)));
        }
        return selected;
    }

    /** An int of {@code tensor}; where that is a view of data, of these, so that it is seen which axes have a say in it. */
    private static IndexExpr loaded(Node tensor, List<IndexExpr> index) {
        boolean isOfData =
                tensor.gate().kind() == Gate.Kind.LAYOUT && tensor.input(0).attribute() instanceof Leaf.Variable;
        Read read = isOfData ? inputs(tensor, index).get(0) : new Read(tensor, index);
        return IndexExpr.loaded(read.source(), read.index());
    }

    private void follow(Read read, Met met, List<Read> reads) {
        if (!met.add(read)) {
            return;
        }
        Node node = read.source();
        if (isRoot.test(node) || node.inputs().isEmpty()) {
            reads.add(read);
            return;
        }
        for (Read input : inputs(node, read.index())) {
            follow(input, met, reads);
        }
    }

    /** What was met on the way down: a few are looked through, more are hashed. */
    private static final class Met {
        private static final int FEW = 16;

        private final List<Read> few = new ArrayList<>(FEW);
        private Set<Read> more = Set.of();

        /** False where {@code read} was met before. */
        private boolean add(Read read) {
            if (few.contains(read)) {
                return false;
            } else if (few.size() < FEW) {
                return few.add(read);
            }
            more = more.isEmpty() ? new HashSet<>() : more;
            return more.add(read);
        }
    }
}
