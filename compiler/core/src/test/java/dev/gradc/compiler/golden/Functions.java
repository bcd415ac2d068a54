package dev.gradc.compiler.golden;

import java.util.HashMap;
import java.util.Map;

/** What calls in NumPy notation become: NumPy's own functions, and the language's under its own names. */
final class Functions {

    /** The translation of a call. */
    interface Function {
        Value apply(Translator translator, Arguments arguments);
    }

    private static final Map<String, Function> BY_NAME = new HashMap<>();

    static {
        BY_NAME.putAll(PointwiseFunctions.byName());
        BY_NAME.putAll(ReductionFunctions.byName());
        BY_NAME.putAll(LayoutFunctions.byName());
        BY_NAME.putAll(IndexFunctions.byName());
        BY_NAME.putAll(LinearAlgebraFunctions.byName());
        BY_NAME.putAll(NetworkFunctions.byName());
    }

    private Functions() {}

    static Value call(Translator translator, Ast.Call call) {
        Function function = BY_NAME.get(call.function());
        if (function == null) {
            throw new UntranslatableException("what is the function `" + call.function() + "`?");
        }
        return function.apply(translator, new Arguments(translator, call));
    }
}
