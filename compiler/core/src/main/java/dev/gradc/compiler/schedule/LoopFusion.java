package dev.gradc.compiler.schedule;

import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Puts statements into shared loops. From the outermost loop inwards, a statement joins the latest loop of the same
 * extent that computes nothing it needs, except at the loop's own index; else it opens a loop behind. So chains of
 * elementwise gates, reductions and their users end in one pass over the data. Zeros that parts are added to are filled
 * in before the first of them.
 */
final class LoopFusion {

    /** The most statements one loop may take; bounds the size of methods. */
    private static final int MOST_STATEMENTS = 40;

    /** A loop being filled, or one item that stands alone. */
    private static final class Group {
        private final Item single;
        private final Dim extent;
        private final List<Statement> members = new ArrayList<>();
        private final Map<Node, List<Statement>> byNode = new HashMap<>();
        private final Set<Node> nodes = new LinkedHashSet<>();

        private Group(Item single, Dim extent) {
            this.single = single;
            this.extent = extent;
        }

        private void add(Statement statement) {
            members.add(statement);
            byNode.computeIfAbsent(statement.node(), node -> new ArrayList<>()).add(statement);
            nodes.add(statement.node());
        }

        /** Whether it stores parts that {@code statement} is added to. */
        private boolean isUnder(Statement statement) {
            return statement.adds()
                    && (byNode.getOrDefault(statement.node(), List.of()).stream()
                                    .anyMatch(part -> !part.adds())
                            || (single instanceof Statement part && part.node() == statement.node() && !part.adds()));
        }
    }

    private final Reads reader;

    LoopFusion(Reads reader) {
        this.reader = reader;
    }

    /** {@code items}, in topological order, with statements gathered into loops. */
    List<Item> fuse(List<Item> items) {
        return fuse(items, 0);
    }

    private List<Item> fuse(List<Item> items, int depth) {
        List<Group> groups = new ArrayList<>();
        Map<Node, Fill> fills = new HashMap<>();
        for (Item item : items) {
            if (item instanceof Fill fill) {
                fills.put(fill.node(), fill);
            } else if (item instanceof Statement statement
                    && depth < statement.extents().size()) {
                groupFor(statement, depth, groups).add(statement);
            } else {
                Group alone = new Group(item, Dim.ONE);
                alone.nodes.addAll(Items.defined(item));
                groups.add(alone);
            }
        }
        List<Item> fused = new ArrayList<>();
        for (Group group : groups) {
            group.nodes.stream().map(fills::remove).filter(Objects::nonNull).forEach(fused::add);
            fused.add(close(group, depth));
        }
        return fused;
    }

    private Item close(Group group, int depth) {
        if (group.single != null) {
            return group.single;
        }
        List<Statement> accumulating = group.members.stream()
                .filter(member -> member.firstFolded() == depth)
                .toList();
        return new Loop(depth, group.extent, accumulating, fuse(List.copyOf(group.members), depth + 1));
    }

    private Group groupFor(Statement statement, int depth, List<Group> groups) {
        Dim extent = statement.extents().get(depth);
        List<Reads.Read> reads = reader.of(statement);
        for (int i = groups.size() - 1; i >= 0; i--) {
            Group group = groups.get(i);
            boolean joins = group.single == null
                    && group.extent.equals(extent)
                    && group.members.size() < MOST_STATEMENTS
                    && !group.isUnder(statement)
                    && readsOnlyAtOwnIndex(reads, group, depth);
            if (joins) {
                return group;
            }
            if (group.isUnder(statement) || reads.stream().anyMatch(read -> group.nodes.contains(read.source()))) {
                break;
            }
        }
        Group opened = new Group(null, extent);
        groups.add(opened);
        return opened;
    }

    private static boolean readsOnlyAtOwnIndex(List<Reads.Read> reads, Group group, int depth) {
        for (Reads.Read read : reads) {
            for (Statement member : group.byNode.getOrDefault(read.source(), List.of())) {
                if (!isAligned(read, member, depth)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether {@code read} of what {@code member} computes is at the shared loop's index at {@code depth}. */
    private static boolean isAligned(Reads.Read read, Statement member, int depth) {
        if (member.firstFolded() <= depth) {
            return false;
        }
        List<IndexExpr> written = member.outputIndex();
        return depth < written.size()
                && written.get(depth).isAxis(depth)
                && read.index().get(depth).isAxis(depth);
    }
}
