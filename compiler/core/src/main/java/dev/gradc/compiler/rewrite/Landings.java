package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Gather;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parts that land in one tensor: what lands at the same places is one part, and the largest are stored first. */
final class Landings {

    private final NodeFactory graph;
    private final Shape shape;
    private final Map<Place, Node> data = new LinkedHashMap<>();

    /** @param indices the int tensors that {@code selection} loads: input k + 1 is the k-th */
    private record Place(Gather.Selection selection, List<Node> indices) {}

    /** @param shape of the tensor */
    Landings(NodeFactory graph, Shape shape) {
        this.graph = graph;
        this.shape = shape;
    }

    /**
     * Adds a part.
     *
     * @param negative whether it is subtracted
     * @param indices the int tensors that {@code selection} loads: its input k + 1 is the k-th
     */
    void add(Node part, boolean negative, Gather.Selection selection, List<Node> indices) {
        Place place = new Place(selection, indices);
        Node before = data.get(place);
        if (before != null) {
            data.put(place, graph.make(negative ? Arithmetic.SUBTRACT : Arithmetic.ADD, before, part));
        } else {
            data.put(place, negative ? graph.make(Arithmetic.NEGATE, part) : part);
        }
    }

    /**
     * The node that adds up all parts. Parts are stored where they cover everything, or where no two meet; where zeros are
     * needed all the same, all are added, so that they can share a loop.
     */
    Node scatter() {
        List<Place> bySize = new ArrayList<>(data.keySet());
        bySize.sort(Comparator.comparingDouble(place -> -size(place).typical(Sparse.TYPICAL_EXTENT)));
        Disjoint disjoint = new Disjoint(shape);
        List<Place> stored = new ArrayList<>();
        List<Place> added = new ArrayList<>();
        for (Place place : bySize) {
            (isStored(place, disjoint) ? stored : added).add(place);
        }
        Dim covered = stored.stream().map(Landings::size).reduce(Dim.ZERO, Dim::plus);
        boolean filled = !covered.equals(shape.size());
        if (filled && !added.isEmpty()) {
            added.addAll(0, stored);
            stored.clear();
        }
        return scatter(stored, added, filled);
    }

    private static boolean isStored(Place place, Disjoint others) {
        return place.indices().isEmpty() && others.admits(place.selection().map());
    }

    private static Dim size(Place place) {
        return place.selection().map().shape().size();
    }

    private Node scatter(List<Place> stored, List<Place> added, boolean filled) {
        List<Place> places = new ArrayList<>(stored);
        places.addAll(added);
        List<Node> inputs = new ArrayList<>();
        places.forEach(place -> inputs.add(data.get(place)));
        List<Scatter.Part> parts = new ArrayList<>();
        for (Place place : places) {
            int behind = inputs.size() - 1;
            List<Integer> loaded = place.selection().loaded().stream()
                    .map(input -> input == 0 ? 0 : input + behind)
                    .toList();
            Gather.Selection selection = new Gather.Selection(place.selection().map(), loaded);
            parts.add(new Scatter.Part(selection, parts.size() < stored.size()));
            inputs.addAll(place.indices());
        }
        return graph.make(Scatter.SCATTER, new Scatter.Target(parts, shape, filled), inputs);
    }
}
