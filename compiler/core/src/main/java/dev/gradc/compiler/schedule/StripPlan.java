package dev.gradc.compiler.schedule;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.Lanes.Needs;
import dev.gradc.compiler.schedule.Reads.Read;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Cuts one innermost loop into the phases of a strip; {@link StripLayout} gives blocks to what crosses from one to another. */
final class StripPlan {

    /** Loops known to be shorter stay as they are. */
    private static final long SHORTEST = 16;

    /** Iterations of more operations take longer than an addition, whose latency is that of about so many. */
    private static final int CHEAPEST = 8;

    /** Sums or products of which vectors save as much time as it takes to write a block and read it. */
    private static final int COPY = 2;

    /** How a statement is computed. */
    enum Way {
        LANES,
        ELEMENT,
        CALL
    }

    /** What a call takes: what stands in memory or in a block, or what is computed for it. */
    record Term(Read value, boolean stands, boolean inLanes) {}

    private final Loop loop;
    final Program program;
    final Vectors vectors;
    private final boolean inLanes;
    final List<Statement> statements;
    final Set<Node> pieces;
    private final Reads reads;
    private final Lanes lanes;
    final Map<Node, Statement> members = new HashMap<>();
    final Map<Statement, Way> ways = new LinkedHashMap<>();
    final Map<Statement, Integer> phases = new LinkedHashMap<>();
    final Map<Node, Integer> lastReads = new HashMap<>();
    final Map<Read, Integer> lastCopies = new HashMap<>();
    final Set<Node> locals = new HashSet<>();
    final Set<Node> crossing = new HashSet<>();
    final Map<Integer, Set<Read>> scalars = new HashMap<>();
    final Map<Integer, Set<Read>> laneReads = new HashMap<>();
    final Map<Integer, Set<Read>> memoryReads = new HashMap<>();
    final Map<Read, Integer> firstCopies = new LinkedHashMap<>();
    final Map<Statement, List<Term>> terms = new HashMap<>();
    final Map<Statement, List<Read>> factors = new HashMap<>();
    private int duration;

    private StripPlan(Loop loop, Program program, Vectors vectors, boolean inLanes) {
        this.loop = loop;
        this.program = program;
        this.vectors = vectors;
        this.inLanes = inLanes;
        Pieces found = inLanes ? Pieces.of(loop, program, vectors) : Pieces.none(loop, program, vectors);
        this.statements = found.statements();
        this.pieces = found.nodes();
        this.reads = new Reads(node -> program.roots().contains(node) || pieces.contains(node));
        for (Statement statement : statements) {
            if (!statement.accumulates() && !isScatter(statement)) {
                members.put(statement.node(), statement);
            }
        }
        this.lanes = new Lanes(loop.depth(), program, vectors, members, pieces);
        statements.forEach(statement -> ways.put(statement, way(statement)));
        keepPartsTogether();
        findPhases();
        findReads();
    }

    /**
     * The strips of {@code loop}; empty where it is not innermost, or gains nothing. Where lanes gain nothing, sums may still
     * be made by blocks of what is in memory anyhow.
     */
    static Optional<Strip> of(Loop loop, Program program, Vectors vectors) {
        boolean isShort = loop.extent().constant().orElse(SHORTEST) < SHORTEST;
        boolean isInnermost = loop.body().stream().allMatch(Statement.class::isInstance);
        if (isShort || !isInnermost) {
            return Optional.empty();
        }
        StripPlan plan = new StripPlan(loop, program, vectors, true);
        if (vectors == Vectors.FOUND && plan.duration < plan.copies() * COPY) {
            plan = new StripPlan(loop, program, vectors, false);
        } else if (plan.hasFolds() && (!plan.gains() || plan.laneReads.isEmpty())) {
            StripPlan byElement = new StripPlan(loop, program, vectors, false);
            plan = byElement.needsBlocks() ? plan : byElement;
        }
        return plan.gains() ? Optional.of(new StripLayout(plan).strip()) : Optional.empty();
    }

    /**
     * Functions always gain, and lanes where there is much to compute. A sum alone does only where an iteration takes less
     * time than an addition to a running sum.
     */
    private boolean gains() {
        int moved = vectors == Vectors.FOUND ? copies() : crossing.size();
        boolean isLong = inLanes && duration >= vectors.least + moved * COPY;
        if (isLong || statements.stream().anyMatch(statement -> isFunction(statement.node()))) {
            return true;
        }
        int operations = statements.stream().mapToInt(this::operations).sum();
        return operations <= CHEAPEST && hasFolds();
    }

    private boolean hasFolds() {
        return statements.stream().anyMatch(this::isFold);
    }

    /** Whether anything is written for a call to read that is not in memory anyhow. */
    private boolean needsBlocks() {
        return statements.stream().anyMatch(this::hasTerms) || !program.memory().containsAll(crossing);
    }

    private int operations(Statement statement) {
        return Reads.operands(statement).stream()
                .mapToInt(operand -> 1 + below(operand.source()))
                .sum();
    }

