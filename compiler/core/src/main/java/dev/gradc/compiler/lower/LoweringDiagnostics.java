package dev.gradc.compiler.lower;

import dev.gradc.compiler.diagnostic.Diagnostic;
import dev.gradc.compiler.diagnostic.Diagnostic.Label;
import dev.gradc.compiler.diagnostic.Suggestions;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ShapeMismatch;
import dev.gradc.compiler.ir.Type;
import dev.gradc.compiler.source.Span;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Every problem lowering reports: its code and all its wording. */
final class LoweringDiagnostics {

    private LoweringDiagnostics() {}

    static Diagnostic unknownName(String name, Span span, Collection<String> known) {
        return Diagnostic.error(
                "GC2001",
                "unknown name `" + name + "`",
                span,
                "not defined here",
                suggest(name, known)
                        .orElse("define it with `let`, `const`, `input` or `param`, or as a dim of the model"));
    }

    /** @param packages that have a function of this name, and are not imported */
    static Diagnostic unknownFunction(String name, Span span, List<String> packages, Collection<String> known) {
        return Diagnostic.error(
                "GC2002",
                "unknown function `" + name + "`",
                span,
                "no function or gate has this name",
                packages.isEmpty()
                        ? suggest(name, known).orElse("define it with `fn " + name + "(...) = ...;`")
                        : "import it: `import " + packages.get(0) + "." + name + ";`");
    }

    static Diagnostic shapeMismatch(String operation, Type left, Span leftSpan, Type right, Span rightSpan) {
        return Diagnostic.error(
                "GC2003",
                "the operands of `" + operation + "` have shapes that do not fit",
                List.of(new Label(leftSpan, "this is " + left), new Label(rightSpan, "this is " + right)),
                "aligned from the last axis, two extents must be provably equal or one of them 1");
    }

    static Diagnostic productMismatch(Type left, Span leftSpan, Type right, Span rightSpan) {
        return Diagnostic.error(
                "GC2004",
                "`@` cannot multiply " + left + " by " + right,
                List.of(new Label(leftSpan, "this is " + left), new Label(rightSpan, "this is " + right)),
                "the last axis of the left operand and the last but one (or only) axis of the right must be"
                        + " provably equal; transpose with `'` where needed, and use `*` for elementwise products");
    }

    static Diagnostic duplicate(String name, Span first, Span second) {
        return Diagnostic.error(
                "GC2005",
                "`" + name + "` is defined twice",
                List.of(new Label(second, "defined again here"), new Label(first, "first defined here")),
                "give one of them another name");
    }

    static Diagnostic cycle(List<String> path, Span span) {
        return Diagnostic.error(
                "GC2006",
                "`" + path.get(0) + "` is defined by itself",
                span,
                "the definitions go round: " + String.join(" -> ", path),
                "break the cycle; a value that depends on its own past is a `scan`");
    }

    static Diagnostic recursion(List<String> path, Span span) {
        return Diagnostic.error(
                "GC2007",
                "function `" + path.get(0) + "` calls itself",
                span,
                "the calls go round: " + String.join(" -> ", path),
                "functions are inlined, so they cannot recur; write a loop as a `scan`");
    }

    static Diagnostic argumentCount(String function, String expected, int found, Span span) {
        return Diagnostic.error(
                "GC2008",
                "`" + function + "` takes " + expected + ", found " + found,
                span,
                "called with " + found + (found == 1 ? " argument" : " arguments"),
                "");
    }

    static Diagnostic unknownArgument(String function, String name, Span span, Collection<String> known) {
        return Diagnostic.error(
                "GC2009",
                "`" + function + "` has no parameter `" + name + "`",
                span,
                "unknown parameter",
                suggest(name, known).orElse("its parameters are: " + String.join(", ", known)));
    }

    static Diagnostic repeatedArgument(String function, String name, Span span) {
        return Diagnostic.error(
                "GC2010", "`" + function + "` is given `" + name + "` twice", span, "given again here", "remove one");
    }

    static Diagnostic wrongType(String what, String expected, Type found, Span span, String hint) {
        return Diagnostic.error(
                "GC2011", what + " must be " + expected + ", found " + found, span, "this is " + found, hint);
    }

    static Diagnostic lossNotScalar(Type found, Span span) {
        return Diagnostic.error(
                "GC2012",
                "the loss must be a real scalar, found " + found,
                span,
                "this is " + found,
                "reduce it with `sum(...)` or `mean(...)`, or make it an `output`");
    }

