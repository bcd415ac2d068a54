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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

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
    private final JavaText laneText = JavaText.ofMethod();
    private JavaText text;
    private final Strip strip;
    private final StripBounds bounds;
    private final StripReads reads;

    StripWriter(
            BodyWriter body,
            Program program,
            ExpressionWriter expressions,
            Naming naming,
            JavaTypes types,
            JavaText text,
            Loop loop,
            String times) {
        this.body = body;
        this.program = program;
        this.expressions = expressions;
        this.naming = naming;
        this.types = types;
        this.text = text;
        this.strip = loop.strip().orElseThrow();
        this.bounds = StripBounds.of(loop, times, naming);
        this.reads = new StripReads(strip, expressions, naming, types);
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
            text.open("for (int " + start + " = 0; " + start + " < " + bounds.times() + "; " + start + " += "
                    + Strip.LENGTH + ")");
            text.statement("final int " + bounds.end() + " = " + MATH + ".min(" + bounds.times() + ", " + start + " + "
                    + Strip.LENGTH + ")");
            strip.phases().forEach(this::phase);
            text.close();
        }
        reads.leave();
        scalars.forEach(expressions::leave);
    }

    private void phase(Phase phase) {
        for (Copy load : phase.loads()) {
            copy(from(load.memory()), start(load.block()));
            reads.stand(load.memory(), load.block());
        }
        lanes(phase);
        elements(phase);
        for (Call call : phase.calls()) {
            call(call);
            for (Statement statement : call.statements()) {
                reads.stand(statement);
            }
        }
        for (Copy store : phase.stores()) {
            copy(start(store.block()), from(store.memory()));
        }
    }

    private void copy(String from, String to) {
        text.statement(SYSTEM, ".arraycopy(", from, ", ", to, ", ", bounds.count(), ")");
    }

    /**
     * The loop over the strip's lanes: a method of its own, since HotSpot compiles a method for the sake of every loop in it that
     * is hot, all of it. It knows blocks alone where HotSpot is to make its vectors.
     */
    private void lanes(Phase phase) {
        List<Call> terms = withRoom(phase.calls(), true);
        if (phase.lanes().isEmpty() && terms.isEmpty()) {
            return;
        }
        List<String> scalars = phase.scalars().stream()
                .map(scalar ->
                        expressions.element(scalar.source(), scalar.index()).code())
                .toList();
        JavaText caller = text;
        text = laneText;
        boolean isWritten = strip.vectors() == Vectors.WRITTEN;
        List<String> ints = isWritten ? vectors(phase, terms) : blocks(phase, terms);
        String method = body.method("lanes", strip.vectors(), ints, scalars, text);
        text = caller;
        List<String> arguments = new ArrayList<>(isWritten ? ints : List.of(bounds.count()));
        arguments.addAll(scalars);
        text.statement(method, "(", String.join(", ", arguments), ")");
    }

    /** The loop over the elements of blocks; gives the variable that holds their number. */
    private List<String> blocks(Phase phase, List<Call> terms) {
        String start = "int " + bounds.index() + " = 0";
        String count = naming.named("count of lanes", "count");
        loop(start, count, bounds.index(), phase.reads()::contains, phase.lanes(), terms, true);
        return List.of(count);
    }

    /**
     * The loop over the vectors of the strip, and one over what is left of it; gives the variables around it that they know. Of
     * blocks vectors may go beyond the last element: nothing is read there.
     */
    private List<String> vectors(Phase phase, List<Call> terms) {
        clear(phase.lanes(), terms, true);
        boolean isInMemory = !phase.memory().isEmpty() || phase.lanes().stream().anyMatch(this::isStored);
        boolean hasRest = isInMemory && !bounds.areInVectors();
        VectorLoop loop = new VectorLoop(body, expressions, naming, types, text, bounds);
        loop.open(hasRest);
        for (Read read : phase.reads()) {
            Optional<Block> block = reads.standing(read);
            if (block.isPresent() || phase.memory().contains(read)) {
                loop.load(read, block);
            }
        }
        for (Statement statement : phase.lanes()) {
            boolean isLocal = strip.locals().contains(statement.node());
            loop.statement(statement, isLocal, isStored(statement), reads.block(statement));
        }
        for (Call call : terms) {
            own(call, true).forEach(operand -> loop.term(call, operand));
        }
        loop.close();
        if (hasRest) {
            loop("", bounds.end(), bounds.position(), phase.reads()::contains, phase.lanes(), terms, true);
        } else {
            phase.lanes().forEach(this::end);
        }
        return loop.variables();
    }

    private boolean isStored(Statement statement) {
        return program.memory().contains(statement.node());
    }

    private void elements(Phase phase) {
        List<Call> terms = withRoom(phase.calls(), false);
        if (!phase.elements().isEmpty() || !terms.isEmpty()) {
            loop(
                    "int " + bounds.index() + " = " + bounds.start(),
                    bounds.end(),
                    bounds.position(),
                    read -> true,
                    phase.elements(),
                    terms,
                    false);
        }
    }

    private static List<Call> withRoom(List<Call> calls, boolean inLanes) {
        List<Call> found = new ArrayList<>();
        for (Call call : calls) {
            if (!own(call, inLanes).isEmpty()) {
                found.add(call);
            }
        }
        return found;
    }

    /** @param start how the loop's variable starts; empty where it goes on */
    private void loop(
            String start,
            String end,
            String position,
            Predicate<Read> isRead,
            List<Statement> statements,
            List<Call> terms,
            boolean inLanes) {
        clear(statements, terms, inLanes);
        reads.enter(isRead, position);
        String index = bounds.index();
        text.open("for (" + start + "; " + index + " < " + end + "; " + index + "++)");
        for (Statement statement : statements) {
            statement(statement, position);
        }
        for (Call call : terms) {
            for (Operand operand : own(call, inLanes)) {
                text.statement(element(operand.own().orElseThrow(), position), " = ", term(call, operand));
            }
        }
        text.close();
        statements.forEach(this::end);
    }

    /** What the blocks held into which the next loop writes is no longer there. */
    private void clear(List<Statement> statements, List<Call> terms, boolean inLanes) {
        for (Statement statement : statements) {
            reads.block(statement).ifPresent(reads::clear);
        }
        for (Call call : terms) {
            own(call, inLanes).forEach(operand -> operand.room().ifPresent(reads::clear));
        }
    }

    /** The loop that computed {@code statement} has ended. */
    private void end(Statement statement) {
        expressions.leave(StripReads.value(statement));
        reads.stand(statement);
    }

    private static List<Operand> own(Call call, boolean inLanes) {
        List<Operand> own = new ArrayList<>();
        for (Operand operand : call.operands()) {
            if (operand.inLanes() == inLanes && operand.room().isPresent()) {
                own.add(operand);
            }
        }
        return own;
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
        if (statement.hasScalarAccumulator()) {
            body.accumulate(statement, body.value(statement));
        } else if (statement.combiner().isPresent()) {
            text.statement(body.stored(statement, body.value(statement)));
        } else {
            assign(statement, position);
        }
    }

    private void assign(Statement statement, String position) {
        Node node = statement.node();
        Optional<Block> block = reads.block(statement);
        List<String> places = new ArrayList<>();
        if (block.isEmpty() && program.memory().contains(node)) {
            places.add(expressions.memory(node, statement.outputIndex()).code());
        }
        block.ifPresent(own -> places.add(element(own, position)));
        JavaExpr value = body.value(statement);
        String code = reads.isNumber(node) ? number(value) : value.code();
        if (strip.locals().contains(node)) {
            String name = expressions.localName(node);
            text.declare(types.element(node).toString(), name, code);
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
        return StripReads.isCondition(node) ? number(value) : value.code();
    }

    private void call(Call call) {
        Node node = call.statement().node();
        String operands = call.operands().stream().map(this::operand).collect(Collectors.joining(", "));
        if (node.gate() instanceof Pointwise gate) {
            String both = call.second().map(second -> ", " + result(second)).orElse("");
            String method = both.isEmpty()
                    ? gate.block().or(gate::choice).orElseThrow()
                    : gate.blockWith().orElseThrow().method();
            String result = result(call.statement());
            text.statement(CALLS, ".", method, "(", bounds.count(), ", ", operands, ", ", result, both, ")");
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
        return reads.block(statement).map(this::start).orElseGet(() -> from(StripReads.value(statement)));
    }

    private String operand(Operand operand) {
        return operand.own()
                .or(() -> reads.standing(operand.value()))
                .map(this::start)
                .orElseGet(() -> from(operand.value()));
    }
}
