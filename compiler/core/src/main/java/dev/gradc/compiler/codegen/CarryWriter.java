package dev.gradc.compiler.codegen;

import dev.gradc.compiler.gate.JavaForm;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.schedule.Carry;
import dev.gradc.compiler.schedule.Statement;
import java.util.ArrayList;
import java.util.List;

/** A loop that completes one element at a time and carries what it has for the next ones. */
final class CarryWriter {

    private final Carry carry;
    private final int depth;
    private final ExpressionWriter expressions;
    private final JavaTypes types;
    private final JavaText text;

    /** What earlier iterations have for this one's element, for the next one's, and so on. */
    private final List<String> carried = new ArrayList<>();

    /** What this iteration has for the next element, and so on. */
    private final List<String> added = new ArrayList<>();

    /** Whether this iteration's element is written, so that what is carried for it is free. */
    private boolean isComplete;

    private boolean isTurned;

    CarryWriter(Carry carry, int depth, ExpressionWriter expressions, Naming naming, JavaTypes types, JavaText text) {
        this.carry = carry;
        this.depth = depth;
        this.expressions = expressions;
        this.types = types;
        this.text = text;
        for (int i = 1; i < carry.parts().size(); i++) {
            carried.add(naming.numbered("carried"));
            added.add(naming.numbered("added"));
        }
    }

    /** Before the loop. */
    void begin() {
        String zero = types.literal(0, ElementType.REAL).code();
        carried.forEach(name -> text.statement(types.element(carry.node()) + " " + name + " = " + zero));
    }

    /** {@code value} is that of {@code part} in this iteration. */
    void part(Statement part, JavaExpr value) {
        int number = carry.parts().indexOf(part);
        if (number == 1 && isComplete && added.size() == 1) {
            text.statement(carried.get(0) + " = " + value);
            isTurned = true;
            return;
        } else if (number > 0) {
            text.statement("final " + types.element(carry.node()) + " " + added.get(number - 1) + " = " + value);
            return;
        }
        String place = expressions.memory(carry.node(), part.outputIndex()).code();
        text.statement(place + " = " + carried.get(0) + " + " + value.atLeast(JavaForm.SUM + 1));
        isComplete = true;
    }

    /** At the end of an iteration. */
    void turn() {
        for (int i = 0; !isTurned && i < carried.size(); i++) {
            String further = i + 1 < carried.size() ? carried.get(i + 1) + " + " : "";
            text.statement(carried.get(i) + " = " + further + added.get(i));
        }
    }

    /** Behind the loop, which has run {@code extent} times. */
    void finish(String extent) {
        for (int i = 0; i < carried.size(); i++) {
            String last = i == 0 ? extent : extent + " + " + i;
            String place = expressions.at(carry.node(), carry.parts().get(0).outputIndex(), depth, last);
            text.statement(place + " = " + carried.get(i));
        }
    }
}
