package dev.gradc.compiler.codegen;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.JavaForm;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.Loop;
import dev.gradc.compiler.schedule.Program;
import dev.gradc.compiler.schedule.Reads.Read;
import dev.gradc.compiler.schedule.Statement;
import dev.gradc.compiler.schedule.Strip;
import dev.gradc.compiler.schedule.Strip.Block;
import dev.gradc.compiler.schedule.Strip.Call;
import dev.gradc.compiler.schedule.Strip.Copy;
import dev.gradc.compiler.schedule.Strip.Operand;
import dev.gradc.compiler.schedule.Strip.Phase;
import dev.gradc.compiler.schedule.Vectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An innermost loop in strips: loops over the lanes and the elements of one, and calls for all of them. */
final class StripWriter {

    private static final String CALLS = JavaText.reference(Pointwise.BLOCKS);
    private static final String MATH = JavaText.reference("java.lang.Math");
    private static final String SYSTEM = JavaText.reference("java.lang.System");

    private final BodyWriter body;
    private final Program program;
    private final ExpressionWriter expressions;
    private final Naming naming;
    private final JavaTypes types;
    private JavaText text;
    private final Strip strip;
    private final Bounds bounds;

    /** The values that stand in blocks now. */
    private final Map<Read, Block> standing = new LinkedHashMap<>();

    /** What each block was last given. */
    private final Map<Block, Read> held = new HashMap<>();

    /**
     * The names that one strip goes by.
     *
     * @param depth the loop's depth
     * @param extent how often the loop runs
     * @param index the loop's variable
     * @param start its first value in the strip
     * @param end the value after its last
     */
    private record Bounds(int depth, String extent, String index, String start, String end) {

        /** Whether there is but one strip. */
        boolean isOne() {
            return start.equals("0");
        }

        /** The number of iterations. */
        String count() {
            return isOne() ? end : end + " - " + start;
        }

        /** The iteration's place in the strip. */
        String position() {
            return isOne() ? index : index + " - " + start;
        }
    }

    StripWriter(
            BodyWriter body,
            Program program,
            ExpressionWriter expressions,
            Naming naming,
            JavaTypes types,
            JavaText text,
            Loop loop,
            String extent) {
        this.body = body;
        this.program = program;
        this.expressions = expressions;
        this.naming = naming;
        this.types = types;
        this.text = text;
        this.strip = loop.strip().orElseThrow();
        this.bounds = bounds(loop, extent);
    }

    private Bounds bounds(Loop loop, String extent) {
        String index = naming.loop(loop.depth());
        if (loop.extent().constant().orElse(Long.MAX_VALUE) <= Strip.LENGTH) {
            return new Bounds(loop.depth(), extent, index, "0", extent);
        }
        String start = naming.named("strip start" + loop.depth(), index + "Start");
        String end = naming.named("strip end" + loop.depth(), index + "End");
        return new Bounds(loop.depth(), extent, index, start, end);
    }

    void write() {
        List<Read> scalars = strip.scalars().stream()
                .filter(value -> !expressions.isLocal(value))
                .toList();
        scalars.forEach(body::scalar);
        if (bounds.isOne()) {
            strip.phases().forEach(this::phase);
        } else {
            String start = bounds.start();
            text.open("for (int " + start + " = 0; " + start + " < " + bounds.extent() + "; " + start + " += "
                    + Strip.LENGTH + ")");
            text.statement("final int " + bounds.end() + " = " + MATH + ".min(" + bounds.extent() + ", " + start + " + "
                    + Strip.LENGTH + ")");
            strip.phases().forEach(this::phase);
            text.close();
        }
        standing.keySet().forEach(expressions::leave);
        scalars.forEach(expressions::leave);
    }

    private void phase(Phase phase) {
        for (Copy load : phase.loads()) {
            text.statement(SYSTEM + ".arraycopy(" + from(load.memory()) + ", " + start(load.block()) + ", "
                    + bounds.count() + ")");
            stand(load.memory(), load.block());
        }
        lanes(phase);
        elements(phase);
        for (Call call : phase.calls()) {
            call(call);
            stand(call.statement());
            call.second().ifPresent(this::stand);
        }
        for (Copy store : phase.stores()) {
            text.statement(SYSTEM + ".arraycopy(" + start(store.block()) + ", " + from(store.memory()) + ", "
                    + bounds.count() + ")");
        }
    }

