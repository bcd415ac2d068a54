package dev.gradc.compiler.schedule;

import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.Reads.Read;
import dev.gradc.compiler.schedule.Strip.Block;
import dev.gradc.compiler.schedule.Strip.Call;
import dev.gradc.compiler.schedule.Strip.Copy;
import dev.gradc.compiler.schedule.Strip.Operand;
import dev.gradc.compiler.schedule.Strip.Phase;
import dev.gradc.compiler.schedule.StripPlan.Term;
import dev.gradc.compiler.schedule.StripPlan.Way;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Gives blocks to what crosses from one loop or call of a strip to another, phase by phase. */
final class StripLayout {

    private final StripPlan plan;
    private final StripBlocks blocks = new StripBlocks();
    private final Map<Node, Block> results = new HashMap<>();

    StripLayout(StripPlan plan) {
        this.plan = plan;
    }

    Strip strip() {
        List<Phase> ordered = new ArrayList<>();
        List<List<Statement>> statements = plan.byPhase();
        Map<Integer, List<Read>> copies = new HashMap<>();
        plan.firstCopies.forEach((read, first) ->
                copies.computeIfAbsent(first, phase -> new ArrayList<>()).add(read));
        for (int phase = 0; phase < statements.size(); phase++) {
            Map<Way, List<Statement>> here = byWay(statements.get(phase));
            List<Copy> loads = loads(copies.getOrDefault(phase, List.of()));
            List<Statement> lanesHere = here.get(Way.LANES);
            List<Copy> stores = stores(lanesHere, phase);
            List<Statement> elements = here.get(Way.ELEMENT);
            for (Statement statement : elements) {
                if (plan.crossing.contains(statement.node())
                        && !plan.program.memory().contains(statement.node())) {
                    giveBlock(statement.node(), phase);
                }
            }
            List<Call> calls = calls(here.get(Way.CALL), phase);
            List<Read> needed = List.copyOf(plan.scalars.getOrDefault(phase, Set.of()));
            Set<Read> reads = plan.laneReads.getOrDefault(phase, Set.of());
            Set<Read> memory = plan.memoryReads.getOrDefault(phase, Set.of());
            ordered.add(new Phase(needed, reads, memory, loads, lanesHere, elements, calls, stores));
            blocks.end(phase);
        }
        Set<Read> all = new LinkedHashSet<>();
        ordered.forEach(phase -> all.addAll(phase.scalars()));
        return new Strip(plan.vectors, List.copyOf(all), ordered, results, plan.locals);
    }

    private Map<Way, List<Statement>> byWay(List<Statement> statements) {
        Map<Way, List<Statement>> byWay = new EnumMap<>(Way.class);
        for (Way way : Way.values()) {
            byWay.put(way, new ArrayList<>());
        }
        for (Statement statement : statements) {
            byWay.get(plan.ways.get(statement)).add(statement);
        }
        return byWay;
    }

    private List<Copy> loads(List<Read> copies) {
        return copies.stream()
                .map(read -> new Copy(read, blocks.take(ElementType.REAL, plan.lastCopies.get(read))))
                .toList();
    }

    /** Gives blocks to what is computed in lanes and stays in no variable, and from where HotSpot does not make vectors of it. */
    private List<Copy> stores(List<Statement> lanesHere, int phase) {
        List<Copy> stores = new ArrayList<>();
        for (Statement statement : lanesHere) {
            Node node = statement.node();
            boolean isStored = plan.program.memory().contains(node);
            if (isStored ? plan.vectors == Vectors.FOUND : plan.crossing.contains(node)) {
                Block block = giveBlock(node, phase);
                if (isStored) {
                    stores.add(new Copy(new Read(node, statement.outputIndex()), block));
                }
            }
        }
        return stores;
    }

    private Block giveBlock(Node node, int phase) {
        boolean isNumber = plan.pieces.contains(node) || plan.ways.get(plan.members.get(node)) == Way.LANES;
        ElementType element = isNumber ? ElementType.REAL : node.type().element();
        Block block = blocks.take(element, lastRead(node, phase));
        results.put(node, block);
        return block;
    }

    private int lastRead(Node node, int phase) {
        return plan.lastReads.getOrDefault(node, phase);
    }

    private List<Call> calls(List<Statement> here, int phase) {
        Map<Statement, Statement> seconds = new HashMap<>();
        for (Statement first : here) {
            if (StripPlan.hasSecond(first)) {
                here.stream()
                        .filter(second -> plan.isPair(first, second))
                        .findFirst()
                        .ifPresent(second -> seconds.put(first, second));
            }
        }
        return here.stream()
                .filter(statement -> !seconds.containsValue(statement))
                .map(statement -> call(statement, Optional.ofNullable(seconds.get(statement)), phase))
                .toList();
    }

    /** A function's result stays where an operand was computed for it, if it has no place in memory. */
    private Call call(Statement statement, Optional<Statement> second, int phase) {
        List<Operand> operands = new ArrayList<>();
        for (Term term : plan.terms.get(statement)) {
            operands.add(new Operand(term.value(), own(term, phase), term.inLanes()));
        }
        Node node = statement.node();
        if (needsBlock(node)) {
            Optional<Block> room = operands.stream()
                    .flatMap(operand -> operand.room().stream())
                    .findFirst();
            room.ifPresent(block -> blocks.extend(block, lastRead(node, phase)));
            results.put(node, room.orElseGet(() -> blocks.take(ElementType.REAL, lastRead(node, phase))));
        }
        second.map(Statement::node)
                .filter(this::needsBlock)
                .ifPresent(other -> results.put(other, blocks.take(ElementType.REAL, lastRead(other, phase))));
        return new Call(statement, second, operands, plan.factors.getOrDefault(statement, List.of()));
    }

    private boolean needsBlock(Node result) {
        return plan.members.containsKey(result) && !plan.program.memory().contains(result);
    }

    private Optional<Block> own(Term term, int phase) {
        OptionalDouble constant = Leaf.constantValue(term.value().source());
        if (term.stands()) {
            return Optional.empty();
        }
        return Optional.of(
                constant.isPresent() ? Block.of(constant.getAsDouble()) : blocks.take(ElementType.REAL, phase));
    }
}
