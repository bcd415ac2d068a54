package dev.gradc.compiler.gate;

import java.util.List;

/**
 * What the reference page says of a gate, in short ASCII: its inputs are a, b, c, its output is out.
 *
 * @param value the output; for a pointwise gate an expression of the language
 * @param gradients for each differentiable input its local gradient, for a pointwise gate an expression of the language,
 *     too; of a gate on whole tensors what the input gets where g is the gradient of the output
 * @param domain where value and gradients are defined; empty for everywhere
 * @param note its name in mathematics, and conventions at kinks; may be empty
 */
public record Formula(String value, List<String> gradients, String domain, String note) {

    public Formula {
        gradients = List.copyOf(gradients);
    }

    static Formula of(String value, String... gradients) {
        return new Formula(value, List.of(gradients), "", "");
    }

    Formula where(String condition) {
        return new Formula(value, gradients, condition, note);
    }

    Formula note(String text) {
        return new Formula(value, gradients, domain, text);
    }
}
