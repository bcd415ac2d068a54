package dev.gradc.compiler.golden;

import dev.gradc.compiler.golden.Functions.Function;
import dev.gradc.compiler.golden.Value.Level;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Functions of matrices. */
final class LinearAlgebraFunctions {

    private LinearAlgebraFunctions() {}

    static Map<String, Function> byName() {
        Map<String, Function> functions = new HashMap<>();
        for (String name : List.of("dot", "matmul")) {
            functions.put(name, (t, a) -> product(a));
        }
        functions.put("outer", (t, a) -> outer(a));
        functions.put("eye", LinearAlgebraFunctions::identity);
        functions.put("identity", LinearAlgebraFunctions::identity);
        functions.put("diag", LinearAlgebraFunctions::diagonal);
        for (String name : List.of("trace", "det", "logdet")) {
            functions.put(name, (t, a) -> fold(name, a.value(0)));
        }
        functions.put(
                "inv",
                (t, a) -> Value.atom(call("inverse", a.value(0)), a.value(0).shape()));
        functions.put(
                "cholesky",
                (t, a) -> Value.atom(call("cholesky", a.value(0)), a.value(0).shape()));
        functions.put(
                "solve",
                (t, a) -> Value.atom(
                        call("solve", a.value(0), a.value(1)), a.value(1).shape()));
        functions.put(
                "solve_triangular",
                (t, a) -> Value.atom(
                        "solve_triangular(" + a.text() + ")", a.value(1).shape()));
        for (String name : List.of("tril", "triu")) {
            functions.put(name, (t, a) -> triangle(name, a));
        }
        return functions;
    }

    private static String call(String name, Value... arguments) {
        return name + "("
                + String.join(", ", Arrays.stream(arguments).map(Value::text).toList()) + ")";
    }

    private static Value product(Arguments a) {
        Value left = a.value(0);
        Value right = a.value(1);
        return Value.of(
                Level.PRODUCT,
                left.as(Level.PRODUCT) + " @ " + right.as(Level.UNARY),
                Shapes.product(left.shape(), right.shape()));
    }

    private static Value outer(Arguments a) {
        Value left = a.value(0);
        Value right = a.value(1);
        return Value.of(
                Level.PRODUCT,
                "expand(" + left.text() + ", -1) * " + right.as(Level.UNARY),
                left.extent(0),
                right.extent(0));
    }

    private static Value identity(Translator translator, Arguments a) {
        Ast size = a.ast(0);
        int extent = Constants.isWhole(size) ? Constants.whole(size) : translator.firstExtent();
        String text = Constants.isWhole(size)
                ? Integer.toString(extent)
                : translator.value(size).text();
        return Value.atom("identity(" + text + ")", extent, extent);
    }

    /** The diagonal of a matrix, or the matrix with a vector on its diagonal. */
    private static Value diagonal(Translator translator, Arguments a) {
        Value x = a.value(0);
        if (x.rank() == 2) {
            return Value.atom(call("diag", x), Math.min(x.extent(0), x.extent(1)));
        }
        int extent = x.extent(0);
        String identity = "identity(" + translator.extents().text(extent) + ")";
        return Value.of(Level.PRODUCT, x.as(Level.PRODUCT) + " * " + identity, extent, extent);
    }

    private static Value fold(String name, Value x) {
        return Value.atom(call(name, x), Arrays.copyOf(x.shape(), x.rank() - 2));
    }

    private static Value triangle(String name, Arguments a) {
        Value x = a.value(0);
        return Value.atom(name + "(" + x.text() + ", " + a.whole(1, "k", 0) + ")", x.shape());
    }
}
