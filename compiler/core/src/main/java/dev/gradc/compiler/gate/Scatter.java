package dev.gradc.compiler.gate;

import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The transpose of a view or a gather: {@code out[map(i) + index(i)] += in[i]}, zero where nothing lands; attribute
 * {@link Target}. The first input is the data, the others are int tensors of its shape. Late in the compiler there may be
 * several parts that land in one tensor: then their data come first, in order, and all int tensors behind.
 */
public final class Scatter extends Operation {

    public static final Scatter SCATTER = new Scatter();

    /**
     * Where one part lands.
     *
     * @param selection from the part's space into the output; what it loads counts the inputs of the node
     * @param stored whether it overwrites what is there: no two of its elements meet, and no other stored part's
     */
    public record Part(Gather.Selection selection, boolean stored) {
        @Override
        public String toString() {
            return selection + (stored ? " stored" : "");
        }
    }

    /**
     * Where elements land.
     *
     * @param parts one for each part; stored ones come first, and are all where {@code filled} and any is
     * @param shape of the output
     * @param filled whether zeros must be there first; the stored parts cover everything where it is false
     */
    public record Target(List<Part> parts, Shape shape, boolean filled) implements Attribute {
        public Target {
            parts = List.copyOf(parts);
        }

        /** One part: {@code selection} from the input's space into a tensor of {@code shape}. */
        public Target(Gather.Selection selection, Shape shape) {
            this(List.of(new Part(selection, false)), shape, true);
        }

        /** Where the first part lands. */
        public Gather.Selection selection() {
            return parts.get(0).selection();
        }

        /** The affine part of where the elements of the first part land. */
        public IndexMap map() {
            return selection().map();
        }

        @Override
        public String toString() {
            return (parts.size() == 1 ? parts.get(0) : parts) + " into " + shape + (filled ? "" : ", all covered");
        }
    }

    private Scatter() {
        super("scatter", Kind.SCATTER);
    }

    /** Where the parts of {@code node} land. */
    public static Target target(Node node) {
        return (Target) node.attribute();
    }

    /** Whether {@code node} is the transpose of one view or gather, nothing said of how it is computed. */
    public static boolean isPlain(Node node) {
        return node.is(SCATTER)
                && target(node).parts().size() == 1
                && target(node).filled()
                && !target(node).parts().get(0).stored();
    }

    /** Whether {@code node} is the transpose of one view. */
    public static boolean isAffine(Node node) {
        return isPlain(node) && node.inputs().size() == 1;
    }

    /** Whether all but the first part of {@code node} is added to the first, which is stored as it is. */
    public static boolean isOnWhole(Node node) {
        return node.is(SCATTER)
                && target(node).parts().get(0).stored()
                && target(node).map().isIdentityOn(target(node).shape());
    }

    /** {@code data} landing where {@code map} says in a tensor of {@code shape}. */
    public static Term to(Term data, IndexMap map, Shape shape) {
        Target target = new Target(Gather.Selection.of(map), shape);
        return new Term(data.graph(), data.graph().make(SCATTER, target, List.of(data.node())));
    }

    @Override
    public Type type(Attribute attribute, List<Node> inputs) {
        return new Type(inputs.get(0).type().element(), ((Target) attribute).shape());
    }

    @Override
    public boolean handsOnZeros(List<Node> inputs) {
        return inputs.stream().anyMatch(Node::isRouted);
    }

    @Override
    public Formula formula() {
        return Formula.of("out[f(i)] += a[i]", "g[f(i)]")
                .note("`scatter_add`, the adjoint of slices; 0 where nothing lands");
    }

    @Override
    public Optional<Term> adjoint(Site at, Term upstream, int input) {
        List<Part> parts = target(at.node()).parts();
        return input < parts.size()
                ? Optional.of(taken(at, upstream, parts.get(input).selection()))
                : Optional.empty();
    }

    /** What {@code upstream} is where a part lands. */
    private static Term taken(Site at, Term upstream, Gather.Selection selection) {
        List<Node> inputs = new ArrayList<>(List.of(upstream.node()));
        List<Integer> loaded = new ArrayList<>();
        for (int input : selection.loaded()) {
            if (input > 0 && !inputs.contains(at.node().input(input))) {
                inputs.add(at.node().input(input));
            }
            loaded.add(input > 0 ? inputs.indexOf(at.node().input(input)) : 0);
        }
        Gather.Selection own = new Gather.Selection(selection.map(), loaded);
        return inputs.size() == 1
                ? upstream.view(selection.map())
                : new Term(at.graph(), at.graph().make(Gather.GATHER, own, inputs));
    }
}
