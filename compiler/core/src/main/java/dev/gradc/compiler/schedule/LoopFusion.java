package dev.gradc.compiler.schedule;

import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts statements into shared loops. From the outermost loop inwards, a statement joins the latest loop of the same
 * extent that computes nothing it needs, except at the loop's own index; else it opens a loop behind. So chains of
 * elementwise gates, reductions and their users end in one pass over the data. A fold joins an earlier loop that folds the
 * same elements, such as a maximum and its position. Zeros that parts are added to are filled in before the first of them.
 */
final class LoopFusion {

    /** A loop being filled, or one item that stands alone. */
    private static final class Group {
        private final int place;
        private final Item single;
        private final Dim extent;
        private final List<Statement> members;
        private final Map<Node, List<Statement>> byNode;
        private final Collection<Node> nodes;
        private final Set<Reads.Read> folded;
        private int weight;

        /** A loop. */
        private Group(int place, Dim extent) {
            this.place = place;
            this.single = null;
            this.extent = extent;
            this.members = new ArrayList<>();
            this.byNode = new HashMap<>();
            this.nodes = new LinkedHashSet<>();
            this.folded = new HashSet<>();
        }

        /** An item alone. */
        private Group(int place, Item single) {
            this.place = place;
            this.single = single;
            this.extent = Dim.ONE;
            this.members = List.of();
            this.byNode = Map.of();
            this.nodes = Items.defined(single);
            this.folded = Set.of();
        }

        private void add(Statement statement) {
            members.add(statement);
            byNode.computeIfAbsent(statement.node(), node -> new ArrayList<>()).add(statement);
            nodes.add(statement.node());
        }

        /** Takes the statements of {@code other}, to be computed before its own. */
        private void takeFirst(Group other) {
            members.addAll(0, other.members);
            byNode.putAll(other.byNode);
            nodes.addAll(other.nodes);
            weight += other.weight;
            other.members.clear();
        }

        private boolean isEmpty() {
            return single == null && members.isEmpty();
        }

        /** Whether it stores parts that {@code statement} is added to. */
        private boolean isUnder(Statement statement) {
            return statement.adds()
                    && byNode.getOrDefault(statement.node(), List.of()).stream().anyMatch(part -> !part.adds());
        }
    }

    /** The groups at one depth, in order. */
    private static final class Groups {
        private final List<Group> all = new ArrayList<>();

        /** The loops of each extent that take more statements, in order. */
        private final Map<Dim, List<Group>> open = new HashMap<>();

        /** The last group that computes each node. */
        private final Map<Node, Integer> computed = new HashMap<>();

        /** The last group that stores parts of each node, to which other parts are added. */
        private final Map<Node, Integer> stored = new HashMap<>();

        private void addAlone(Item item) {
            Group alone = new Group(all.size(), item);
            all.add(alone);
            alone.nodes.forEach(node -> computed.put(node, alone.place));
            if (item instanceof Statement statement) {
                store(statement, alone);
            }
        }

        private Group opened(Dim extent) {
            Group opened = new Group(all.size(), extent);
            all.add(opened);
            open(extent).add(opened);
            return opened;
        }

        private List<Group> open(Dim extent) {
            return open.computeIfAbsent(extent, e -> new ArrayList<>());
        }

        private void add(Statement statement, Group group, int weight) {
            group.add(statement);
            group.weight += weight;
            computed.merge(statement.node(), group.place, Math::max);
            store(statement, group);
        }

        private void store(Statement statement, Group group) {
            if (statement.node().gate().kind() == Gate.Kind.SCATTER && !statement.adds()) {
                stored.merge(statement.node(), group.place, Math::max);
            }
        }

        /** The first place where a statement with {@code reads} may stand. */
        private int first(Statement statement, List<Reads.Read> reads) {
            int first = statement.adds() ? stored.getOrDefault(statement.node(), 0) : 0;
            for (Reads.Read read : reads) {
                first = Math.max(first, computed.getOrDefault(read.source(), 0));
            }
            return first;
        }
    }

    private final Reads reader;
    private final Set<Node> roots;
    private final Set<Node> changing;

    /**
     * A fusion of one program's statements.
     *
     * @param roots the nodes with a place of their own, at which {@code reader} stops
     * @param changing nodes in whose memory others are written
     */
    LoopFusion(Reads reader, Set<Node> roots, Set<Node> changing) {
        this.reader = reader;
        this.changing = changing;
        this.roots = roots;
    }

    /** {@code items}, in topological order, with statements gathered into loops. */
    List<Item> fuse(List<Item> items) {
        return fuse(items, 0);
    }

