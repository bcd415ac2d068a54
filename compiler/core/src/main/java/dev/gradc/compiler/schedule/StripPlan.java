package dev.gradc.compiler.schedule;

import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.Strip.Block;
import dev.gradc.compiler.schedule.Strip.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Cuts one innermost loop into the phases of a strip and gives blocks to what crosses from one to another. */
final class StripPlan {

    /** Loops known to be shorter stay as they are. */
    private static final long SHORTEST = 16;

    /** Iterations of more operations take longer than an addition, whose latency is that of about so many. */
    private static final int CHEAPEST = 8;

    private final Loop loop;
    private final Program program;
    private final Reads reads;
    private final Map<Statement, Integer> phases = new LinkedHashMap<>();
    private final Map<Node, Statement> members = new HashMap<>();
    private final Map<Node, Integer> lastReads = new HashMap<>();
    private final Set<Node> locals = new HashSet<>();
    private final Map<Node, Block> results = new HashMap<>();
    private final Map<Node, Block> operands = new HashMap<>();
    private final Map<ElementType, TreeSet<Integer>> free = new HashMap<>();
    private final Map<ElementType, Integer> made = new HashMap<>();

    private StripPlan(Loop loop, Program program) {
        this.loop = loop;
        this.program = program;
        this.reads = new Reads(program.roots());
    }

    static Optional<Strip> of(Loop loop, Program program) {
        boolean isShort = loop.extent().constant().orElse(SHORTEST) < SHORTEST;
        boolean isInnermost = loop.body().stream().allMatch(Statement.class::isInstance);
        if (isShort || !isInnermost) {
            return Optional.empty();
        }
        StripPlan plan = new StripPlan(loop, program);
        plan.findPhases();
        if (!plan.gains()) {
            return Optional.empty();
        }
        plan.findReads();
        return Optional.of(plan.strip());
    }

    /** Functions always gain. A sum alone does only where an iteration takes less time than an addition to a running sum. */
    private boolean gains() {
        Set<Statement> statements = phases.keySet();
        if (statements.stream().anyMatch(statement -> isFunction(statement.node()))) {
            return true;
        }
        int operations = statements.stream().mapToInt(this::operations).sum();
        return operations <= CHEAPEST && statements.stream().anyMatch(this::isFold);
    }

    private int operations(Statement statement) {
        int[] count = {0};
        Reads.operands(statement, (node, index) -> count[0] += 1 + below(node));
        return count[0];
    }

    private int below(Node node) {
        boolean isRead = program.roots().contains(node) || node.inputs().isEmpty();
        return isRead ? 0 : 1 + node.inputs().stream().mapToInt(this::below).sum();
    }

    private boolean isCall(Statement statement) {
        return isFunction(statement.node()) || isFold(statement);
    }

