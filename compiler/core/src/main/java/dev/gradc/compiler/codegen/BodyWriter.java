package dev.gradc.compiler.codegen;

import com.palantir.javapoet.CodeBlock;
import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.JavaForm;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.Carry;
import dev.gradc.compiler.schedule.Fill;
import dev.gradc.compiler.schedule.IndexExpr;
import dev.gradc.compiler.schedule.Item;
import dev.gradc.compiler.schedule.KernelCall;
import dev.gradc.compiler.schedule.Loop;
import dev.gradc.compiler.schedule.Program;
import dev.gradc.compiler.schedule.Reads;
import dev.gradc.compiler.schedule.Reads.Read;
import dev.gradc.compiler.schedule.Recurrence;
import dev.gradc.compiler.schedule.Statement;
import dev.gradc.compiler.schedule.Vectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The body of one method: loops, assignments, accumulations, kernel calls. */
final class BodyWriter {

    private final Program program;
    private final ExpressionWriter expressions;
    private final Naming naming;
    private final Dims dims;
    private final Function<Node, String> comments;
    private final Function<Recurrence, CodeBlock> steps;
    private final JavaTypes types;
    private final Bodies bodies;
    private final Methods methods;
    private final Map<Statement, CarryWriter> carrying = new HashMap<>();
    private final Set<Node> commented = new HashSet<>();
    private final CodeBlock.Builder code = CodeBlock.builder();
    private final JavaText text = new JavaText();
    private final FoldWriter folds;
    private final MoveWriter mover;
    private final KernelWriter kernels;

    /** Takes methods that are called from the one being written. */
    interface Methods {

        /**
         * Takes one; gives what stands for it where it is called.
         *
         * @param vectors who makes the vectors of its loop
         * @param wanted its name but for a number
         * @param parameters as they are declared
         * @param body text of {@link JavaText#ofMethod}
         * @param likeness the same for methods that differ in the names of variables alone
         */
        String add(Vectors vectors, String wanted, List<String> parameters, String body, List<String> likeness);
    }

    /**
     * A writer for one method.
     *
     * @param comments what to say above the computation of a node; empty for nothing
     * @param steps what happens in a step of a recurrence
     * @param bodies takes the text
     * @param methods takes the methods that are called from this one
     */
    BodyWriter(
            Program program,
            ExpressionWriter expressions,
            Naming naming,
            Dims dims,
            Function<Node, String> comments,
            Function<Recurrence, CodeBlock> steps,
            JavaTypes types,
            Bodies bodies,
            Methods methods) {
        this.methods = methods;
        this.types = types;
        this.bodies = bodies;
        this.program = program;
        this.expressions = expressions;
        this.naming = naming;
        this.dims = dims;
        this.comments = comments;
        this.steps = steps;
        this.folds = new FoldWriter(program, expressions, naming, types, text);
        this.mover = new MoveWriter(expressions, dims, text);
        this.kernels = new KernelWriter(expressions, naming, dims, types, text);
    }

    /** The code of {@code items}. */
    CodeBlock write(List<Item> items) {
        body(items, true);
        return code.add(bodies.code(text.take())).build();
    }

    private void body(List<Item> items, boolean outermost) {
        Set<Node> scope = new LinkedHashSet<>();
        for (Item item : items) {
            if (outermost) {
                comment(item);
            }
            if (item instanceof Loop loop) {
                loop(loop, scope);
            } else if (item instanceof Fill fill) {
                folds.fill(fill.node(), List.of(), 0);
            } else if (item instanceof KernelCall call) {
                kernels.write(call);
            } else if (item instanceof Recurrence recurrence) {
                recurrence(recurrence);
            } else {
                statement((Statement) item, scope);
            }
        }
        expressions.leave(scope);
    }

    private void comment(Item item) {
        if (item instanceof Loop loop) {
            loop.body().forEach(this::comment);
            return;
        }
        if (item instanceof Recurrence) {
            return;
        }
        String comment = comments.apply(node(item));
        if (!comment.isEmpty() && commented.add(node(item))) {
            text.line("// " + comment);
        }
    }

