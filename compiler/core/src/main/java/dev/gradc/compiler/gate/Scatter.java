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
 * {@link Target}. The first input is the data, the others are int tensors of its shape.
 */
public final class Scatter extends Operation {

    public static final Scatter SCATTER = new Scatter();

    /** Where elements land: {@code selection} from the input's space into a tensor of {@code shape}. */
    public record Target(Gather.Selection selection, Shape shape) implements Attribute {

        /** The affine part of where elements land. */
        public IndexMap map() {
            return selection.map();
        }

        @Override
        public String toString() {
            return selection + " into " + shape;
        }
    }

    private Scatter() {
        super("scatter", Kind.SCATTER);
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
        if (input != 0) {
            return Optional.empty();
        }
        Gather.Selection selection = ((Target) at.node().attribute()).selection();
        if (at.node().inputs().size() == 1) {
            return Optional.of(upstream.view(selection.map()));
        }
        List<Node> inputs = new ArrayList<>(at.node().inputs());
        inputs.set(0, upstream.node());
        return Optional.of(new Term(at.graph(), at.graph().make(Gather.GATHER, selection, inputs)));
    }
}
