package dev.gradc.compiler.lower;

import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.GraphBuilder;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Precision;
import dev.gradc.compiler.source.Span;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A model as a graph: the result of lowering.
 *
 * @param packageName Java package, empty for the unnamed one
 * @param name the model's name
 * @param documentation its doc comment, empty for none
 * @param span where it is declared
 * @param graph the factory of its nodes
 * @param precision how its reals are stored and computed
 * @param dims runtime dims in declaration order
 * @param arguments inputs and params in declaration order
 * @param outputs outputs in declaration order, {@code loss} last where there is one
 * @param target the output to differentiate
 * @param wrt the arguments to differentiate by, in declaration order
 * @param derivations further derivatives that are asked for
 * @param definitions what the model's text calls a node, and where it is defined
 */
public record LoweredModel(
        String packageName,
        String name,
        String documentation,
        Span span,
        GraphBuilder graph,
        Precision precision,
        List<String> dims,
        List<Argument> arguments,
        List<Output> outputs,
        Optional<Output> target,
        List<Argument> wrt,
        List<Derivation> derivations,
        Map<Node, Definition> definitions) {

    /** The most slots that arguments may take of the 255 of a Java method; the object and one vector more take others. */
    private static final int MOST_SLOTS = 250;

    /** Whether one method can take all arguments by name. */
    public boolean fitsByName() {
        return slots(arguments) <= MOST_SLOTS;
    }

    /** Whether one method can take the arguments that are not differentiated by name, and the others as one vector. */
    boolean fitsAsVector() {
        Set<Argument> given = new LinkedHashSet<>(arguments);
        given.removeAll(new HashSet<>(wrt));
        return !wrt.isEmpty() && slots(given) <= MOST_SLOTS;
    }

    /** What {@code arguments} take of the slots for a method's parameters, where reals are doubles, which take two. */
    private static long slots(Collection<Argument> arguments) {
        return arguments.size()
                + arguments.stream()
                        .filter(argument -> argument.node().isReal()
                                && argument.node().shape().isScalar())
                        .count();
    }

    /** Whether {@code variable} is an int whose range, checked on entry, is within an axis of {@code extent}. */
    public boolean isWithin(Node variable, Dim extent) {
        return arguments.stream()
                .filter(argument -> argument.node() == variable)
                .flatMap(argument -> argument.range().stream())
                .anyMatch(range ->
                        range.low().isAtLeast(Dim.ZERO) && extent.minus(Dim.ONE).isAtLeast(range.high()));
    }

    /** This model with its reals in {@code other} precision. */
    public LoweredModel inPrecision(Precision other) {
        return new LoweredModel(
                packageName,
                name,
                documentation,
                span,
                graph,
                other,
                dims,
                arguments,
                outputs,
                target,
                wrt,
                derivations,
                definitions);
    }

    /** This model with {@code others} as its further derivatives. */
    public LoweredModel withDerivations(List<Derivation> others) {
        return new LoweredModel(
                packageName,
                name,
                documentation,
                span,
                graph,
                precision,
                dims,
                arguments,
                outputs,
                target,
                wrt,
                others,
                definitions);
    }

    /** The nodes of all outputs. */
    public List<Node> results() {
        return outputs.stream().map(Output::node).toList();
    }

    /** This model with its computed nodes replaced: old node to new node; what is not there stays. */
    public LoweredModel rebuilt(Map<Node, Node> nodes) {
        Map<Node, Definition> moved = new LinkedHashMap<>();
        definitions.forEach((node, definition) -> moved.putIfAbsent(nodes.getOrDefault(node, node), definition));
        List<Output> newOutputs = outputs.stream().map(o -> o.at(nodes)).toList();
        return new LoweredModel(
                packageName,
                name,
                documentation,
                span,
                graph,
                precision,
                dims,
                arguments,
                newOutputs,
                target.map(t -> t.at(nodes)),
                wrt,
                derivations.stream().map(d -> d.at(nodes)).toList(),
                moved);
    }

    /** An input or param. */
    public record Argument(
            String name, boolean isParam, Node node, Optional<Range> range, String documentation, Span span) {}

    /** The values an int may have, both ends included. */
    public record Range(Dim low, Dim high) {}

    /** A value the model gives. */
    public record Output(String name, Node node, String documentation, Span span) {
        /** This output with computed nodes replaced: old node to new node. */
        Output at(Map<Node, Node> nodes) {
            return new Output(name, nodes.getOrDefault(node, node), documentation, span);
        }
    }

    /** The name and the text of a definition. */
    public record Definition(String name, Span span) {}
}
