package dev.gradc.compiler.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.Item;
import dev.gradc.compiler.schedule.Program;
import dev.gradc.compiler.schedule.Recurrence;
import dev.gradc.compiler.schedule.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.lang.model.element.Modifier;

/** The private methods that run programs and the steps of recurrences. */
final class MethodWriter {

    /** The most methods of one class: each may take up to a thousand of the 65,535 entries of its constant pool. */
    static final int MOST_METHODS = 60;

    /** The longest line that JavaPoet leaves unbroken, and its indent. */
    static final int COLUMNS = 100;

    static final int INDENT = 4;

    private final ModelPlan plan;
    private final Naming naming;
    private final Dims dims;
    private final Fields fields;
    private final Function<Node, String> comments;
    private final Split split;
    private final Bodies bodies;
    private final LaneClasses lanes;
    private final boolean isParted;

    /** The methods, {@value #MOST_METHODS} after {@value #MOST_METHODS} as they were begun. */
    private final List<List<Method>> parts = new ArrayList<>();

    private int begun;

    /**
     * A method under way.
     *
     * @param behind the texts of methods that follow it
     */
    private record Method(MethodSpec.Builder spec, List<String> behind) {}

    /**
     * A writer for the methods of one class.
     *
     * @param lanes takes the methods that are written with vectors
     * @param comments what to say above the computation of a node; empty for nothing
     */
    MethodWriter(
            ModelPlan plan,
            Naming naming,
            Dims dims,
            Fields fields,
            Split split,
            Bodies bodies,
            LaneClasses lanes,
            Function<Node, String> comments) {
        this.lanes = lanes;
        this.split = split;
        this.bodies = bodies;
        this.plan = plan;
        this.naming = naming;
        this.dims = dims;
        this.fields = fields;
        this.comments = comments;
        this.isParted = plan.programs().stream().mapToInt(Program::methodCount).sum() > MOST_METHODS;
    }

    /** Adds the methods made so far to {@code type}: to classes in it, where they are too many for one. */
    void addTo(TypeSpec.Builder type) {
        for (int part = 0; part < parts.size(); part++) {
            if (!isParted) {
                type.addMethods(methods(part));
                continue;
            }
            ClassName name = ClassName.get("", plan.model().name() + "Part" + (part + 1));
            type.addField(FieldSpec.builder(name, field(part), Modifier.PRIVATE, Modifier.FINAL)
                    .initializer("new $T()", name)
                    .build());
            type.addType(TypeSpec.classBuilder(name)
                    .addModifiers(Modifier.PRIVATE, Modifier.FINAL)
                    .addJavadoc("Some of the methods, which are too many for one class file.")
                    .addMethods(methods(part))
                    .build());
        }
    }

    private List<MethodSpec> methods(int part) {
        return parts.get(part).stream()
                .map(method ->
                        method.spec().addCode(bodies.behind(method.behind())).build())
                .toList();
    }

    /** Adds a method behind the last one of {@code part}, or to those with vectors; gives how it is called. */
    private String add(int part, Vectors vectors, Supplier<String> name, List<String> parameters, String body) {
        if (vectors == Vectors.WRITTEN) {
            return lanes.add(name, parameters, body);
        }
        int width = COLUMNS - INDENT * (isParted ? 2 : 1);
        String own = name.get();
        List<Method> methods = parts.get(part);
        methods.get(methods.size() - 1).behind().add(JavaText.method(own, parameters, body, width));
        return own;
    }

    /** The field with the object that has the methods of {@code part}. */
    private String field(int part) {
        return naming.named("#part" + part, "part" + (part + 1));
    }

    /** Makes the methods that run {@code program}; gives the calls of them. */
    CodeBlock calls(String name, Program program) {
        return calls(name, program, List.of());
    }

    /** @param indices the indices of the loops around, which the methods take */
    private CodeBlock calls(String name, Program program, List<String> indices) {
        List<CodeBlock> calls = new ArrayList<>();
        List<ParameterSpec> parameters = indices.stream()
                .map(index -> ParameterSpec.builder(TypeName.INT, index).build())
                .toList();
        int part = 0;
        for (List<Item> items : program.methods()) {
            part++;
            String method = program.methods().size() == 1 ? name : name + part;
            int home = begun++ / MOST_METHODS;
            if (home == parts.size()) {
                parts.add(new ArrayList<>());
            }
            MethodSpec.Builder spec = MethodSpec.methodBuilder(method).addModifiers(Modifier.PRIVATE);
            parts.get(home).add(new Method(spec, new ArrayList<>()));
            CodeBlock body = new BodyWriter(
                            program,
                            expressions(program),
                            naming,
                            dims,
                            comments,
                            recurrence -> step(name, recurrence, indices),
                            plan.types(),
                            bodies,
                            (vectors, called, taken, text) -> add(home, vectors, called, taken, text))
                    .write(items.stream()
                            .filter(item -> !program.isInPlace(item))
                            .toList());
            spec.addParameters(parameters).addCode(body);
            calls.add(CodeBlock.builder()
                    .addStatement("$L$L($L)", isParted ? field(home) + "." : "", method, String.join(", ", indices))
                    .build());
        }
        return split.run(name + "Group", calls, parameters);
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