    private List<Item> fuse(List<Item> items, int depth) {
        Groups groups = new Groups();
        Map<Node, Fill> fills = new HashMap<>();
        for (Item item : items) {
            if (item instanceof Fill fill) {
                fills.put(fill.node(), fill);
            } else if (item instanceof Statement statement
                    && depth < statement.extents().size()) {
                Group group = groupFor(statement, depth, groups);
                groups.add(statement, group, Weights.of(statement, roots));
                group.folded.addAll(folded(statement, reader.of(statement)));
            } else {
                groups.addAlone(item);
            }
        }
        sink(groups, depth);
        List<Item> fused = new ArrayList<>();
        for (Group group : groups.all) {
            if (!fills.isEmpty()) {
                group.nodes.stream().map(fills::remove).filter(Objects::nonNull).forEach(fused::add);
            }
            fused.add(close(group, depth));
        }
        return fused;
    }

    /** Moves loops that one later loop alone needs into it, if it reads what they compute at its own index. */
    private void sink(Groups groups, int depth) {
        List<Group> movable = groups.all.stream()
                .filter(group ->
                        !group.members.isEmpty() && group.members.stream().allMatch(this::isMovable))
                .toList();
        if (movable.isEmpty() || groups.all.size() == 1) {
            return;
        }
        Map<Node, Group> readers = readers(groups, movable);
        for (Group group : movable) {
            Set<Group> users = group.nodes.stream().map(readers::get).collect(Collectors.toSet());
            Group user = users.iterator().next();
            if (users.size() == 1 && user != null && takes(user, group, depth)) {
                user.takeFirst(group);
            }
        }
        groups.all.removeIf(Group::isEmpty);
    }

    /** For what each of {@code some} computes the other group that reads it; the group itself where there are several. */
    private Map<Node, Group> readers(Groups groups, List<Group> some) {
        Map<Node, Group> homes = new NodeMap<>();
        some.forEach(group -> group.nodes.forEach(node -> homes.put(node, group)));
        Map<Node, Group> readers = new NodeMap<>();
        for (Group group : groups.all) {
            List<? extends Item> items = group.single == null ? group.members : List.of(group.single);
            for (Item item : items) {
                for (Reads.Read read : reader.of(item)) {
                    Group home = homes.get(read.source());
                    if (home != null && home != group) {
                        readers.merge(read.source(), group, (one, other) -> one == other ? one : home);
                    }
                }
            }
        }
        return readers;
    }

    /** Whether {@code statement} may come later: what it reads stays, and no call for a whole block is made of it. */
    private boolean isMovable(Statement statement) {
        return !statement.accumulates()
                && statement.node().gate().kind() != Gate.Kind.SCATTER
                && !StripPlan.isFunction(statement.node())
                && reader.of(statement).stream().noneMatch(read -> changing.contains(read.source()));
    }

    private boolean takes(Group user, Group group, int depth) {
        return user != group
                && user.single == null
                && user.extent.equals(group.extent)
                && user.weight + group.weight <= Weights.LOOP_BUDGET
                && user.members.stream().allMatch(member -> readsOnlyAtOwnIndex(reader.of(member), group, depth));
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

    private Group groupFor(Statement statement, int depth, Groups groups) {
        Dim extent = statement.extents().get(depth);
        List<Reads.Read> reads = reader.of(statement);
        List<Reads.Read> folded = folded(statement, reads);
        int first = groups.first(statement, reads);
        List<Group> open = groups.open(extent);
        Group latest = null;
        for (int i = open.size() - 1; i >= 0 && open.get(i).place >= first; i--) {
            Group group = open.get(i);
            if (!hasRoom(group, statement)) {
                open.remove(i);
            } else if ((!group.isUnder(statement) || addsAtOwnIndex(statement, group, depth))
                    && readsOnlyAtOwnIndex(reads, group, depth)) {
                latest = latest == null ? group : latest;
                if (folded.isEmpty() || !Collections.disjoint(folded, group.folded)) {
                    return group;
                }
            }
        }
        return latest == null ? groups.opened(extent) : latest;
    }

    /** Which of its {@code reads} a fold takes another element of at each step of its innermost loop. */
    private static List<Reads.Read> folded(Statement statement, List<Reads.Read> reads) {
        if (!statement.accumulates()) {
            return List.of();
        }
        IndexExpr.Atom innermost = new IndexExpr.LoopAxis(statement.extents().size() - 1);
        return reads.stream()
                .filter(read ->
                        read.index().stream().anyMatch(index -> index.terms().containsKey(innermost)))
                .toList();
    }

    /** Whether the loop with {@code statement}, too, fits into a method. A loop that does not takes no more statements. */
    private boolean hasRoom(Group group, Statement statement) {
        return group.weight + Weights.of(statement, roots) <= Weights.LOOP_BUDGET;
    }

    /** Whether {@code statement} and what it is added to are both at the shared loop's index at {@code depth}. */
    private static boolean addsAtOwnIndex(Statement statement, Group group, int depth) {
        return isWrittenAt(statement, depth)
                && group.byNode.get(statement.node()).stream().allMatch(part -> isWrittenAt(part, depth));
    }

    private static boolean isWrittenAt(Statement statement, int depth) {
        List<IndexExpr> written = statement.outputIndex();
        return depth < written.size() && written.get(depth).isAxis(depth);
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
        return isWrittenAt(member, depth) && read.index().get(depth).isAxis(depth);
    }
}
