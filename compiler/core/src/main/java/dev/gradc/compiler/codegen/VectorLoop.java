package dev.gradc.compiler.codegen;

import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.Reads.Read;
import dev.gradc.compiler.schedule.Statement;
import dev.gradc.compiler.schedule.Strip.Call;
import dev.gradc.compiler.schedule.Strip.Operand;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A loop over the vectors of a strip, from blocks to blocks. */
final class VectorLoop {

    private final BodyWriter body;
    private final ExpressionWriter expressions;
    private final Naming naming;
    private final VectorWriter vectors;
    private final JavaText text;
    private final String index;
    private final Set<Read> loaded = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    /** @param index the loop's variable */
    VectorLoop(
            BodyWriter body,
            ExpressionWriter expressions,
            Naming naming,
            JavaTypes types,
            JavaText text,
            String index) {
        this.body = body;
        this.expressions = expressions;
        this.naming = naming;
        this.vectors = new VectorWriter(types);
        this.text = text;
        this.index = index;
    }

    /** @param count the number of elements */
    void open(String count) {
        text.open("for (int " + index + " = 0; " + index + " < " + count + "; " + index + " += " + VectorWriter.SPECIES
                + ".length())");
    }

    /** Reads {@code read} once, from the block that is {@code array}. */
    void load(Read read, String array) {
        String name = expressions.localName(read.source());
        if (!names.add(name)) {
            name = naming.named(List.of("vector", read), name);
        }
        declare(read.source(), name, vectors.load(array, index, isCondition(read.source())));
        expressions.enter(read.source(), read.index(), JavaExpr.vector(name));
        loaded.add(read);
    }

    /**
     * Computes {@code statement}.
     *
     * @param isLocal whether others read it in this loop
     * @param array the block that is to hold it, if one is
     */
    void statement(Statement statement, boolean isLocal, Optional<String> array) {
        Node node = statement.node();
        JavaExpr value = body.value(statement);
        if (isLocal) {
            String name = expressions.localName(node);
            declare(node, name, value);
            value = JavaExpr.vector(name);
            expressions.enter(node, statement.outputIndex(), value);
        }
        if (array.isPresent()) {
            store(value, array.get(), isCondition(node));
        }
    }

    /** Computes for {@code call} what it takes of {@code operand}, to the block that is {@code array}. */
    void term(Call call, Operand operand, String array) {
        Node node = operand.value().source();
        boolean isOwn = node == call.statement().node();
        JavaExpr value = isOwn
                ? body.value(call.statement())
                : expressions.element(node, operand.value().index());
        store(value, array, !isOwn && isCondition(node));
    }

    void close() {
        text.close();
        loaded.forEach(expressions::leave);
    }

    private void declare(Node node, String name, JavaExpr value) {
        boolean isCondition = isCondition(node);
        String code = isCondition ? vectors.mask(value) : vectors.vector(value);
        text.statement("final ", vectors.type(isCondition), " ", name, " = ", code);
    }

    private void store(JavaExpr value, String array, boolean isCondition) {
        text.statement(vectors.store(value, array, index, isCondition));
    }

    private static boolean isCondition(Node node) {
        return node.type().element() == ElementType.BOOL;
    }
}
