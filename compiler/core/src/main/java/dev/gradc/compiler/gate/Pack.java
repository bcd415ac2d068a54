package dev.gradc.compiler.gate;

import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A tensor of fixed shape from its elements, row-major; attribute {@link Target}. */
public final class Pack extends Operation {

    public static final Pack PACK = new Pack();

    /** The shape the elements fill. */
    public record Target(Shape shape) implements Attribute {
        @Override
        public String toString() {
            return "into " + shape;
        }
    }

    private Pack() {
        super("pack", Kind.PACK);
    }

    @Override
    public Type type(Attribute attribute, List<Node> inputs) {
        ElementType element =
                inputs.isEmpty() ? ElementType.INT : inputs.get(0).type().element();
        return new Type(element, ((Target) attribute).shape());
    }

    @Override
    public Formula formula() {
        return Formula.of("[a, b, ...]", "each input its element of g").note("tensor literals");
    }

    @Override
    public Optional<Term> adjoint(Site at, Term upstream, int input) {
        return Optional.of(element(upstream, input));
    }

    /** Element {@code flat}, row-major, of a term of fixed shape. */
    public static Term element(Term term, int flat) {
        return term.view(place(term.node().shape(), flat));
    }

    /** Where element {@code flat}, row-major, of a fixed shape is. */
    public static IndexMap place(Shape shape, int flat) {
        List<Affine> sources = new ArrayList<>();
        int rest = flat;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            int extent = Math.toIntExact(shape.dim(axis).constant().orElseThrow());
            sources.add(0, Affine.fixed(Dim.of(rest % extent), 0));
            rest /= extent;
        }
        return new IndexMap(sources, Shape.SCALAR);
    }
}