    /** Whether there is a function of the runtime that computes blocks of {@code node}. */
    static boolean isFunction(Node node) {
        return node.isReal()
                && !node.shape().isScalar()
                && node.gate() instanceof Pointwise gate
                && gate.block().isPresent();
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

    /** The first phase in which all that a statement reads is there. */
    private void findPhases() {
        Map<Node, Integer> ready = new HashMap<>();
        for (Item item : loop.body()) {
            Statement statement = (Statement) item;
            int phase = reads.of(statement).stream()
                    .mapToInt(read -> ready.getOrDefault(read.source(), 0))
                    .max()
                    .orElse(0);
            phases.put(statement, phase);
            ready.merge(statement.node(), isFunction(statement.node()) ? phase + 1 : phase, Math::max);
            if (!statement.accumulates() && statement.node().gate().kind() != Gate.Kind.SCATTER) {
                members.put(statement.node(), statement);
            }
        }
    }

    /** Who reads members: in the loop over elements of the same phase, or across phases. */
    private void findReads() {
        phases.forEach((statement, phase) -> {
            for (Reads.Read read : reads.of(statement)) {
                Statement member = members.get(read.source());
                if (member != null) {
                    lastReads.merge(read.source(), phase, Math::max);
                    boolean isAlready = isPlaced(statement, read.source());
                    if (!isFunction(member.node()) && phases.get(member).equals(phase) && !isAlready) {
                        locals.add(read.source());
                    }
                }
            }
        });
    }

    /** Whether {@code statement} is a call that takes {@code source} as it stands in a block or in memory. */
    private boolean isPlaced(Statement statement, Node source) {
        return isCall(statement)
                && operand(statement).map(read -> read.source() == source).orElse(false);
    }

    private Strip strip() {
        List<Phase> ordered = new ArrayList<>();
        int last = phases.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        for (int phase = 0; phase <= last; phase++) {
            List<Statement> elements = new ArrayList<>();
            List<Statement> calls = new ArrayList<>();
            for (Map.Entry<Statement, Integer> entry : phases.entrySet()) {
                if (entry.getValue() == phase) {
                    (isCall(entry.getKey()) ? calls : elements).add(entry.getKey());
                }
            }
            ordered.add(new Phase(elements, calls));
            giveBlocks(elements, calls, phase);
        }
        return new Strip(ordered, results, operands, locals);
    }

    private void giveBlocks(List<Statement> elements, List<Statement> calls, int phase) {
        results.forEach((node, block) -> {
            if (lastReads.get(node) == phase - 1) {
                release(block);
            }
        });
        for (Statement statement : elements) {
            if (members.containsKey(statement.node()) && needsBlock(statement, phase, calls)) {
                results.put(statement.node(), take(statement.node().type().element()));
            }
        }
        for (Statement call : calls) {
            if (operand(call).isEmpty()) {
                operands.put(call.node(), take(ElementType.REAL));
            }
        }
        for (Statement call : calls) {
            Block operand = operands.get(call.node());
            boolean hasBlock = isFunction(call.node()) && !program.memory().contains(call.node());
            if (hasBlock) {
                results.put(call.node(), operand == null ? take(ElementType.REAL) : operand);
                lastReads.putIfAbsent(call.node(), phase);
            } else if (operand != null) {
                release(operand);
            }
        }
    }

    private boolean needsBlock(Statement statement, int phase, List<Statement> calls) {
        Node node = statement.node();
        boolean crosses =
                lastReads.getOrDefault(node, phase) > phase || calls.stream().anyMatch(call -> isPlaced(call, node));
        return crosses && !program.memory().contains(node);
    }

    /** What {@code call} takes as it stands: contiguous in memory or in a block. Empty where it is computed for the call. */
    private Optional<Reads.Read> operand(Statement call) {
        List<Reads.Read> factors = new ArrayList<>();
        Reads.operands(call, (node, index) -> factors.add(new Reads.Read(node, index)));
        return factors.size() == 1 && stands(factors.get(0)) ? Optional.of(factors.get(0)) : Optional.empty();
    }

    private boolean stands(Reads.Read read) {
        Node node = read.source();
        if (members.containsKey(node)) {
            return true;
        }
        boolean isVariable = node.attribute() instanceof Leaf.Variable;
        return node.isReal() && (isVariable || program.roots().contains(node)) && isContiguous(read);
    }

    /** Whether the loop reads neighbours one after the other. */
    private boolean isContiguous(Reads.Read read) {
        IndexExpr flat = IndexExpr.flat(read.index(), read.source().shape());
        boolean isLoaded = flat.terms().keySet().stream().anyMatch(IndexExpr.Loaded.class::isInstance);
        Dim stride = flat.terms().getOrDefault(new IndexExpr.LoopAxis(loop.depth()), Dim.ZERO);
        return !isLoaded && stride.equals(Dim.ONE);
    }

    private Block take(ElementType element) {
        Integer number = free.computeIfAbsent(element, e -> new TreeSet<>()).pollFirst();
        return new Block(element, number == null ? made.merge(element, 1, Integer::sum) : number);
    }

    private void release(Block block) {
        free.computeIfAbsent(block.element(), e -> new TreeSet<>()).add(block.number());
    }
}
