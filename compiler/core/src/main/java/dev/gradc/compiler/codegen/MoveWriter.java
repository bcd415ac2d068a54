package dev.gradc.compiler.codegen;

import dev.gradc.compiler.codegen.RowMoves.Move;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.schedule.Reads.Read;
import java.util.HashMap;
import java.util.Map;

/** Moves of rows as calls. */
final class MoveWriter {

    private static final String SYSTEM = JavaText.reference("java.lang.System");
    private static final String ROWS = JavaText.reference("dev.gradc.runtime.RowMath");

    private final ExpressionWriter expressions;
    private final Dims dims;
    private final JavaText text;

    MoveWriter(ExpressionWriter expressions, Dims dims, JavaText text) {
        this.expressions = expressions;
        this.dims = dims;
        this.text = text;
    }

    void write(Move move) {
        String count = dims.expr(move.loop().extent()).code();
        if (move.rows().isEmpty() && !move.adds()) {
            text.statement(SYSTEM + ".arraycopy("
                    + String.join(", ", start(move, move.from()), start(move, move.to()), count) + ")");
            return;
        }
        String rows = move.rows().map(loop -> dims.expr(loop.extent()).code()).orElse("1");
        text.statement(ROWS + (move.adds() ? ".addRows(" : ".copyRows(")
                + String.join(", ", rows, count, rows(move, move.from()), rows(move, move.to())) + ")");
    }

    /** Where {@code element} is in the first iteration of the loops of {@code move}. */
    private String start(Move move, Read element) {
        Map<Integer, String> starts = new HashMap<>(Map.of(move.loop().depth(), "0"));
        move.rows().ifPresent(loop -> starts.put(loop.depth(), "0"));
        return expressions.from(element.source(), element.index(), starts);
    }

    /** That, and how far apart rows are. */
    private String rows(Move move, Read element) {
        Dim stride = move.rows().flatMap(loop -> move.stride(element)).orElse(Dim.ZERO);
        return start(move, element) + ", " + dims.expr(stride).code();
    }
}
