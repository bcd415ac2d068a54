package dev.gradc.compiler.golden;

import java.util.List;

/** Numbers written in a program. */
final class Constants {

    private Constants() {}

    static int whole(Ast ast) {
        if (ast instanceof Ast.Negated negated) {
            return -whole(negated.operand());
        } else if (ast instanceof Ast.Num number && number.text().matches("\\d+")) {
            return Integer.parseInt(number.text());
        }
        throw new UntranslatableException("no whole number is " + ast);
    }

    /** One number or several; none for {@code None}. */
    static List<Integer> wholes(Ast ast) {
        if (ast instanceof Ast.Items items) {
            return items.elements().stream().map(Constants::whole).toList();
        }
        return ast instanceof Ast.Name name && name.text().equals("None") ? List.of() : List.of(whole(ast));
    }

    static boolean isTrue(Ast ast) {
        return ast instanceof Ast.Name name && name.text().equalsIgnoreCase("true");
    }

    static boolean isWhole(Ast ast) {
        return ast instanceof Ast.Negated negated
                ? isWhole(negated.operand())
                : ast instanceof Ast.Num number && number.text().matches("\\d+");
    }
}