    /**
     * The loop over the strip's lanes, which knows blocks alone: a method of its own, since HotSpot compiles a method for the
     * sake of every loop in it that is hot, all of it.
     */
    private void lanes(Phase phase) {
        List<Call> terms = withRoom(phase.calls(), true);
        if (phase.lanes().isEmpty() && terms.isEmpty()) {
            return;
        }
        String count = naming.named("count of lanes", "count");
        List<String> scalars = phase.scalars().stream()
                .map(scalar ->
                        expressions.element(scalar.source(), scalar.index()).code())
                .collect(Collectors.toCollection(ArrayList::new));
        JavaText caller = text;
        text = JavaText.ofMethod();
        if (strip.vectors() == Vectors.WRITTEN) {
            vectors(phase, count, terms);
        } else {
            loop(bounds.index(), "0", count, bounds.index(), phase.reads()::contains, phase.lanes(), terms, true);
        }
        String method = body.method("lanes", strip.vectors(), count, scalars, text);
        text = caller;
        scalars.add(0, bounds.count());
        text.statement(method + "(" + String.join(", ", scalars) + ")");
    }

    /** The loop over the vectors of the strip; what is behind the last element is computed, too, and never read. */
    private void vectors(Phase phase, String count, List<Call> terms) {
        clear(phase.lanes(), terms, true);
        VectorLoop loop = new VectorLoop(body, expressions, naming, types, text, bounds.index());
        loop.open(count);
        phase.reads().stream()
                .filter(standing::containsKey)
                .forEach(read -> loop.load(read, naming.block(standing.get(read))));
        for (Statement statement : phase.lanes()) {
            Optional<String> array = block(statement).map(naming::block);
            loop.statement(statement, strip.locals().contains(statement.node()), array);
        }
        terms.forEach(call -> own(call, true)
                .forEach(operand ->
                        loop.term(call, operand, naming.block(operand.own().orElseThrow()))));
        loop.close();
        phase.lanes().forEach(this::end);
    }

    private void elements(Phase phase) {
        List<Call> terms = withRoom(phase.calls(), false);
        if (!phase.elements().isEmpty() || !terms.isEmpty()) {
            loop(
                    bounds.index(),
                    bounds.start(),
                    bounds.end(),
                    bounds.position(),
                    read -> true,
                    phase.elements(),
                    terms,
                    false);
        }
    }

    private static List<Call> withRoom(List<Call> calls, boolean inLanes) {
        return calls.stream()
                .filter(call -> own(call, inLanes).findAny().isPresent())
                .toList();
    }

    private void loop(
            String index,
            String start,
            String end,
            String position,
            Predicate<Read> isRead,
            List<Statement> statements,
            List<Call> terms,
            boolean inLanes) {
        clear(statements, terms, inLanes);
        standing.forEach((read, block) -> {
            if (isRead.test(read)) {
                enter(read, element(block, position));
            }
        });
        text.open("for (int " + index + " = " + start + "; " + index + " < " + end + "; " + index + "++)");
        statements.forEach(statement -> statement(statement, position));
        terms.forEach(call -> own(call, inLanes)
                .forEach(operand ->
                        text.statement(element(operand.own().orElseThrow(), position) + " = " + term(call, operand))));
        text.close();
        statements.forEach(this::end);
    }

    /** What the blocks held into which the next loop writes is no longer there. */
    private void clear(List<Statement> statements, List<Call> terms, boolean inLanes) {
        statements.forEach(statement -> block(statement).ifPresent(this::clear));
        terms.forEach(
                call -> own(call, inLanes).forEach(operand -> operand.room().ifPresent(this::clear)));
    }

    /** The loop that computed {@code statement} has ended. */
    private void end(Statement statement) {
        expressions.leave(value(statement));
        stand(statement);
    }

    private static Stream<Operand> own(Call call, boolean inLanes) {
        return call.operands().stream().filter(operand -> operand.room().isPresent() && operand.inLanes() == inLanes);
    }

    private static Read value(Statement statement) {
        return new Read(statement.node(), statement.outputIndex());
    }

    /** From here on the value is read from its block. */
    private void stand(Statement statement) {
        block(statement).ifPresent(block -> stand(value(statement), block));
    }

    private Optional<Block> block(Statement statement) {
        return Optional.ofNullable(strip.results().get(statement.node()));
    }

