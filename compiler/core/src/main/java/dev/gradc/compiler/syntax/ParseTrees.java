package dev.gradc.compiler.syntax;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.ParseTree;

/** Questions about parse trees. */
final class ParseTrees {

    private ParseTrees() {}

    /** Whether {@code tree} was read without a syntax error. */
    static boolean isWhole(ParseTree tree) {
        if (tree instanceof ErrorNode) {
            return false;
        }
        if (tree instanceof ParserRuleContext context && context.exception != null) {
            return false;
        }
        for (int i = 0; i < tree.getChildCount(); i++) {
            if (!isWhole(tree.getChild(i))) {
                return false;
            }
        }
        return true;
    }
}
