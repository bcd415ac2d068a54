package dev.gradc.compiler.codegen;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.lower.LoweredModel;
import dev.gradc.compiler.lower.LoweredModel.Argument;
import dev.gradc.compiler.lower.LoweredModel.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** The methods that give results: outputs and gradients by name. */
final class Accessors {

    private static final List<String> TAKEN = List.of(
            "forward",
            "backward",
            "valueAndGradient",
            "gradient",
            "layout",
            "getClass",
            "hashCode",
            "equals",
            "clone",
            "toString",
            "notify",
            "notifyAll",
            "wait",
            "finalize",
            "computeForward",
            "computeBackward",
            "computeValueAndGradient");

    private final LoweredModel model;
    private final NameAllocator names = new NameAllocator();

    Accessors(LoweredModel model) {
        this.model = model;
        TAKEN.forEach(name -> names.newName(name, name));
        model.derivations().forEach(derivation -> names.newName(derivation.name(), "derivation:" + derivation.name()));
        model.outputs().forEach(output -> names.newName(output.name(), "output:" + output.name()));
        for (Argument argument : model.wrt()) {
            String name = argument.name();
            names.newName("grad" + ClassGenerator.capitalized(name), "gradient:" + name);
        }
    }

    /** The method that gives the output {@code name}. */
    String output(String name) {
        return names.get("output:" + name);
    }

    /** All accessor methods. */
    List<MethodSpec> methods(ModelPlan plan, Naming naming, Dims dims) {
        List<MethodSpec> methods = new ArrayList<>();
        for (int i = 0; i < model.outputs().size(); i++) {
            methods.add(output(model.outputs().get(i), plan.outputs().get(i), plan, naming));
        }
        if (plan.backward().isPresent()) {
            Map<String, Dim> offsets = plan.gradientOffsets();
            model.wrt().forEach(argument -> methods.add(gradient(argument, offsets.get(argument.name()), plan, dims)));
        }
        return methods;
    }

    private MethodSpec output(Output output, Node node, ModelPlan plan, Naming naming) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(output(output.name()))
                .addModifiers(Modifier.PUBLIC)
                .returns(plan.types().type(node))
                .addStatement("return $L", naming.of(node));
        String text = output.documentation().isEmpty()
                ? "The output {@code " + output.name() + "}"
                : Comments.javadoc(output.documentation().strip());
        return node.shape().isScalar()
                ? method.addJavadoc("$L, of the last call.", text).build()
                : method.addJavadoc(
                                "$L, $L of the last call: the live array, valid until the next.",
                                text,
                                Comments.javadoc(node.type().toString()))
                        .build();
    }

    private MethodSpec gradient(Argument argument, Dim offset, ModelPlan plan, Dims dims) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(names.get("gradient:" + argument.name()))
                .addModifiers(Modifier.PUBLIC);
        if (argument.node().shape().isScalar()) {
            return method.returns(plan.types().real())
                    .addJavadoc("The gradient by {@code $L} of the last call.", argument.name())
                    .addStatement("return gradient[$L]", dims.expr(offset).code())
                    .build();
        }
        Dim size = argument.node().shape().size();
        return method.addParameter(ArrayTypeName.of(plan.types().real()), "destination")
                .addJavadoc(
                        "Copies the gradient by {@code $L} of the last call, $L.\n",
                        argument.name(),
                        Comments.javadoc(argument.node().shape().toString()))
                .addStatement(
                        "$T.length($S, destination, $L, $S)",
                        ClassName.get("dev.gradc.runtime", "Checks"),
                        "destination",
                        dims.expr(size).code(),
                        argument.node().shape().toString())
                .addStatement(
                        "$T.arraycopy(gradient, $L, destination, 0, $L)",
                        System.class,
                        dims.expr(offset).code(),
                        dims.expr(size).code())
                .build();
    }
}
