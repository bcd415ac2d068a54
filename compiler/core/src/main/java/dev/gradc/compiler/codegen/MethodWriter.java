package dev.gradc.compiler.codegen;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.Item;
import dev.gradc.compiler.schedule.Program;
import dev.gradc.compiler.schedule.Recurrence;
import dev.gradc.compiler.schedule.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.lang.model.element.Modifier;

/** Writes the private methods that run one program and the steps of its recurrences. */
final class MethodWriter {

    private final String name;
    private final Program program;
    private final int first;
    private final ModelPlan plan;
    private final Naming naming;
    private final Dims dims;
    private final Fields fields;
    private final Bodies bodies;
    private final MethodParts parts;
    private final Function<Node, String> comments;
    private final Split split = new Split();
    private final List<Method> methods = new ArrayList<>();
    private int called;

    /**
     * A method under way.
     *
     * @param called those that it calls
     */
    record Method(MethodSpec.Builder spec, List<Called> called) {}

    /**
     * A method that another calls.
     *
     * @param reference what stands for it there
     * @param vectors who makes the vectors of its loop
     * @param wanted its name but for a number
     * @param likeness the same for methods that differ in the names of variables alone
     */
    record Called(
            String reference,
            Vectors vectors,
            String wanted,
            List<String> parameters,
            String body,
            List<String> likeness) {}

    /**
     * What was written.
     *
     * @param name what the methods are called
     * @param calls runs the program
     * @param first how many methods of the class are before its own
     * @param groups methods that call some of the others
     * @param quotients the extents that must be whole numbers
     */
    record Written(
            String name,
            CodeBlock calls,
            int first,
            List<Method> methods,
            List<MethodSpec> groups,
            Set<Dim> quotients) {}

    /**
     * A writer for the methods of {@code program}, called {@code name}.
     *
     * @param first how many methods of the class are before them
     * @param naming the class's; a scope in it is made here
     * @param parts where they will be
     * @param comments what to say above the computation of a node; empty for nothing
     */
    MethodWriter(
            String name,
            Program program,
            int first,
            ModelPlan plan,
            Naming naming,
            Fields fields,
            Bodies bodies,
            MethodParts parts,
            Function<Node, String> comments) {
        this.name = name;
        this.program = program;
        this.first = first;
        this.plan = plan;
        this.naming = naming.within();
        this.dims = new Dims(this.naming::of);
        this.fields = fields;
        this.bodies = bodies;
        this.parts = parts;
        this.comments = comments;
    }

    /** Writes them. */
    Written write() {
        CodeBlock calls = calls(name, program, List.of());
        return new Written(name, calls, first, methods, split.methods(), dims.quotients());
    }

    /**
     * Makes the methods that run {@code program}; gives the calls of them.
     *
     * @param indices the indices of the loops around, which the methods take
     */
    private CodeBlock calls(String name, Program program, List<String> indices) {
        List<CodeBlock> calls = new ArrayList<>();
        List<ParameterSpec> parameters = indices.stream()
                .map(index -> ParameterSpec.builder(TypeName.INT, index).build())
                .toList();
        int part = 0;
        for (List<Item> items : program.methods()) {
            part++;
            String method = program.methods().size() == 1 ? name : name + part;
            MethodSpec.Builder spec = MethodSpec.methodBuilder(method).addModifiers(Modifier.PRIVATE);
            String on = parts.before(first + methods.size());
            Method begun = new Method(spec, new ArrayList<>());
            methods.add(begun);
            CodeBlock body = new BodyWriter(
                            program,
                            expressions(program),
                            naming,
                            dims,
                            comments,
                            recurrence -> step(name, recurrence, indices),
                            plan.types(),
                            bodies,
                            (vectors, wanted, taken, text, likeness) ->
                                    add(begun, vectors, wanted, taken, text, likeness))
                    .write(items.stream()
                            .filter(item -> !program.isInPlace(item))
                            .toList());
            spec.addParameters(parameters).addCode(body);
            calls.add(CodeBlock.builder()
                    .addStatement("$L$L($L)", on, method, String.join(", ", indices))
                    .build());
        }
        return split.run(name + "Group", calls, parameters);
    }

    /** Adds a method that {@code caller} calls; gives what stands for it there. */
    private String add(
            Method caller,
            Vectors vectors,
            String wanted,
            List<String> parameters,
            String body,
            List<String> likeness) {
        called++;
        String reference = JavaText.method(name + called);
        caller.called().add(new Called(reference, vectors, wanted, parameters, body, likeness));
        return reference;
    }

    /** What happens in one step: the calls of its methods, and the states' next values. */
    private CodeBlock step(String caller, Recurrence recurrence, List<String> around) {
        List<String> indices = new ArrayList<>(around);
        String index = naming.of(recurrence.body().symbol());
        indices.add(index);
        String wanted = caller.replaceFirst("^compute", "step").replaceFirst("(Step[A-Z].*)?$", "");
        String name =
                naming.named(List.of(wanted, recurrence.body()), wanted + "Over" + ClassGenerator.capitalized(index));
        CodeBlock.Builder code = CodeBlock.builder().add(calls(name, recurrence.step(), indices));
        ExpressionWriter expressions = expressions(recurrence.step());
        recurrence.next().forEach((state, next) -> update(code, expressions, state, next));
        return code.build();
    }

    private void update(CodeBlock.Builder code, ExpressionWriter expressions, Node state, Node next) {
        if (state.shape().isScalar()) {
            code.addStatement(
                    "$L = $L",
                    expressions.memory(state, List.of()).code(),
                    expressions.memory(next, List.of()).code());
        } else if (fields.isExchanged(state, next)) {
            String array = naming.numbered("next");
            code.addStatement(
                    "final $T[] $L = $L", plan.types().element(next.type().element()), array, fields.name(next));
            code.addStatement("$L = $L", fields.name(next), fields.name(state));
            code.addStatement("$L = $L", fields.name(state), array);
        } else {
            code.addStatement(
                    "$T.arraycopy($L, $L, $L)",
                    System.class,
                    expressions.array(next),
                    expressions.array(state),
                    expressions.size(state.shape()));
        }
    }

    private ExpressionWriter expressions(Program program) {
        return new ExpressionWriter(plan, naming, dims, program, fields);
    }
}