    private int below(Node node) {
        boolean isRead = program.roots().contains(node) || node.inputs().isEmpty();
        int own = node.gate() instanceof Pointwise ? 1 : 0;
        return isRead ? 0 : own + node.inputs().stream().mapToInt(this::below).sum();
    }

    /** The number of arrays that are copied to blocks and from them for the lanes. */
    private int copies() {
        int stores = 0;
        for (Statement statement : statements) {
            boolean isStored =
                    ways.get(statement) == Way.LANES && program.memory().contains(statement.node());
            stores += isStored ? 1 : 0;
        }
        return firstCopies.size() + stores;
    }

    private Way way(Statement statement) {
        if (isFunction(statement.node()) || isFold(statement) || isChoice(statement)) {
            return Way.CALL;
        }
        return inLanes && lanes.of(statement).isPresent() ? Way.LANES : Way.ELEMENT;
    }

    /** Parts of a scatter may meet in memory: where one of them is not in lanes, none is. */
    private void keepPartsTogether() {
        Set<Node> byElement = new HashSet<>();
        statements.stream()
                .filter(statement -> isScatter(statement) && ways.get(statement) == Way.ELEMENT)
                .forEach(statement -> byElement.add(statement.node()));
        ways.replaceAll((statement, way) -> byElement.contains(statement.node()) ? Way.ELEMENT : way);
    }

    static boolean isScatter(Statement statement) {
        return statement.node().gate().kind() == Gate.Kind.SCATTER;
    }

    /** Whether there is a function of the runtime that computes blocks of {@code node}. */
    static boolean isFunction(Node node) {
        return node.isReal()
                && !node.shape().isScalar()
                && node.gate() instanceof Pointwise gate
                && gate.block().isPresent();
    }

    /** Whether there is a function of the runtime that computes blocks of another gate with those of {@code statement}. */
    static boolean hasSecond(Statement statement) {
        return isFunction(statement.node())
                && ((Pointwise) statement.node().gate()).blockWith().isPresent();
    }

    /** Whether one call computes both, which take the same. */
    boolean isPair(Statement first, Statement second) {
        return hasSecond(first)
                && ((Pointwise) first.node().gate())
                        .blockWith()
                        .filter(pair -> pair.other().equals(second.node().gate().name()))
                        .isPresent()
                && isFunction(second.node())
                && terms.get(first).equals(terms.get(second));
    }

    private boolean isChoice(Statement statement) {
        Node node = statement.node();
        return inLanes && Pieces.isChoice(node, vectors) && (node.isReal() || pieces.contains(node));
    }

    /** Whether the loop adds up, or seeks the extreme of, what a block can hold. */
    private boolean isFold(Statement statement) {
        Node node = statement.node();
        if (!statement.hasScalarAccumulator() || !statement.folded().get(loop.depth()) || !node.isReal()) {
            return false;
        }
        return !(node.gate() instanceof Reduction reduction)
                || (!reduction.isPositional()
                        && reduction.combiner().blockFold().isPresent());
    }

    /** What each statement reads, and how. */
    private void findReads() {
        for (Statement statement : statements) {
            switch (ways.get(statement)) {
                case LANES -> lanesRead(statement, lanes.of(statement).orElseThrow(), reads.of(statement));
                case ELEMENT -> reads.of(statement).forEach(read -> uses(statement, read, Way.ELEMENT));
                case CALL -> terms.put(statement, terms(statement));
            }
        }
    }

    /** The first phase in which all that a statement reads is there; the parts of a scatter land in their order. */
    private void findPhases() {
        Map<Node, Integer> ready = new HashMap<>();
        Map<Node, Integer> landed = new HashMap<>();
        for (Statement statement : statements) {
            int first = landed.getOrDefault(statement.node(), 0);
            int phase = first;
            for (Read read : reads.of(statement)) {
                phase = Math.max(phase, ready.getOrDefault(read.source(), 0));
            }
            phases.put(statement, phase);
            if (isScatter(statement)) {
                landed.put(statement.node(), phase);
            }
            boolean isLate = ways.get(statement) == Way.CALL || (inLanes && ways.get(statement) == Way.ELEMENT);
            boolean isFolded = isFold(statement);
            ready.merge(statement.node(), isLate && !isFolded ? phase + 1 : phase, Math::max);
        }
        if (inLanes) {
            splitPhases();
        }
    }

    /** Makes phases of the loops over lanes that a phase takes: elements and calls are in the last. */
    private void splitPhases() {
        int made = 0;
        Map<Statement, Integer> split = new HashMap<>();
        for (List<Statement> inPhase : byPhase()) {
            LaneLoops loops = new LaneLoops(vectors);
            for (Statement statement : inPhase) {
                if (ways.get(statement) == Way.LANES) {
                    int operations = lanes.of(statement).orElseThrow().operations;
                    split.put(statement, made + loops.add(statement, reads.of(statement), operations));
                }
            }
            boolean hasTerms = inPhase.stream().anyMatch(this::hasTerms);
            int end = made + Math.max(hasTerms ? loops.count() : loops.count() - 1, 0);
            for (Statement statement : inPhase) {
                split.putIfAbsent(statement, end);
            }
            made = end + 1;
        }
        phases.putAll(split);
    }

