package dev.gradc.compiler.gate;

import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.ShapeMismatch;
import dev.gradc.compiler.ir.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One entry per row, by an int tensor: {@code out[i...] = in[i..., index[i...]]}. Its adjoint is a router: the upstream
 * gradient where the position is the index, zero elsewhere.
 */
public final class Pick extends Operation {

    public static final Pick PICK = new Pick();

    private Pick() {
        super("pick", Kind.GATHER);
    }

    @Override
    public Type type(Attribute attribute, List<Node> inputs) {
        Type data = inputs.get(0).type();
        Type index = inputs.get(1).type();
        int rank = data.shape().rank();
        boolean fits = rank > 0
                && index.element() == ElementType.INT
                && index.shape().dims().equals(data.shape().dims().subList(0, rank - 1));
        if (!fits) {
            throw new ShapeMismatch("pick takes real[..., C] and int[...], found " + data + " and " + index);
        }
        return new Type(data.element(), index.shape());
    }

    @Override
    public Optional<Term> adjoint(Site at, Term upstream, int input) {
        if (input != 0) {
            return Optional.empty();
        }
        Shape shape = at.in(0).node().shape();
        List<Integer> rows = IntStream.range(0, shape.rank() - 1).boxed().toList();
        Term here = new Term(at.graph(), Leaf.position(at.graph(), shape.rank() - 1, shape));
        Term picked = at.in(1).broadcast(shape, rows);
        return Optional.of(here.equalTo(picked)
                .select(upstream.broadcast(shape, rows), at.in(0).constant(0)));
    }
}