    private static Node node(Item item) {
        if (item instanceof Statement statement) {
            return statement.node();
        }
        return item instanceof Fill fill ? fill.node() : ((KernelCall) item).node();
    }

    private void loop(Loop loop, Set<Node> scope) {
        folds.begin(loop.accumulating(), !hasStrip(loop));
        RowMoves moves = RowMoves.of(loop, program);
        moves.moves().forEach(mover::write);
        moves.rest().ifPresent(this::rest);
        moves.later().forEach(mover::write);
        for (Statement fold : loop.accumulating()) {
            if (folds.finish(fold)) {
                define(fold, scope);
            }
        }
    }

    private static boolean hasStrip(Loop loop) {
        return loop.strip().isPresent()
                || loop.body().stream().anyMatch(item -> item instanceof Loop inner && hasStrip(inner));
    }

    private void rest(Loop loop) {
        String extent = dims.expr(loop.extent()).code();
        if (loop.strip().isPresent()) {
            new StripWriter(this, program, expressions, naming, types, text, loop, extent).write();
        } else if (loop.extent().equals(Dim.ONE) && loop.carries().isEmpty()) {
            expressions.fix(loop.depth(), 0);
            body(loop.body(), false);
            expressions.release(loop.depth());
        } else if (loop.isWrittenOut()) {
            loop.body().forEach(item -> writeOut((Statement) item, loop));
            expressions.release(loop.depth());
        } else {
            plain(loop, extent);
        }
    }

    /** Writes all iterations of {@code statement} out; what they add up in one expression. */
    private void writeOut(Statement statement, Loop loop) {
        List<String> terms = new ArrayList<>();
        for (int i = 0; i < loop.iterations(); i++) {
            expressions.fix(loop.depth(), i);
            if (statement.accumulates()) {
                terms.add(value(statement).atLeast(JavaForm.SUM));
            } else {
                store(statement);
            }
        }
        if (!terms.isEmpty()) {
            accumulate(statement, new JavaExpr(String.join(" + ", terms), JavaForm.SUM));
        }
    }

    private void plain(Loop loop, String extent) {
        List<CarryWriter> writers = new ArrayList<>();
        for (Carry carry : loop.carries()) {
            CarryWriter writer = new CarryWriter(carry, loop.depth(), expressions, naming, types, text);
            writer.begin();
            writers.add(writer);
            carry.parts().forEach(part -> carrying.put(part, writer));
        }
        Optional<PlaceLoop> over = PlaceLoop.of(loop, program, expressions);
        String index = naming.loop(loop.depth());
        if (over.isPresent()) {
            overPlaces(over.get(), loop, index, extent);
        } else {
            text.open("for (int " + index + " = 0; " + index + " < " + extent + "; " + index + "++)");
            body(loop.body(), false);
            text.close();
        }
        writers.forEach(writer -> writer.finish(extent));
    }

    private void overPlaces(PlaceLoop over, Loop loop, String index, String extent) {
        List<Read> fixed = over.fixed().stream()
                .filter(value -> !expressions.isLocal(value))
                .toList();
        fixed.forEach(this::scalar);
        String start = expressions.index(over.start()).code();
        String end = naming.named("strip end" + loop.depth(), index + "End");
        expressions.run(over.place(), index);
        text.open("for (int " + index + " = " + start + ", " + end + " = " + index + " + " + extent + "; " + index
                + " < " + end + "; " + index + "++)");
        body(loop.body(), false);
        text.close();
        expressions.stop(over.place());
        fixed.forEach(expressions::leave);
    }

    /** Puts {@code value} in a variable. */
    void scalar(Read value) {
        String name = naming.numbered("scalar");
        String code = expressions.element(value.source(), value.index()).code();
        text.statement("final " + types.element(value.source()) + " " + name + " = " + code);
        expressions.enter(value.source(), value.index(), JavaExpr.primary(name));
    }

    private void define(Statement statement, Set<Node> scope) {
        expressions.enter(statement.node(), statement.outputIndex());
        scope.add(statement.node());
    }

