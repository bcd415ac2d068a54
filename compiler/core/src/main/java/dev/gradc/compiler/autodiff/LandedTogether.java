package dev.gradc.compiler.autodiff;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Gather;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Parts of one variable's gradient that land in the same row, plane or block of it, as one part: where together they have
 * at least as many elements as that block has, it is filled with what they add up to, and each of its places is there
 * once.
 */
final class LandedTogether {

    private final NodeFactory graph;
    private final List<Landed> parts;
    private final Shape variable;

    private LandedTogether(List<Landed> parts) {
        this.graph = parts.get(0).graph();
        this.parts = parts;
        this.variable = parts.get(0).variable();
    }

    /** {@code parts} of one variable's gradient, fewer where some can be one. */
    static List<Landed> merged(List<Landed> parts) {
        Map<List<Object>, List<Landed>> alike = new LinkedHashMap<>();
        for (Landed part : parts) {
            Landed sum = part.summed();
            alike.computeIfAbsent(block(sum), key -> new ArrayList<>()).add(sum);
        }
        List<Landed> merged = new ArrayList<>();
        for (List<Landed> group : alike.values()) {
            LandedTogether together = new LandedTogether(group);
            merged.addAll(together.isDense() ? List.of(together.one()) : group);
        }
        return merged;
    }

    /** What parts must have in common to land in one block: where they load the same place; its own for other parts. */
    private static List<Object> block(Landed part) {
        Object[] key = new Object[part.variable().rank()];
        for (int axis = 0; axis < key.length; axis++) {
            if (part.loaded(axis) != null) {
                Node alike = part.loadedAlike(axis);
                if (alike == null || !part.isFixed(axis)) {
                    return List.of(part);
                }
                key[axis] = List.of(alike, part.source(axis).offset());
            }
        }
        return Arrays.asList(key);
    }

    private boolean isDense() {
        double elements = parts.stream().mapToDouble(Landed::size).sum();
        return parts.size() > 1 && elements >= Work.size(block().dims());
    }

    /** The axes of the variable along which not all have the same place. */
    private List<Integer> spread() {
        Landed first = parts.get(0);
        return IntStream.range(0, variable.rank())
                .filter(axis -> first.loaded(axis) == null
                        && !parts.stream()
                                .allMatch(part -> part.isFixed(axis)
                                        && part.source(axis)
                                                .offset()
                                                .equals(first.source(axis).offset())))
                .boxed()
                .toList();
    }

    private Shape block() {
        return new Shape(spread().stream().map(variable::dim).toList());
    }

    /** All parts as one that fills the block. */
    private Landed one() {
        Landed first = parts.get(0);
        List<Integer> spread = spread();
        Shape block = block();
        List<Affine> sources = new ArrayList<>();
        List<Integer> loaded = new ArrayList<>();
        List<Node> indices = new ArrayList<>();
        for (int axis = 0; axis < variable.rank(); axis++) {
            int own = spread.indexOf(axis);
            Dim offset = first.source(axis).offset();
            sources.add(own < 0 ? Affine.fixed(offset, block.rank()) : Affine.axis(own, block.rank()));
            if (first.loaded(axis) != null) {
                Term index = new Term(graph, first.loadedAlike(axis));
                indices.add(index.broadcast(block, List.of()).node());
            }
            loaded.add(first.loaded(axis) == null ? 0 : indices.size());
        }
        Gather.Selection selection = new Gather.Selection(new IndexMap(sources, block), loaded);
        return new Landed(graph, sum(spread, block), selection, indices, variable);
    }

    private Node sum(List<Integer> spread, Shape block) {
        return parts.stream()
                .map(part -> within(part, spread, block))
                .reduce((left, right) -> graph.make(Arithmetic.ADD, left, right))
                .orElseThrow();
    }

    private Node within(Landed part, List<Integer> spread, Shape block) {
        IndexMap map = new IndexMap(spread.stream().map(part::source).toList(), part.shape());
        return map.isIdentityOn(block)
                ? part.values()
                : Scatter.to(new Term(graph, part.values()), map, block).node();
    }
}