    private void stand(Read value, Block block) {
        clear(block);
        standing.put(value, block);
        held.put(block, value);
    }

    /** What {@code block} held is no longer there. */
    private void clear(Block block) {
        Read before = held.remove(block);
        if (before != null && standing.remove(before, block)) {
            expressions.leave(before);
        }
    }

    /** Reads {@code read} as {@code element} of a block, in which a condition is a number. */
    private void enter(Read read, String element) {
        boolean isCondition =
                isCondition(read.source()) && isReal(strip.results().get(read.source()));
        JavaExpr place = isCondition
                ? new JavaExpr(
                        element + " != " + types.literal(0, ElementType.REAL).code(), JavaForm.EQUALITY)
                : JavaExpr.primary(element);
        expressions.enter(read.source(), read.index(), place);
    }

    private static boolean isCondition(Node node) {
        return node.type().element() == ElementType.BOOL;
    }

    private static boolean isReal(Block block) {
        return block != null && block.element() == ElementType.REAL;
    }

    private String element(Block block, String position) {
        return naming.block(block) + "[" + position + "]";
    }

    private String start(Block block) {
        return naming.block(block) + ", 0";
    }

    private String from(Read memory) {
        return expressions.from(memory.source(), memory.index(), Map.of(bounds.depth(), bounds.start()));
    }

    private void statement(Statement statement, String position) {
        if (statement.accumulates() || statement.adds()) {
            body.statement(statement, new HashSet<>());
        } else {
            assign(statement, position);
        }
    }

    private void assign(Statement statement, String position) {
        Node node = statement.node();
        Optional<Block> block = block(statement);
        List<String> places = new ArrayList<>();
        if (block.isEmpty() && program.memory().contains(node)) {
            places.add(expressions.memory(node, statement.outputIndex()).code());
        }
        block.ifPresent(own -> places.add(element(own, position)));
        JavaExpr value = body.value(statement);
        String code = isCondition(node) && isReal(block.orElse(null)) ? number(value) : value.code();
        if (strip.locals().contains(node)) {
            String name = expressions.localName(node);
            text.statement("final ", types.element(node).toString(), " ", name, " = ", code);
            expressions.enter(node, statement.outputIndex());
            code = name;
        }
        for (String place : places) {
            text.statement(place, " = ", code);
        }
    }

    /** 1 where {@code condition} holds, else 0. */
    private String number(JavaExpr condition) {
        List<JavaExpr> operands =
                List.of(condition, types.literal(1, ElementType.REAL), types.literal(0, ElementType.REAL));
        return expressions.apply(JavaForm.CHOICE.jumpless(), operands).code();
    }

    /** What a call takes that stands nowhere. */
    private String term(Call call, Operand operand) {
        Node node = operand.value().source();
        if (node == call.statement().node()) {
            return body.value(call.statement()).code();
        }
        JavaExpr value = expressions.element(node, operand.value().index());
        return isCondition(node) ? number(value) : value.code();
    }

    private void call(Call call) {
        Node node = call.statement().node();
        String operands = call.operands().stream().map(this::operand).collect(Collectors.joining(", "));
        if (node.gate() instanceof Pointwise gate) {
            String both = call.second().map(second -> ", " + result(second)).orElse("");
            String method = both.isEmpty()
                    ? gate.block().or(gate::choice).orElseThrow()
                    : gate.blockWith().orElseThrow().method();
            text.statement(CALLS + "." + method + "(" + bounds.count() + ", " + operands + ", "
                    + result(call.statement()) + both + ")");
            return;
        }
        Pointwise combiner = node.gate() instanceof Reduction reduction ? reduction.combiner() : Arithmetic.ADD;
        String method =
                call.operands().size() > 1 ? "dot" : combiner.blockFold().orElseThrow();
        JavaExpr folded = JavaExpr.primary(CALLS + "." + method + "(" + bounds.count() + ", " + operands + ")");
        for (Read factor : call.factors()) {
            JavaExpr value = expressions.element(factor.source(), factor.index());
            folded = expressions.apply(Arithmetic.MULTIPLY, List.of(value, folded));
        }
        body.accumulate(call.statement(), folded);
    }

    private String result(Statement statement) {
        return block(statement).map(this::start).orElseGet(() -> from(value(statement)));
    }

    private String operand(Operand operand) {
        Block block = operand.own().orElse(standing.get(operand.value()));
        return block == null ? from(operand.value()) : start(block);
    }
}