    /** The loop over the steps. */
    private void recurrence(Recurrence recurrence) {
        Scan.Body body = recurrence.body();
        String index = naming.of(body.symbol());
        String first = dims.expr(body.low()).code();
        String end = dims.expr(body.low().plus(body.count())).code();
        String last = dims.expr(body.low().plus(body.count()).minus(Dim.ONE)).code();
        code.add(bodies.code(text.take()));
        if (body.isReversed()) {
            code.beginControlFlow("for (int $1L = $2L; $1L >= $3L; $1L--)", index, last, first);
        } else {
            code.beginControlFlow("for (int $1L = $2L; $1L < $3L; $1L++)", index, first, end);
        }
        code.add(steps.apply(recurrence));
        code.endControlFlow();
    }

    void statement(Statement statement, Set<Node> scope) {
        CarryWriter carry = carrying.get(statement);
        if (carry != null) {
            carry.part(statement, value(statement));
        } else if (statement.accumulates()) {
            accumulate(statement, value(statement));
        } else {
            assign(statement, scope);
        }
    }

    private void assign(Statement statement, Set<Node> scope) {
        Node node = statement.node();
        boolean inMemory = program.memory().contains(node);
        if (inMemory && !program.locals().contains(node)) {
            store(statement);
            return;
        }
        String value = value(statement).code();
        String name = expressions.localName(node);
        text.statement("final ", types.element(node).toString(), " ", name, " = ", value);
        if (inMemory) {
            text.statement(expressions.memory(node, statement.outputIndex()).code(), " = ", name);
        }
        define(statement, scope);
    }

    /** Puts what the statement computes where it is kept. */
    private void store(Statement statement) {
        text.statement(stored(statement, value(statement)));
    }

    /** What the statement assigns or adds, inside its loops. */
    JavaExpr value(Statement statement) {
        Node node = statement.node();
        List<IndexExpr> axes = IndexExpr.axes(statement.extents().size());
        return switch (node.gate().kind()) {
            case LEAF, POINTWISE, LAYOUT, GATHER -> expressions.computed(node, axes);
            case SCAN -> {
                Scan.Final last = (Scan.Final) node.attribute();
                yield expressions.element(last.body().states().get(last.state()), axes);
            }
            case SCATTER -> expressions.element(node.input(statement.part()), statement.landingIndex());
            case REDUCTION, CONTRACTION -> {
                List<JavaExpr> factors = Reads.operands(statement).stream()
                        .map(operand -> expressions.element(operand.source(), operand.index()))
                        .toList();
                yield factors.size() == 1 ? factors.get(0) : expressions.apply(Arithmetic.MULTIPLY, factors);
            }
            case KERNEL, CUSTOM, PACK -> throw new IllegalStateException("has no single element: " + node);
        };
    }

    /** The Java statement that puts {@code value}, that of one iteration, where it is kept, or combines it with what is there. */
    String stored(Statement statement, JavaExpr value) {
        return folds.stored(statement, value);
    }

    /** Adds {@code value} to what {@code statement} accumulates. */
    void accumulate(Statement statement, JavaExpr value) {
        folds.add(statement, value);
    }

    /**
     * Makes a method of {@code content}, text of {@link JavaText#ofMethod}; gives what stands for it where it is called.
     *
     * @param vectors who makes the vectors of its loop
     * @param ints the names of its parameters that are ints
     * @param scalars the names of those that follow, reals
     */
    String method(String wanted, Vectors vectors, List<String> ints, List<String> scalars, JavaText content) {
        List<String> parameters = new ArrayList<>();
        ints.forEach(each -> parameters.add("int " + each));
        scalars.forEach(scalar -> parameters.add(types.element(ElementType.REAL) + " " + scalar));
        List<String> variables = new ArrayList<>(scalars);
        variables.addAll(content.declared());
        String body = content.take();
        List<String> likeness =
                List.of(JavaText.unnamed(String.join(",", parameters), variables), JavaText.unnamed(body, variables));
        return methods.add(vectors, wanted, parameters, body, likeness);
    }
}
