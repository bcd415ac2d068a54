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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** One side of an equation: names match anything, numbers match constants of any shape. */
sealed interface Pattern {

    /**
     * Whether {@code node} fits in some way in which {@code rest} fits, too; tries one after the other.
     *
     * @param bound what names stand for so far; gets the other names where all fits, and is as before where it does not
     * @param rest what is left to be matched after {@code node}, with the names bound by then
     */
    boolean matches(Node node, Map<String, Node> bound, BooleanSupplier rest);

    /** Whether the gates and constants of {@code node} fit, whatever names stand for: cheap, and seldom true. */
    boolean mayMatch(Node node);

    /** The term this pattern says, of {@code like}'s shape. */
    Term build(Term like, Map<String, Node> bindings);

    /** Stands for anything; twice the same name is twice the same node. */
    record Name(String name) implements Pattern {
        @Override
        public boolean matches(Node node, Map<String, Node> bound, BooleanSupplier rest) {
            Node known = bound.putIfAbsent(name, node);
            if (known != null) {
                return known == node && rest.getAsBoolean();
            }
            boolean fits = rest.getAsBoolean();
            if (!fits) {
                bound.remove(name);
            }
            return fits;
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
        public boolean matches(Node node, Map<String, Node> bound, BooleanSupplier rest) {
            return mayMatch(node) && rest.getAsBoolean();
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

    /** A gate applied; a commutative one in either order. */
    record Apply(Pointwise gate, List<Pattern> operands) implements Pattern {
        @Override
        public boolean matches(Node node, Map<String, Node> bound, BooleanSupplier rest) {
            return node.is(gate)
                    && (operandsMatch(node, 0, 0, bound, rest)
                            || (gate.isCommutative() && operandsMatch(node, 1, 0, bound, rest)));
        }

        /** @param shift which input the first operand is to match; operands before {@code first} have matched */
        private boolean operandsMatch(Node node, int shift, int first, Map<String, Node> bound, BooleanSupplier rest) {
            if (first == operands.size()) {
                return rest.getAsBoolean();
            }
            Node input = node.input((first + shift) % operands.size());
            return operands.get(first).matches(input, bound, () -> operandsMatch(node, shift, first + 1, bound, rest));
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
            operands.forEach(operand -> inputs.add(operand.build(like, bindings).node()));
            return new Term(like.graph(), like.graph().make(gate, Attribute.NONE, inputs));
        }
    }

    /** The pattern that {@code expr} writes. */
    static Pattern of(Expr expr) {
        if (expr instanceof Expr.NumberLiteral number) {
            return new Literal(number.value());
        } else if (expr instanceof Expr.Reference reference) {
            return new Name(reference.name().text());
        } else if (expr instanceof Expr.Unary unary) {
            return unary.operand() instanceof Expr.NumberLiteral number
                    ? new Literal(-number.value())
                    : new Apply(Arithmetic.NEGATE, List.of(of(unary.operand())));
        } else if (expr instanceof Expr.Binary binary) {
            return new Apply(gate(binary.operator()), List.of(of(binary.left()), of(binary.right())));
        } else if (expr instanceof Expr.Conditional c) {
            return new Apply(Logic.SELECT, List.of(of(c.condition()), of(c.then()), of(c.otherwise())));
        } else if (expr instanceof Expr.Call call) {
            List<Pattern> operands =
                    call.arguments().stream().map(a -> of(a.value())).toList();
            return new Apply(gate(call.function().text()), operands);
        }
        throw new IllegalArgumentException("not a pattern: " + expr);
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
