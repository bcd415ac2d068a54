package dev.gradc.compiler.codegen;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Runs of short statements, such as calls, by way of private methods where they are too many for one. */
final class Split {

    /** The most statements in a row, each of at most some twenty bytes of bytecode. */
    static final int MOST_STATEMENTS = 300;

    private final List<MethodSpec> methods = new ArrayList<>();

    /** The methods made so far. */
    List<MethodSpec> methods() {
        return methods;
    }

    /**
     * Statements that run {@code statements} in order.
     *
     * @param name what methods for it are called, with a number; no other run has it
     * @param parameters what the statements use of the method they are in
     */
    CodeBlock run(String name, List<CodeBlock> statements, List<ParameterSpec> parameters) {
        if (statements.size() <= MOST_STATEMENTS) {
            return CodeBlock.join(statements, "");
        }
        String arguments = parameters.stream().map(ParameterSpec::name).collect(Collectors.joining(", "));
        List<CodeBlock> calls = new ArrayList<>();
        for (int from = 0; from < statements.size(); from += MOST_STATEMENTS) {
            String method = name + (calls.size() + 1);
            MethodSpec.Builder spec = MethodSpec.methodBuilder(method)
                    .addModifiers(Modifier.PRIVATE)
                    .addParameters(parameters);
            statements
                    .subList(from, Math.min(from + MOST_STATEMENTS, statements.size()))
                    .forEach(spec::addCode);
            methods.add(spec.build());
            calls.add(CodeBlock.builder()
                    .addStatement("$L($L)", method, arguments)
                    .build());
        }
        return run(name + "s", calls, parameters);
    }
}
