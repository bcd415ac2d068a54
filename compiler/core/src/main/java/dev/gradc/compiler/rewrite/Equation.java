package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.diagnostic.Diagnostics;
import dev.gradc.compiler.gate.Operation;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.source.SourceFile;
import dev.gradc.compiler.syntax.Declaration;
import dev.gradc.compiler.syntax.Module;
import dev.gradc.compiler.syntax.Parser;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A rule written as {@code left => right} in the model language. */
public final class Equation implements Rule {

    private final String name;
    private final String text;
    private final Contract contract;
    private final Pattern.Apply left;
    private final Pattern right;
    private final int swaps;

    private Equation(String name, String text, Contract contract, Pattern.Apply left, Pattern right) {
        this.name = name;
        this.text = text;
        this.contract = contract;
        this.left = left;
        this.right = right;
        this.swaps = left.swaps();
    }

    /** The rule called {@code name}. */
    static Equation equation(String name, String text, Contract contract) {
        int arrow = text.indexOf("=>");
        Pattern left = parse(text.substring(0, arrow));
        return new Equation(name, text, contract, (Pattern.Apply) left, parse(text.substring(arrow + 2)));
    }

    private static Pattern parse(String side) {
        Diagnostics problems = new Diagnostics();
        Module module = Parser.parse(new SourceFile("equation", "fn side() = " + side.strip() + ";"), problems);
        if (problems.hasErrors()) {
            throw new IllegalArgumentException(side + ": " + problems.list());
        }
        return Pattern.of(((Declaration.Function) module.declarations().get(0)).body());
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
        Map<String, Node> bindings = new HashMap<>();
        for (int swaps = 0; swaps <= this.swaps; swaps++) {
            bindings.clear();
            if (left.matches(at.node(), swaps, bindings)) {
                return Optional.of(right.build(at.out(), bindings));
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return name + ": " + text;
    }
}
