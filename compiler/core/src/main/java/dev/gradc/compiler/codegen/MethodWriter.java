package dev.gradc.compiler.codegen;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.Item;
import dev.gradc.compiler.schedule.Program;
import dev.gradc.compiler.schedule.Recurrence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.lang.model.element.Modifier;

/** The private methods that run programs and the steps of recurrences. */
final class MethodWriter {

    /** The most calls in a row that one method makes, a few bytes each. */
    private static final int MOST_CALLS = 500;

    private final ModelPlan plan;
    private final Naming naming;
    private final Dims dims;
    private final Fields fields;
    private final Function<Node, String> comments;
    private final List<MethodSpec> methods = new ArrayList<>();

    /** @param comments what to say above the computation of a node; empty for nothing */
    MethodWriter(ModelPlan plan, Naming naming, Dims dims, Fields fields, Function<Node, String> comments) {
        this.plan = plan;
        this.naming = naming;
        this.dims = dims;
        this.fields = fields;
        this.comments = comments;
    }

    /** The methods made so far. */
    List<MethodSpec> methods() {
        return methods;
    }

    /** Makes the methods that run {@code program}; gives the calls of them. */
    CodeBlock calls(String name, Program program) {
        return calls(name, program, List.of());
    }

    /** @param indices the indices of the loops around, which the methods take */
    private CodeBlock calls(String name, Program program, List<String> indices) {
        List<CodeBlock> calls = new ArrayList<>();
        int part = 0;
        for (List<Item> items : program.methods()) {
            part++;
            String method = program.methods().size() == 1 ? name : name + part;
            int position = methods.size();
            CodeBlock body = new BodyWriter(
                            program,
                            expressions(program),
                            naming,
                            dims,
                            comments,
                            recurrence -> step(name, recurrence, indices),
                            plan.types())
                    .write(items);
            MethodSpec.Builder spec = MethodSpec.methodBuilder(method).addModifiers(Modifier.PRIVATE);
            indices.forEach(index -> spec.addParameter(TypeName.INT, index));
            methods.add(position, spec.addCode(body).build());
            calls.add(call(method, indices));
        }
        return grouped(name + "Group", calls, indices);
    }

    private static CodeBlock call(String method, List<String> indices) {
        return CodeBlock.builder()
                .addStatement("$L($L)", method, String.join(", ", indices))
                .build();
    }

    /** {@code calls} in order, by way of methods that make some of them each where they are too many for one method. */
    private CodeBlock grouped(String name, List<CodeBlock> calls, List<String> indices) {
        if (calls.size() <= MOST_CALLS) {
            return CodeBlock.join(calls, "");
        }
        List<CodeBlock> groups = new ArrayList<>();
        for (int from = 0; from < calls.size(); from += MOST_CALLS) {
            String method = name + (groups.size() + 1);
            MethodSpec.Builder spec = MethodSpec.methodBuilder(method).addModifiers(Modifier.PRIVATE);
            indices.forEach(index -> spec.addParameter(TypeName.INT, index));
            calls.subList(from, Math.min(from + MOST_CALLS, calls.size())).forEach(spec::addCode);
            methods.add(spec.build());
            groups.add(call(method, indices));
        }
        return grouped(name + "s", groups, indices);
    }

    /** What happens in one step: the calls of its methods, and the states' next values. */
    private CodeBlock step(String caller, Recurrence recurrence, List<String> around) {
        List<String> indices = new ArrayList<>(around);
        String index = naming.of(recurrence.body().symbol());
        indices.add(index);
        String wanted = caller.replaceFirst("^compute", "step").replaceFirst("(Step[A-Z].*)?$", "");
        String name = naming.named(recurrence, wanted + "Over" + ClassGenerator.capitalized(index));
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
        return new ExpressionWriter(plan, naming, dims, program.roots(), program.places(), fields);
    }
}
