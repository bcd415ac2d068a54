package dev.gradc.compiler.codegen;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeSpec;
import dev.gradc.compiler.gate.Kernel;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.schedule.Item;
import dev.gradc.compiler.schedule.KernelCall;
import dev.gradc.compiler.schedule.Program;
import dev.gradc.compiler.schedule.Strip;
import dev.gradc.compiler.schedule.Workspace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** The arrays of a generated class: their names and fields, and what the constructor does to allocate them. */
final class ArrayFields {

    private static final String CHECKS = JavaText.reference("dev.gradc.runtime.Checks");

    private static final String BLOCKS = JavaText.reference(Pointwise.BLOCKS);

    private final ModelPlan plan;
    private final Naming naming;
    private final Dims dims;
    private final Fields fields;
    private final Bodies bodies;

    /** The scratch memory that kernels ask for, by name. */
    private final Map<String, Kernel.Work> scratch = new LinkedHashMap<>();

    /** The names of blocks. */
    private final Map<Strip.Block, String> blocks = new LinkedHashMap<>();

    /** @param bodies takes the fields of classes for some of the arrays */
    ArrayFields(ModelPlan plan, Naming naming, Dims dims, Fields fields, Bodies bodies) {
        this.plan = plan;
        this.naming = naming;
        this.dims = dims;
        this.fields = fields;
        this.bodies = bodies;
        for (Program program : plan.programs()) {
            program.blocks().forEach(block -> blocks.put(block, naming.block(block)));
            addScratch(program);
            program.recurrences().forEach(recurrence -> addScratch(recurrence.step()));
        }
    }

    /** Adds the fields, and the classes of arrays that are too many for one class. */
    void addTo(TypeSpec.Builder type) {
        List<List<String>> groups = new ArrayList<>();
        for (int i = 0; i < fields.groups(); i++) {
            groups.add(new ArrayList<>());
        }
        buffers()
                .forEach((name, buffer) -> fields.group(buffer)
                        .ifPresentOrElse(
                                group -> groups.get(group).add(text(name, buffer)),
                                () -> type.addField(field(name, buffer))));
        for (int i = 0; i < fields.groups(); i++) {
            type.addType(groupClass(group(i))
                    .addMethod(bodies.members(groups.get(i)))
                    .build());
        }
        for (int i = 0; i < fields.groups(); i++) {
            type.addField(group(i), fields.groupName(i), Modifier.PRIVATE, Modifier.FINAL);
        }
        blocks.forEach((block, name) -> type.addField(
                field(block.element(), name).initializer(initial(block)).build()));
        scratch.forEach(
                (name, work) -> type.addField(field(work.element(), name).build()));
    }

    private FieldSpec field(String name, Workspace.Buffer buffer) {
        FieldSpec.Builder field =
                FieldSpec.builder(ArrayTypeName.of(plan.types().element(buffer.element())), name, Modifier.PRIVATE);
        if (!fields.isExchanged(name)) {
            field.addModifiers(Modifier.FINAL);
        }
        return field.addJavadoc("$L", occupants(buffer)).build();
    }

    /** The field of {@code buffer} in the class of a group. */
    private String text(String name, Workspace.Buffer buffer) {
        JavaText text = new JavaText();
        text.line("/**");
        text.line(" * " + occupants(buffer));
        text.line(" */");
        text.statement(
                fields.isExchanged(name) ? "private " : "private final ",
                plan.types().element(buffer.element()).toString(),
                "[] ",
                name.substring(name.indexOf('.') + 1),
                " = ",
                allocation(buffer));
        return text.take();
    }

    private CodeBlock initial(Strip.Block block) {
        double constant = block.constant().orElse(0);
        return Double.doubleToRawLongBits(constant) == 0
                ? CodeBlock.of("new $T[$L]", plan.types().element(block.element()), Strip.LENGTH)
                : JavaText.code(BLOCKS + ".constants(" + Strip.LENGTH + ", "
                        + plan.types().literal(constant, block.element()).code() + ")");
    }

    private FieldSpec.Builder field(ElementType element, String name) {
        return FieldSpec.builder(
                ArrayTypeName.of(plan.types().element(element)), name, Modifier.PRIVATE, Modifier.FINAL);
    }

    private ClassName group(int number) {
        return ClassName.get("", plan.model().name() + "Arrays" + (number + 1));
    }

    private static TypeSpec.Builder groupClass(ClassName name) {
        return TypeSpec.classBuilder(name)
                .addModifiers(Modifier.PRIVATE, Modifier.FINAL)
                .addJavadoc("Some of the arrays, which are too many for one class file.");
    }

    /** Allocates the arrays, once the extents are known. */
    CodeBlock allocations() {
        CodeBlock.Builder code = CodeBlock.builder();
        buffers().forEach((name, buffer) -> {
            if (fields.group(buffer).isEmpty()) {
                code.addStatement("$L = $L", name, JavaText.code(allocation(buffer)));
            }
        });
        for (int i = 0; i < fields.groups(); i++) {
            code.addStatement("$L = new $T()", fields.groupName(i), group(i));
        }
        scratch.forEach((name, work) -> code.addStatement(
                "$L = new $T[$L]",
                name,
                plan.types().element(work.element()),
                dims.expr(work.size()).code()));
        return code.build();
    }

    /** What makes {@code buffer}, as text of {@link JavaText}. */
    private String allocation(Workspace.Buffer buffer) {
        Dim size = buffer.size();
        Shape whole = buffer.occupants().get(0).shape();
        Shape shape = size.equals(whole.size()) ? whole : whole.without(List.of(0));
        String length = size.constant().isPresent() || shape.rank() == 1
                ? dims.expr(size).code()
                : CHECKS + ".size(" + dims.list(shape) + ")";
        return "new " + plan.types().element(buffer.element()) + "[" + length + "]";
    }

    private Map<String, Workspace.Buffer> buffers() {
        Map<String, Workspace.Buffer> buffers = new LinkedHashMap<>();
        plan.buffers().forEach((node, buffer) -> buffers.put(fields.name(node), buffer));
        return buffers;
    }

    private String occupants(Workspace.Buffer buffer) {
        List<String> texts = new ArrayList<>();
        for (Node node : Fields.listed(buffer)) {
            String slice = buffer.size().equals(node.shape().size()) ? "" : ", a slice at a time";
            texts.add(naming.of(node) + " " + Comments.javadoc(node.shape().toString()) + slice);
        }
        int others = buffer.occupants().size() - texts.size();
        return String.join(", then ", texts) + (others == 0 ? "." : ", then " + others + " more.");
    }

    private void addScratch(Program program) {
        for (Item item : program.items()) {
            if (item instanceof KernelCall call) {
                for (Kernel.Argument argument : call.arguments()) {
                    if (argument instanceof Kernel.Work work) {
                        scratch.put(naming.scratch(call.node()), work);
                    }
                }
            }
        }
    }
}
