package dev.gradc.compiler.codegen;

import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.Reads.Read;
import dev.gradc.compiler.schedule.Statement;
import dev.gradc.compiler.schedule.Strip.Block;
import dev.gradc.compiler.schedule.Strip.Call;
import dev.gradc.compiler.schedule.Strip.Operand;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A loop over the vectors of a strip. Its variable, and those around it, are called what the caller calls them. */
final class VectorLoop {

    private final BodyWriter body;
    private final ExpressionWriter expressions;
    private final Naming naming;
    private final VectorWriter vectors;
    private final JavaText text;
    private final StripBounds bounds;
    private final Set<Read> loaded = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private final Set<String> variables = new LinkedHashSet<>();

    VectorLoop(
            BodyWriter body,
            ExpressionWriter expressions,
            Naming naming,
            JavaTypes types,
            JavaText text,
            StripBounds bounds) {
        this.body = body;
        this.expressions = expressions;
        this.naming = naming;
        this.vectors = new VectorWriter(types);
        this.text = text;
        this.bounds = bounds;
        if (bounds.isOne()) {
            expressions.addSteps(bounds.extent(), variables);
        } else {
            variables.addAll(List.of(bounds.start(), bounds.end()));
        }
    }

    /** @param hasRest whether it leaves what is no whole vector; otherwise the last may go beyond the strip */
    void open(boolean hasRest) {
        String index = bounds.index();
        String length = VectorWriter.SPECIES + ".length()";
        String step = index + " += " + length;
        if (hasRest) {
            text.statement("int " + index + " = " + bounds.start());
            text.open("for (; " + index + " <= " + bounds.end() + " - " + length + "; " + step + ")");
        } else {
            String start = "int " + index + " = " + bounds.start();
            text.open("for (" + start + "; " + index + " < " + bounds.end() + "; " + step + ")");
        }
    }

    /** Reads {@code read} once, from {@code block} or from memory. */
    void load(Read read, Optional<Block> block) {
        String name = expressions.localName(read.source());
        if (!names.add(name)) {
            name = naming.named(List.of("vector", read), name);
        }
        String place = block.map(this::place).orElseGet(() -> place(read));
        declare(read.source(), name, vectors.load(place, StripReads.isCondition(read.source())));
        expressions.enter(read.source(), read.index(), JavaExpr.vector(name));
        loaded.add(read);
    }

    /**
     * Computes {@code statement}.
     *
     * @param isLocal whether others read it in this loop
     * @param isStored whether it is put in memory
     * @param block the block that is to hold it, if one is
     */
    void statement(Statement statement, boolean isLocal, boolean isStored, Optional<Block> block) {
        Node node = statement.node();
        Optional<String> place = isStored ? Optional.of(place(StripReads.value(statement))) : block.map(this::place);
        JavaExpr value = body.value(statement);
        if (statement.combiner().isPresent()) {
            JavaExpr before = vectors.load(place.orElseThrow(), false);
            value = expressions.apply(statement.combiner().get(), List.of(before, value));
        }
        if (isLocal) {
            String name = expressions.localName(node);
            declare(node, name, value);
            value = JavaExpr.vector(name);
            expressions.enter(node, statement.outputIndex(), value);
        }
        if (place.isPresent()) {
            store(value, place.get(), StripReads.isCondition(node));
        }
    }

    /** Computes for {@code call} what it takes of {@code operand}, to the block of this. */
    void term(Call call, Operand operand) {
        Node node = operand.value().source();
        boolean isOwn = node == call.statement().node();
        JavaExpr value = isOwn
                ? body.value(call.statement())
                : expressions.element(node, operand.value().index());
        store(value, place(operand.own().orElseThrow()), !isOwn && StripReads.isCondition(node));
    }

    void close() {
        text.close();
        loaded.forEach(expressions::leave);
    }

    /** The variables around the loop that it knows its bounds, memory and blocks by. */
    List<String> variables() {
        variables.remove(bounds.index());
        return List.copyOf(variables);
    }

    /** An array and the position there. */
    private String place(Block block) {
        return naming.block(block) + ", " + bounds.position();
    }

    private String place(Read memory) {
        expressions.addVariables(memory, variables);
        return expressions.from(memory.source(), memory.index(), Map.of());
    }

    private void declare(Node node, String name, JavaExpr value) {
        boolean isCondition = StripReads.isCondition(node);
        String code = isCondition ? vectors.mask(value) : vectors.vector(value);
        text.declare(vectors.type(isCondition), name, code);
    }

    private void store(JavaExpr value, String place, boolean isCondition) {
        text.statement(vectors.store(value, place, isCondition));
    }
}