    static Diagnostic nothingToCompute(String model, Span span) {
        return Diagnostic.error(
                "GC2013",
                "model `" + model + "` has neither a loss nor an output",
                span,
                "nothing to compute",
                "add `loss = ...;` (a scalar) or `output name = ...;`");
    }

    static Diagnostic notStatic(String what, Span span) {
        return Diagnostic.error(
                "GC2015",
                what + " must be known when the model is compiled",
                span,
                "known only when the model is called",
                "write a whole number, or an expression of constants and dims with a fixed value, as in"
                        + " `model M(N = 10)`");
    }

    static Diagnostic axisOutOfRange(long axis, Type type, Span span) {
        return Diagnostic.error(
                "GC2016",
                "there is no axis " + axis + " in " + type,
                span,
                "axis " + axis,
                type.shape().isScalar()
                        ? "a scalar has no axes"
                        : "axes are 0 to " + (type.shape().rank() - 1) + ", or -1 for the last");
    }

    static Diagnostic reshape(Type type, List<Dim> shape, Span span) {
        return Diagnostic.error(
                "GC2039",
                type + " cannot be reshaped to " + shape,
                span,
                "not provably " + type.shape().size() + " elements",
                "the number of elements must provably stay; one extent may be -1 for what is left");
    }

    static Diagnostic notAPermutation(Type type, Span span) {
        return Diagnostic.error(
                "GC2040",
                "these are not the axes of " + type + " in another order",
                span,
                "",
                "name each axis once, from 0 to " + (type.shape().rank() - 1));
    }

    static Diagnostic joinMismatch(String function, Type first, Type other, Span span) {
        return Diagnostic.error(
                "GC2041",
                "`" + function + "` cannot put " + first + " and " + other + " together",
                span,
                "",
                "they must have the same shape" + (function.equals("concat") ? " but for the joined axis" : ""));
    }

    static Diagnostic padWidths(Type type, Span span) {
        return Diagnostic.error(
                "GC2042",
                "one entry for each axis of " + type + " is needed here",
                span,
                "",
                "for `pad` a pair, how many before and behind, as in `pad(A, [[1, 1], [0, 2]])`; for `tile` how often, as in"
                        + " `tile(A, [2, 3])`");
    }

    static Diagnostic negativeWidth(Dim width, Span span) {
        return Diagnostic.error(
                "GC2043",
                "a width of " + width + " is not provably 0 or more",
                span,
                "",
                "elements are cut off by a slice, as in `x[1:N]`");
    }

    static Diagnostic missingImport(String name, Span span, Collection<String> known) {
        return Diagnostic.error(
                "GC2044",
                "nothing is called `" + name + "` that could be imported",
                span,
                "not found",
                suggest(name, known)
                        .orElse("a package is the `package` line of the file that declares it; files are looked for in"
                                + " the folders that the package names, beside this file's own"));
    }

    static Diagnostic ambiguousImport(String name, String first, Span firstSpan, String second, Span secondSpan) {
        return Diagnostic.error(
                "GC2045",
                "`" + name + "` is imported from `" + first + "` and from `" + second + "`",
                List.of(new Label(secondSpan, "again here"), new Label(firstSpan, "first here")),
                "import the one that is meant by its name: `import " + first + "." + name + ";`");
    }

    static Diagnostic cyclicImport(List<String> path, Span span) {
        return Diagnostic.error(
                "GC2046",
                "the imports go round: " + String.join(" -> ", path),
                span,
                "comes back to this file",
                "move what both need into a third file");
    }

    static Diagnostic backwardCount(String gate, int parameters, int found, Span span) {
        return Diagnostic.error(
                "GC2047",
                "gate `" + gate + "` has " + parameters + (parameters == 1 ? " parameter" : " parameters") + ", and "
                        + found + (found == 1 ? " backward expression" : " backward expressions"),
                span,
                "one gradient a parameter is needed, in order",
                "separate them by commas; the gradient of what is not differentiated is 0");
    }

    static Diagnostic backwardShape(String parameter, Type type, Type found, Span span) {
        return Diagnostic.error(
                "GC2048",
                "the gradient of `" + parameter + "` must have its shape, " + type.shape() + ", found " + found,
                span,
                "this is " + found,
                "sum it over the axes that the parameter does not have");
    }

    static Diagnostic unknownPrecision(String name, Span span) {
        return Diagnostic.error(
                "GC2054", "unknown precision `" + name + "`", span, "", "precisions are `f64`, the default, and `f32`");
    }

