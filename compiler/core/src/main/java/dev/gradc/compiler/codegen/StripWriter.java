package dev.gradc.compiler.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.JavaForm;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.IndexExpr;
import dev.gradc.compiler.schedule.Loop;
import dev.gradc.compiler.schedule.Program;
import dev.gradc.compiler.schedule.Reads;
import dev.gradc.compiler.schedule.Statement;
import dev.gradc.compiler.schedule.Strip;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** An innermost loop in strips: loops over the elements of one, and calls for all of them. */
final class StripWriter {

    private static final ClassName CALLS = ClassName.bestGuess(Pointwise.BLOCKS);

    private final BodyWriter body;
    private final Program program;
    private final ExpressionWriter expressions;
    private final Naming naming;
    private final JavaTypes types;
    private final CodeBlock.Builder code;

    StripWriter(
            BodyWriter body,
            Program program,
            ExpressionWriter expressions,
            Naming naming,
            JavaTypes types,
            CodeBlock.Builder code) {
        this.body = body;
        this.program = program;
        this.expressions = expressions;
        this.naming = naming;
        this.types = types;
        this.code = code;
    }

    /**
     * The names that one strip goes by.
     *
     * @param depth the loop's depth
     * @param index the loop's variable
     * @param start its first value in the strip
     * @param end the value after its last
     */
    private record Bounds(int depth, String index, String start, String end) {

        /** The number of iterations. */
        String count() {
            return start.equals("0") ? end : end + " - " + start;
        }

        /** The iteration's place in the strip. */
        String position() {
            return start.equals("0") ? index : index + " - " + start;
        }
    }

    void write(Loop loop, CodeBlock extent, Strip strip) {
        String index = naming.loop(loop.depth());
        boolean isOne = loop.extent().constant().orElse(Long.MAX_VALUE) <= Strip.LENGTH;
        if (isOne) {
            phases(strip, new Bounds(loop.depth(), index, "0", extent.toString()));
            return;
        }
        String start = naming.named("strip start" + loop.depth(), index + "Start");
        String end = naming.named("strip end" + loop.depth(), index + "End");
        code.beginControlFlow("for (int $1L = 0; $1L < $2L; $1L += $3L)", start, extent, Strip.LENGTH);
        code.addStatement("final int $L = $T.min($L, $L + $L)", end, Math.class, extent, start, Strip.LENGTH);
        phases(strip, new Bounds(loop.depth(), index, start, end));
        code.endControlFlow();
    }

    private void phases(Strip strip, Bounds bounds) {
        Set<Node> scope = new HashSet<>();
        for (Strip.Phase phase : strip.phases()) {
            List<Statement> terms = phase.calls().stream()
                    .filter(call -> strip.operands().containsKey(call.node()))
                    .toList();
            if (!phase.elements().isEmpty() || !terms.isEmpty()) {
                String index = bounds.index();
                code.beginControlFlow("for (int $1L = $2L; $1L < $3L; $1L++)", index, bounds.start(), bounds.end());
                elements(phase.elements(), strip, bounds);
                for (Statement term : terms) {
                    Strip.Block block = strip.operands().get(term.node());
                    code.addStatement("$L[$L] = $L", naming.block(block), bounds.position(), term(term));
                }
                code.endControlFlow();
            }
            expressions.leave(defined(phase.elements()));
            phase.elements().forEach(statement -> publish(statement, strip, bounds, scope));
            for (Statement call : phase.calls()) {
                call(call, strip, bounds);
                publish(call, strip, bounds, scope);
            }
        }
        expressions.leave(scope);
    }

    private static Set<Node> defined(List<Statement> statements) {
        return statements.stream().map(Statement::node).collect(Collectors.toSet());
    }

    /** From here on the value is read from its block. */
    private void publish(Statement statement, Strip strip, Bounds bounds, Set<Node> scope) {
        Node node = statement.node();
        Strip.Block block = strip.results().get(node);
        if (block != null) {
            JavaExpr place = JavaExpr.primary("$L[$L]", naming.block(block), bounds.position());
            expressions.enter(node, statement.outputIndex(), place);
            scope.add(node);
        }
    }

    private void elements(List<Statement> statements, Strip strip, Bounds bounds) {
        for (Statement statement : statements) {
            if (statement.accumulates() || statement.adds()) {
                body.statement(statement, new HashSet<>());
            } else {
                assign(statement, strip, bounds);
            }
        }
    }

    private void assign(Statement statement, Strip strip, Bounds bounds) {
        Node node = statement.node();
        Strip.Block block = strip.results().get(node);
        List<CodeBlock> places = new ArrayList<>();
        if (program.memory().contains(node)) {
            places.add(expressions.memory(node, statement.outputIndex()).code());
        }
        if (block != null) {
            places.add(CodeBlock.of("$L[$L]", naming.block(block), bounds.position()));
        }
        CodeBlock value = body.value(statement).code();
        if (strip.locals().contains(node)) {
            String name = expressions.localName(node);
            code.addStatement("final $T $L = $L", types.element(node), name, value);
            expressions.enter(node, statement.outputIndex());
            value = CodeBlock.of("$L", name);
        }
        for (CodeBlock place : places) {
            code.addStatement("$L = $L", place, value);
        }
    }

    /** What a call takes that stands nowhere. */
    private CodeBlock term(Statement call) {
        if (call.node().gate() instanceof Pointwise) {
            List<IndexExpr> axes = IndexExpr.axes(call.extents().size());
            return expressions.element(call.node().input(0), axes).code();
        }
        return body.value(call).code();
    }

    private void call(Statement call, Strip strip, Bounds bounds) {
        Node node = call.node();
        CodeBlock operand = operand(call, strip, bounds);
        if (node.gate() instanceof Pointwise gate) {
            String method = gate.block().orElseThrow();
            CodeBlock result = result(call, strip, bounds);
            code.addStatement("$T.$L($L, $L, $L)", CALLS, method, bounds.count(), operand, result);
            return;
        }
        Pointwise combiner = node.gate() instanceof Reduction reduction ? reduction.combiner() : Arithmetic.ADD;
        String method = combiner.blockFold().orElseThrow();
        CodeBlock folded = CodeBlock.of("$T.$L($L, $L)", CALLS, method, bounds.count(), operand);
        body.combine(CodeBlock.of("$L", expressions.localName(node)), combiner, new JavaExpr(folded, JavaForm.PRIMARY));
    }

    private CodeBlock operand(Statement call, Strip strip, Bounds bounds) {
        Strip.Block own = strip.operands().get(call.node());
        if (own != null) {
            return CodeBlock.of("$L, 0", naming.block(own));
        }
        List<CodeBlock> operands = new ArrayList<>();
        Reads.operands(call, (node, index) -> {
            Strip.Block block = strip.results().get(node);
            operands.add(
                    block == null
                            ? expressions.from(node, index, bounds.depth(), bounds.start())
                            : CodeBlock.of("$L, 0", naming.block(block)));
        });
        return operands.get(0);
    }

    private CodeBlock result(Statement call, Strip strip, Bounds bounds) {
        Strip.Block block = strip.results().get(call.node());
        return block == null
                ? expressions.from(call.node(), call.outputIndex(), bounds.depth(), bounds.start())
                : CodeBlock.of("$L, 0", naming.block(block));
    }
}
