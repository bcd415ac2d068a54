package dev.gradc.compiler.autodiff;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Pack;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.gate.Sequences;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A tensor taken apart into what it is put together from: parts that land in it and add up. What is linear, as a
 * derivative is, can be had of each part on its own.
 */
final class Composition {

    private final NodeFactory graph;

    Composition(NodeFactory graph) {
        this.graph = graph;
    }

    /** A part, and where in the whole its elements land: {@code map} is over the part's shape. */
    record Part(Node node, IndexMap map) {}

    /** The parts of {@code whole}; itself where it is not put together. */
    Stream<Part> parts(Node whole) {
        IndexMap identity = new IndexMap(Affine.axes(whole.shape().rank()), whole.shape());
        return isComposed(whole) ? parts(whole, identity, false) : Stream.of(new Part(whole, identity));
    }

    /** Whether {@code node} is made of parts that land in it. */
    static boolean isComposed(Node node) {
        boolean isSum = node.is(Arithmetic.ADD) || node.is(Arithmetic.SUBTRACT) || node.is(Arithmetic.NEGATE);
        return node.is(Pack.PACK)
                || (node.is(Scatter.SCATTER) && node.inputs().size() == 1)
                || (node.is(Sequences.RESHAPE) && merging(node).isPresent())
                || (isSum && node.isReal() && node.inputs().stream().anyMatch(Composition::isComposed));
    }

    private static Optional<IndexMap> merging(Node reshape) {
        return Sequences.merging(reshape.input(0).shape(), reshape.shape());
    }

    private Stream<Part> parts(Node node, IndexMap map, boolean negated) {
        if (!isComposed(node)) {
            return Stream.of(new Part(negated ? graph.make(Arithmetic.NEGATE, node) : node, map));
        } else if (node.is(Pack.PACK)) {
            return Stream.iterate(0, i -> i < node.inputs().size(), i -> i + 1)
                    .flatMap(i -> parts(
                            node.input(i), map.compose(Pack.target(node).maps().get(i)), negated));
        } else if (node.is(Scatter.SCATTER)) {
            IndexMap inner = ((Scatter.Target) node.attribute()).map();
            return parts(node.input(0), map.compose(inner), negated);
        } else if (node.is(Sequences.RESHAPE)) {
            return parts(node.input(0), map.compose(merging(node).orElseThrow()), negated);
        } else if (node.is(Arithmetic.NEGATE)) {
            return parts(node.input(0), map, !negated);
        }
        boolean negatesLast = node.is(Arithmetic.SUBTRACT) != negated;
        return Stream.concat(parts(node.input(0), map, negated), parts(node.input(1), map, negatesLast));
    }
}
