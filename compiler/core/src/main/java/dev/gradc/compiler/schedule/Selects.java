package dev.gradc.compiler.schedule;

import dev.gradc.compiler.cost.Costs;
import dev.gradc.compiler.gate.JavaForm;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Node;
import java.util.Set;

/**
 * Whether {@code if c then a else b} jumps. A jump that the processor guesses wrong costs as much as some 20 multiplications,
 * and the signs of data are wrong every other time: where both branches are cheap, both are computed and one is taken by its
 * bits. C2 (17 and 25) does not do so by itself where the branches are reals.
 */
public final class Selects {

    /** A branch must take less, in sums or products: about half of what a wrong guess costs. */
    private static final int CHEAP = 12;

    private final Set<Node> roots;

    /** With {@code roots} as the values that are there already. */
    public Selects(Set<Node> roots) {
        this.roots = roots;
    }

    /** Whether {@code select} had better jump: its condition can be foreseen, or a branch is dear. */
    public boolean jumps(Node select) {
        boolean isElement = select.isReal() && !select.shape().isScalar();
        return !isElement
                || isForeseen(select.input(0), isMask(select))
                || duration(select.input(1)) >= CHEAP
                || duration(select.input(2)) >= CHEAP;
    }

    /** Whether it lets a value through or not, as relu and the maximum do with gradients. */
    private static boolean isMask(Node select) {
        return Leaf.isConstant(select.input(1), 0) || Leaf.isConstant(select.input(2), 0);
    }

    /**
     * The order of whole numbers of the data, such as classes, is anyone's guess, and so are the signs that make masks. Of
     * other conditions on reals the most are for exceptions, limits, and formulas of which one serves for most of the data.
     * What depends on places alone repeats itself.
     */
    private boolean isForeseen(Node condition, boolean isMask) {
        boolean isComparison = condition.gate() instanceof Pointwise gate
                && gate.signature() == Pointwise.Signature.COMPARISON
                && !roots.contains(condition);
        if (!isComparison) {
            return true;
        }
        boolean isEquality = ((JavaForm.Infix) ((Pointwise) condition.gate()).java()).precedence() == JavaForm.EQUALITY;
        boolean isReal = condition.input(0).type().element() == ElementType.REAL;
        return (isReal && (isEquality || !isMask))
                || condition.inputs().stream().anyMatch(Selects::isThreshold)
                || condition.inputs().stream().noneMatch(this::hasData);
    }

    private static boolean isThreshold(Node node) {
        return node.isReal() && Leaf.constantValue(node).orElse(0) != 0;
    }

    private boolean hasData(Node node) {
        return roots.contains(node)
                || node.attribute() instanceof Leaf.Variable
                || node.inputs().stream().anyMatch(this::hasData);
    }

    /** How long it takes to compute {@code node} from what is there. */
    private int duration(Node node) {
        if (roots.contains(node) || node.inputs().isEmpty()) {
            return 0;
        }
        int own = node.gate().kind() == Gate.Kind.POINTWISE ? Costs.duration(node) : 0;
        return own + node.inputs().stream().mapToInt(this::duration).sum();
    }
}
