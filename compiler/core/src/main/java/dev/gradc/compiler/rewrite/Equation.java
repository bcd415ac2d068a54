package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.diagnostic.Diagnostics;
import dev.gradc.compiler.gate.Operation;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.source.SourceFile;
import dev.gradc.compiler.syntax.Declaration;
import dev.gradc.compiler.syntax.Expr;
import dev.gradc.compiler.syntax.Module;
import dev.gradc.compiler.syntax.Parser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A rule written as {@code left => right} in the model language. */
public final class Equation implements Rule {

    private final String name;
    private final String text;
    private final Contract contract;
    private final Pattern.Apply left;
    private final Pattern right;
    private final List<String> names;
    private final int swaps;

    private Equation(
            String name, String text, Contract contract, Pattern.Apply left, List<String> names, Pattern right) {
        this.name = name;
        this.text = text;
        this.contract = contract;
        this.left = left;
        this.names = names;
        this.right = right;
        this.swaps = left.swaps();
    }

    /** The rule called {@code name}. */
    static Equation equation(String name, String text, Contract contract) {
        int arrow = text.indexOf("=>");
        Pattern.Reader reader = new Pattern.Reader();
        Pattern.Apply left = (Pattern.Apply) reader.of(parse(text.substring(0, arrow)));
        Pattern right = new Pattern.Reader().of(parse(text.substring(arrow + 2)));
        return new Equation(name, text, contract, left, reader.names(), right);
    }

    private static Expr parse(String side) {
        Diagnostics problems = new Diagnostics();
        Module module = Parser.parse(new SourceFile("equation", "fn side() = " + side.strip() + ";"), problems);
        if (problems.hasErrors()) {
            throw new IllegalArgumentException(side + ": " + problems.list());
        }
        return ((Declaration.Function) module.declarations().get(0)).body();
    }

    @Override
    public String name() {
        return name;
    }

    /** What is rewritten. */
    Pattern left() {
        return left;
    }

    /** What it becomes. */
    Pattern right() {
        return right;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public Contract contract() {
        return contract;
    }

    @Override
    public boolean appliesTo(Operation gate) {
        return gate == left.gate();
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        if (!at.node().isReal() || !left.mayMatch(at.node())) {
            return Optional.empty();
        }
        for (int order = 0; order <= swaps; order++) {
            Node[] bound = new Node[names.size()];
            if (left.matches(at.node(), order, bound)) {
                return Optional.of(right.build(at.out(), byName(bound)));
            }
        }
        return Optional.empty();
    }

    private Map<String, Node> byName(Node[] bound) {
        Map<String, Node> byName = new HashMap<>();
        for (int number = 0; number < bound.length; number++) {
            byName.put(names.get(number), bound[number]);
        }
        return byName;
    }

    @Override
    public String toString() {
        return name + ": " + text;
    }
}
