package dev.gradc.compiler.codegen;

import dev.gradc.compiler.gate.JavaForm;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.schedule.Carry;
import dev.gradc.compiler.schedule.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A loop that completes one element at a time and carries what it has for the next ones. */
final class CarryWriter {

    private final Carry carry;
    private final int depth;
    private final ExpressionWriter expressions;
    private final JavaTypes types;
    private final JavaText text;

    /** What iterations before have for the element of this one, for that of the next one, and so on. */
    private final List<String> carried = new ArrayList<>();

    CarryWriter(Carry carry, int depth, ExpressionWriter expressions, Naming naming, JavaTypes types, JavaText text) {
        this.carry = carry;
        this.depth = depth;
        this.expressions = expressions;
        this.types = types;
        this.text = text;
        for (int i = 1; i < carry.parts().size(); i++) {
            carried.add(naming.numbered("carried"));
        }
    }

    /** Before the loop. */
    void begin() {
        String zero = types.literal(0, ElementType.REAL).code();
        carried.forEach(name -> text.statement(types.element(carry.node()) + " " + name + " = " + zero));
    }

    /** {@code value} is that of {@code part} in this iteration: what was carried for its element makes room for it. */
    void part(Statement part, JavaExpr value) {
        int number = carry.parts().indexOf(part);
        String place = number == 0
                ? expressions.memory(carry.node(), part.outputIndex()).code()
                : carried.get(number - 1);
        boolean isLast = number == carried.size();
        text.statement(place + " = "
                + (isLast ? value.code() : carried.get(number) + " + " + value.atLeast(JavaForm.SUM + 1)));
    }

    /** Behind the loop, which has run {@code extent} times. */
    void finish(String extent) {
        for (int i = 0; i < carried.size(); i++) {
            String last = i == 0 ? extent : extent + " + " + i;
            String place = expressions.at(carry.node(), carry.parts().get(0).outputIndex(), Map.of(depth, last));
            text.statement(place + " = " + carried.get(i));
        }
    }
}