    /** The statements of each phase. */
    List<List<Statement>> byPhase() {
        List<List<Statement>> ordered = new ArrayList<>(List.of(new ArrayList<>()));
        for (Statement statement : statements) {
            int phase = phases.get(statement);
            while (ordered.size() <= phase) {
                ordered.add(new ArrayList<>());
            }
            ordered.get(phase).add(statement);
        }
        return ordered;
    }

    /** Whether it is a call for which something must be computed. */
    private boolean hasTerms(Statement statement) {
        return ways.get(statement) == Way.CALL
                && factors(statement).isEmpty()
                && !Reads.operands(statement).stream().allMatch(this::stands);
    }

    private void lanesRead(Statement statement, Needs needs, List<Read> read) {
        for (Read each : read) {
            uses(statement, each, Way.LANES);
        }
        duration += needs.duration;
        laneReads
                .computeIfAbsent(phases.get(statement), phase -> new LinkedHashSet<>())
                .addAll(read);
        scalars.computeIfAbsent(phases.get(statement), phase -> new LinkedHashSet<>())
                .addAll(needs.scalars);
        for (Read memory : needs.memory) {
            if (vectors == Vectors.FOUND) {
                firstCopies.merge(memory, phases.get(statement), Math::min);
                lastCopies.merge(memory, phases.get(statement), Math::max);
            } else if (!isMadeWith(statement, memory.source())) {
                memoryReads
                        .computeIfAbsent(phases.get(statement), phase -> new LinkedHashSet<>())
                        .add(memory);
            }
        }
    }

    /** Whether {@code node} is computed in the loop over lanes that computes {@code statement}. */
    private boolean isMadeWith(Statement statement, Node node) {
        Statement member = members.get(node);
        return member != null
                && ways.get(member) == Way.LANES
                && phases.get(member).equals(phases.get(statement));
    }

    /** {@code reader} reads {@code read} in a loop over lanes or elements, or in its call. */
    private void uses(Statement reader, Read read, Way way) {
        Statement member = members.get(read.source());
        if (member == null) {
            return;
        }
        lastReads.merge(read.source(), phases.get(reader), Math::max);
        boolean isSameLoop =
                ways.get(member) == way && phases.get(member).equals(phases.get(reader)) && way != Way.CALL;
        (isSameLoop ? locals : crossing).add(read.source());
    }

    /** What {@code statement} multiplies and adds up, if one call does both. */
    private Optional<Factors> factors(Statement statement) {
        Node node = statement.node();
        boolean isSum = isFold(statement)
                && (!(node.gate() instanceof Reduction reduction) || reduction.combiner() == Arithmetic.ADD);
        return isSum
                ? Factors.of(
                        statement,
                        lanes::isInvariant,
                        this::stands,
                        inner -> !program.roots().contains(inner) && !pieces.contains(inner))
                : Optional.empty();
    }

    private List<Term> terms(Statement call) {
        Optional<Factors> product = factors(call);
        if (product.isPresent()) {
            factors.put(call, product.get().fixed());
            return product.get().standing().stream()
                    .map(value -> found(call, value))
                    .toList();
        }
        List<Read> values = Reads.operands(call);
        if (isFold(call) && values.size() > 1) {
            boolean run =
                    inLanes && values.stream().allMatch(value -> lanes.of(value).isPresent());
            values.forEach(value -> term(call, value, run));
            return List.of(new Term(new Read(call.node(), call.outputIndex()), false, run));
        }
        return values.stream().map(value -> found(call, value)).toList();
    }

    private Term found(Statement call, Read value) {
        if (stands(value)) {
            uses(call, value, Way.CALL);
            return new Term(value, true, false);
        }
        boolean run = inLanes && lanes.of(value).isPresent();
        term(call, value, run);
        return new Term(value, false, run);
    }

    /** A term that is computed for a call alone. */
    private void term(Statement call, Read value, boolean run) {
        List<Read> read = reads.of(value.source(), value.index());
        if (run) {
            lanesRead(call, lanes.of(value).orElseThrow(), read);
        } else {
            read.forEach(each -> uses(call, each, Way.ELEMENT));
        }
    }

    /** Whether {@code value} stands contiguous in memory or in a block, as a call takes it. */
    private boolean stands(Read value) {
        Node node = value.source();
        Statement member = members.get(node);
        if (member != null) {
            return (node.isReal() || pieces.contains(node)) && value.index().equals(member.outputIndex());
        }
        boolean isInMemory =
                node.attribute() instanceof Leaf.Variable || program.roots().contains(node);
        return node.isReal() && isInMemory && lanes.isContiguous(value);
    }
}