    static Diagnostic notOfModel(String name, Span span) {
        return Diagnostic.error(
                "GC2055",
                "only a model has an output `" + name + "` to take",
                span,
                "this is no call of a model",
                "`Model(arguments).output` is an output of a model; elements of a tensor are `x[i]`");
    }

    static Diagnostic modelArgument(String model, String name, Type expected, Type found, Span span) {
        return Diagnostic.error(
                "GC2056",
                "`" + name + "` of model `" + model + "` must be " + expected + ", found " + found,
                span,
                "this is " + found,
                "dims of a model are those of its arguments, the same for all of them");
    }

    static Diagnostic argumentRange(String model, String name, Dim low, Dim high, Span span) {
        return Diagnostic.error(
                "GC2058",
                "`" + name + "` of model `" + model + "` must be in " + low + ".." + high,
                span,
                "can be outside",
                "declare the int inputs it is made of within that range, as in `input " + name + " : int in " + low
                        + ".." + high + ";`");
    }

    static Diagnostic unknownOutput(String model, String name, Collection<String> known, Span span) {
        return Diagnostic.error(
                "GC2057",
                name.isEmpty()
                        ? "model `" + model + "` has several outputs and no loss"
                        : "model `" + model + "` has no output `" + name + "`",
                span,
                "",
                "take one of its outputs: `" + model + "(...).name`, with name one of " + String.join(", ", known));
    }

    static Diagnostic notADim(String found, Span span) {
        return Diagnostic.error(
                "GC2019",
                "an extent must be made of whole numbers and dims",
                span,
                found,
                "allowed: dims, declared behind the model's name as in `model line(N)`, whole numbers, `+`, `-`, `*`, and `/` by a"
                        + " whole number");
    }

    static Diagnostic badExtent(String dim, long value, Span span) {
        return Diagnostic.error(
                "GC2020",
                "`" + dim + "` gives an extent of " + value,
                span,
                "an extent is at least 1",
                "every axis has at least one element");
    }

    static Diagnostic unknownElement(String name, Span span) {
        return Diagnostic.error(
                "GC2021",
                "unknown element type `" + name + "`",
                span,
                "",
                suggest(name, List.of("real", "int", "bool")).orElse("element types are `real`, `int` and `bool`"));
    }

    static Diagnostic paramNotReal(String name, Type type, Span span) {
        return Diagnostic.error(
                "GC2022",
                "param `" + name + "` is " + type + ", and only reals can be differentiated",
                span,
                "",
                "make it an `input`, or a `real`");
    }

    static Diagnostic rangeNotInt(String name, Type type, Span span) {
        return Diagnostic.error(
                "GC2023", "`" + name + "` is " + type + ", and only an int has a range", span, "", "remove the range");
    }

    static Diagnostic emptyRange(Dim low, Dim high, Span span) {
        return Diagnostic.error(
                "GC2024", "the range " + low + ".." + high + " is empty", span, "", "both ends are included");
    }

    static Diagnostic unknownOption(String what, String name, Collection<String> known, Span span) {
        return Diagnostic.error(
                "GC2027",
                "the model has no " + what + " `" + name + "`",
                span,
                "",
                suggest(name, known).orElse(known.isEmpty() ? "it has none" : "it has: " + String.join(", ", known)));
    }

    static Diagnostic notDifferentiable(String name, Type type, Span span) {
        return Diagnostic.error(
                "GC2028",
                "`" + name + "` is " + type + ", and a derivative needs reals",
                span,
                "",
                "differentiate with respect to real inputs and params, of real outputs");
    }

    static Diagnostic gateMismatch(ShapeMismatch mismatch, Span span) {
        return Diagnostic.error("GC2029", mismatch.getMessage(), span, "", "");
    }

    static Diagnostic reservedName(String name, String reason, Span span) {
        return Diagnostic.error(
                "GC2030", "`" + name + "` cannot be used as a name here", span, reason, "choose another name");
    }

    static Diagnostic tooLarge(String what, Span span) {
        return Diagnostic.error("GC2031", what, span, "", "split the model, or use tensors instead of scalars");
    }

    static Diagnostic packageMismatch(String name, Span span) {
        return Diagnostic.error(
                "GC2032",
                "`" + name + "` cannot be part of a Java package name",
                span,
                "a reserved word of Java",
                "choose another name");
    }

    static Optional<String> suggest(String name, Collection<String> known) {
        return Suggestions.closest(name, known).map(close -> "did you mean `" + close + "`?");
    }
}
