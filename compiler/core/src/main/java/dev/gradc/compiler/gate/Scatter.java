package dev.gradc.compiler.gate;

import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import java.util.List;
import java.util.Optional;

/** The transpose of a view: {@code out[map(i)] += in[i]}, zero where nothing lands; attribute {@link Target}. */
public final class Scatter extends Operation {

    public static final Scatter SCATTER = new Scatter();

    /** Where elements land: {@code map} from the input's space into a tensor of {@code shape}. */
    public record Target(IndexMap map, Shape shape) implements Attribute {
        @Override
        public String toString() {
            return map + " into " + shape;
        }
    }

    private Scatter() {
        super("scatter", Kind.SCATTER);
    }

    @Override
    public Type type(Attribute attribute, List<Node> inputs) {
        return new Type(inputs.get(0).type().element(), ((Target) attribute).shape());
    }

    @Override
    public Optional<Term> adjoint(Site at, Term upstream, int input) {
        return Optional.of(upstream.view(((Target) at.node().attribute()).map()));
    }
}
