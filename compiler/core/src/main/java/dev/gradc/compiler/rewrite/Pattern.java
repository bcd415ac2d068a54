package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Gates;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Logic;
import dev.gradc.compiler.gate.Operation;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.syntax.Expr;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** One side of an equation: names match anything, numbers match constants of any shape. */
sealed interface Pattern {

    /**
     * Whether {@code node} fits where commutative gates take their operands in given orders.
     *
     * @param swaps a bit for each commutative gate of the whole pattern, set where its operands are swapped
     * @param bound what the names of the whole pattern stand for so far, by their numbers; gets those of this one
     */
    boolean matches(Node node, int swaps, Node[] bound);

    /** Whether the gates and constants of {@code node} fit, whatever names stand for: cheap, and seldom true. */
    boolean mayMatch(Node node);

    /** The term this pattern says, of {@code like}'s shape. */
    Term build(Term like, Map<String, Node> bindings);

    /** Stands for anything; twice the same name, which has one number, is twice the same node. */
    record Name(String name, int number) implements Pattern {
        @Override
        public boolean matches(Node node, int swaps, Node[] bound) {
            if (bound[number] == null) {
                bound[number] = node;
            }
            return bound[number] == node;
        }

        @Override
        public boolean mayMatch(Node node) {
            return true;
        }

        @Override
        public Term build(Term like, Map<String, Node> bindings) {
            return new Term(like.graph(), bindings.get(name));
        }
    }

    /** A constant. */
    record Literal(double value) implements Pattern {
        @Override
        public boolean matches(Node node, int swaps, Node[] bound) {
            return mayMatch(node);
        }

        @Override
        public boolean mayMatch(Node node) {
            return node.isReal() && Leaf.isConstant(node, value);
        }

        @Override
        public Term build(Term like, Map<String, Node> bindings) {
            return like.constant(value);
        }
    }

    /**
     * A gate applied; a commutative one in either order.
     *
     * @param swap the bit that says whether its operands are swapped; 0 where the gate is not commutative
     */
    record Apply(Pointwise gate, List<Pattern> operands, int swap) implements Pattern {

        /** All bits of the gates in it. */
        int swaps() {
            int bits = swap;
            for (Pattern operand : operands) {
                bits |= operand instanceof Apply inner ? inner.swaps() : 0;
            }
            return bits;
        }

        @Override
        public boolean matches(Node node, int swaps, Node[] bound) {
            if (!node.is(gate)) {
                return false;
            }
            int shift = (swaps & swap) == 0 ? 0 : 1;
            for (int i = 0; i < operands.size(); i++) {
                Node input = node.input((i + shift) % operands.size());
                if (!operands.get(i).matches(input, swaps, bound)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean mayMatch(Node node) {
            return node.is(gate) && (mayMatch(node, 0) || (gate.isCommutative() && mayMatch(node, 1)));
        }

        /** @param shift which input the first operand is to match */
        private boolean mayMatch(Node node, int shift) {
            int count = operands.size();
            for (int i = 0; i < count; i++) {
                Pattern operand = operands.get(i);
                if (!(operand instanceof Name) && !operand.mayMatch(node.input((i + shift) % count))) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Term build(Term like, Map<String, Node> bindings) {
            List<Node> inputs = new ArrayList<>();
            for (Pattern operand : operands) {
                inputs.add(operand.build(like, bindings).node());
            }
            return new Term(like.graph(), like.graph().make(gate, Attribute.NONE, inputs));
        }
    }

    /** Reads one pattern: each commutative gate has a higher bit than those in its operands, and these than those behind. */
    final class Reader {
        private final List<String> names = new ArrayList<>();
        private int next = 1;

        /** The names that were read, by their numbers. */
        List<String> names() {
            return names;
        }

        /** The pattern that {@code expr} writes. */
        Pattern of(Expr expr) {
            if (expr instanceof Expr.NumberLiteral number) {
                return new Literal(number.value());
            } else if (expr instanceof Expr.Reference reference) {
                return name(reference.name().text());
            } else if (expr instanceof Expr.Unary unary) {
                return unary.operand() instanceof Expr.NumberLiteral number
                        ? new Literal(-number.value())
                        : apply(Arithmetic.NEGATE, List.of(unary.operand()));
            } else if (expr instanceof Expr.Binary binary) {
                return apply(gate(binary.operator()), List.of(binary.left(), binary.right()));
            } else if (expr instanceof Expr.Conditional c) {
                return apply(Logic.SELECT, List.of(c.condition(), c.then(), c.otherwise()));
            } else if (expr instanceof Expr.Call call) {
                return apply(
                        gate(call.function().text()),
                        call.arguments().stream().map(Expr.Argument::value).toList());
            }
            throw new IllegalArgumentException("not a pattern: " + expr);
        }

        private Name name(String text) {
            if (!names.contains(text)) {
                names.add(text);
            }
            return new Name(text, names.indexOf(text));
        }

        private Apply apply(Pointwise gate, List<Expr> operands) {
            Deque<Pattern> read = new ArrayDeque<>();
            for (int i = operands.size() - 1; i >= 0; i--) {
                read.addFirst(of(operands.get(i)));
            }
            int swap = gate.isCommutative() ? next : 0;
            next <<= gate.isCommutative() ? 1 : 0;
            return new Apply(gate, List.copyOf(read), swap);
        }
    }

    private static Pointwise gate(String name) {
        for (Operation gate : Gates.ALL) {
            if (gate.name().equals(name)) {
                return (Pointwise) gate;
            }
        }
        throw new IllegalArgumentException("no gate is called " + name);
    }

    private static Pointwise gate(Expr.BinaryOperator operator) {
        return switch (operator) {
            case ADD -> Arithmetic.ADD;
            case SUBTRACT -> Arithmetic.SUBTRACT;
            case MULTIPLY -> Arithmetic.MULTIPLY;
            case DIVIDE -> Arithmetic.DIVIDE;
            case POWER -> Arithmetic.POWER;
            case MATRIX_PRODUCT, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EQUAL, NOT_EQUAL, AND, OR ->
                throw new IllegalArgumentException("`" + operator.symbol() + "` is not used in equations");
        };
    }
}
