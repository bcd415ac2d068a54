package dev.gradc.compiler.codegen;

import dev.gradc.compiler.gate.Arithmetic;
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

/** An innermost loop in strips: loops over the elements of one, and calls for all of them. */
final class StripWriter {

    private static final String CALLS = JavaText.reference(Pointwise.BLOCKS);
    private static final String MATH = JavaText.reference("java.lang.Math");

    private final BodyWriter body;
    private final Program program;
    private final ExpressionWriter expressions;
    private final Naming naming;
    private final JavaTypes types;
    private final JavaText text;

    StripWriter(
            BodyWriter body,
            Program program,
            ExpressionWriter expressions,
            Naming naming,
            JavaTypes types,
            JavaText text) {
        this.body = body;
        this.program = program;
        this.expressions = expressions;
        this.naming = naming;
        this.types = types;
        this.text = text;
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

    void write(Loop loop, String extent, Strip strip) {
        String index = naming.loop(loop.depth());
        boolean isOne = loop.extent().constant().orElse(Long.MAX_VALUE) <= Strip.LENGTH;
        if (isOne) {
            phases(strip, new Bounds(loop.depth(), index, "0", extent));
            return;
        }
        String start = naming.named("strip start" + loop.depth(), index + "Start");
        String end = naming.named("strip end" + loop.depth(), index + "End");
        text.open("for (int " + start + " = 0; " + start + " < " + extent + "; " + start + " += " + Strip.LENGTH + ")");
        text.statement(
                "final int " + end + " = " + MATH + ".min(" + extent + ", " + start + " + " + Strip.LENGTH + ")");
        phases(strip, new Bounds(loop.depth(), index, start, end));
        text.close();
    }

    private void phases(Strip strip, Bounds bounds) {
        Set<Node> scope = new HashSet<>();
        for (Strip.Phase phase : strip.phases()) {
            List<Statement> terms = phase.calls().stream()
                    .filter(call -> strip.operands().containsKey(call.node()))
                    .toList();
            if (!phase.elements().isEmpty() || !terms.isEmpty()) {
                String index = bounds.index();
                text.open("for (int " + index + " = " + bounds.start() + "; " + index + " < " + bounds.end() + "; "
                        + index + "++)");
                elements(phase.elements(), strip, bounds);
                for (Statement term : terms) {
                    text.statement(element(strip.operands().get(term.node()), bounds) + " = " + term(term));
                }
                text.close();
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
        Set<Node> nodes = new HashSet<>();
        statements.forEach(statement -> nodes.add(statement.node()));
        return nodes;
    }

    /** From here on the value is read from its block. */
    private void publish(Statement statement, Strip strip, Bounds bounds, Set<Node> scope) {
        Node node = statement.node();
        Strip.Block block = strip.results().get(node);
        if (block != null) {
            expressions.enter(node, statement.outputIndex(), JavaExpr.primary(element(block, bounds)));
            scope.add(node);
        }
    }

    private String element(Strip.Block block, Bounds bounds) {
        return naming.block(block) + "[" + bounds.position() + "]";
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
        List<String> places = new ArrayList<>();
        if (program.memory().contains(node)) {
            places.add(expressions.memory(node, statement.outputIndex()).code());
        }
        if (block != null) {
            places.add(element(block, bounds));
        }
        String value = body.value(statement).code();
        if (strip.locals().contains(node)) {
            String name = expressions.localName(node);
            text.statement("final " + types.element(node) + " " + name + " = " + value);
            expressions.enter(node, statement.outputIndex());
            value = name;
        }
        for (String place : places) {
            text.statement(place + " = " + value);
        }
    }

    /** What a call takes that stands nowhere. */
    private String term(Statement call) {
        if (call.node().gate() instanceof Pointwise) {
            List<IndexExpr> axes = IndexExpr.axes(call.extents().size());
            return expressions.element(call.node().input(0), axes).code();
        }
        return body.value(call).code();
    }

    private void call(Statement call, Strip strip, Bounds bounds) {
        Node node = call.node();
        String operand = operand(call, strip, bounds);
        if (node.gate() instanceof Pointwise gate) {
            String method = gate.block().orElseThrow();
            String result = result(call, strip, bounds);
            text.statement(CALLS + "." + method + "(" + bounds.count() + ", " + operand + ", " + result + ")");
            return;
        }
        Pointwise combiner = node.gate() instanceof Reduction reduction ? reduction.combiner() : Arithmetic.ADD;
        String method = combiner.blockFold().orElseThrow();
        String folded = CALLS + "." + method + "(" + bounds.count() + ", " + operand + ")";
        body.combine(expressions.localName(node), combiner, JavaExpr.primary(folded));
    }

    private String operand(Statement call, Strip strip, Bounds bounds) {
        Strip.Block own = strip.operands().get(call.node());
        if (own != null) {
            return naming.block(own) + ", 0";
        }
        List<String> operands = new ArrayList<>();
        Reads.operands(call, (node, index) -> {
            Strip.Block block = strip.results().get(node);
            operands.add(
                    block == null
                            ? expressions.from(node, index, bounds.depth(), bounds.start())
                            : naming.block(block) + ", 0");
        });
        return operands.get(0);
    }

    private String result(Statement call, Strip strip, Bounds bounds) {
        Strip.Block block = strip.results().get(call.node());
        return block == null
                ? expressions.from(call.node(), call.outputIndex(), bounds.depth(), bounds.start())
                : naming.block(block) + ", 0";
    }
}
