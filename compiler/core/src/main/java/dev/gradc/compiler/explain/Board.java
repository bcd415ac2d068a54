package dev.gradc.compiler.explain;

import dev.gradc.compiler.gate.Gather;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Kernel;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.LinearAlgebra;
import dev.gradc.compiler.gate.Pack;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.gate.Sequences;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.schedule.IndexExpr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes equations, each after those of the values it uses. Loops are as the differentiator leaves them, not bound. */
final class Board implements Reading {

    private final Names names;
    private final Notation text = new TextNotation();
    private final Notation latex = new LatexNotation();
    private final Set<Node> loops = new LinkedHashSet<>();
    private final Map<Node, Node> captured = new HashMap<>();
    private final Set<Node> chosen;
    private final Set<Node> written = new HashSet<>();
    private List<Equation> page = new ArrayList<>();

    /** @param roots all values that equations are wanted of, each with a name */
    Board(Names names, Collection<Node> roots) {
        this.names = names;
        this.chosen = new HashSet<>(choose(roots));
        find(Graph.reachable(roots));
    }

    /** What gets an equation among what {@code roots} reach. */
    private Set<Node> choose(Collection<Node> roots) {
        List<Node> nodes = Graph.reachable(roots);
        List<Node> named =
                nodes.stream().filter(node -> names.of(node).isPresent()).toList();
        return Shared.of(nodes, roots, named);
    }

    /** Finds loops in {@code nodes}, and in the bodies of those, and what stands for what in them. */
    private void find(Collection<Node> nodes) {
        for (Node node : nodes) {
            if (node.is(Scan.SCAN) && loops.add(node)) {
                Scan.Body body = Scan.body(node);
                names.reserve(index(body.symbol()));
                for (int i = 0; i < body.captures().size(); i++) {
                    captured.put(
                            body.captures().get(i), node.input(body.states().size() + i));
                }
                List<Node> inside = new ArrayList<>(body.next());
                if (node.attribute() instanceof Scan.Sequence sequence) {
                    inside.add(sequence.node());
                }
                find(Graph.reachable(inside));
            }
        }
    }

    /** Writes equations of {@code roots} and of what they take that is not written yet. */
    List<Equation> write(Collection<Node> roots) {
        page = new ArrayList<>();
        for (Node node : Graph.reachable(roots)) {
            if (chosen.contains(node)) {
                write(node);
            }
        }
        return page;
    }

    /** Writes that {@code name} is {@code node}, which is called otherwise or is no computed value. */
    List<Equation> alias(String name, Node node) {
        page = new ArrayList<>();
        Expression value = argumentOrNumber(node);
        add(name, node, new Expression.Name(name), "=", value);
        return page;
    }

    @Override
    public Node resolved(Node node) {
        Node resolved = node;
        while (captured.containsKey(resolved)) {
            resolved = captured.get(resolved);
        }
        return resolved;
    }

    @Override
    public Optional<String> name(Node node) {
        if (chosen.contains(node)) {
            return Optional.of(required(node));
        }
        return names.of(node);
    }

    @Override
    public String required(Node node) {
        chosen.add(node);
        if (node.gate().kind() != Gate.Kind.LEAF) {
            write(node);
        }
        return names.orTemporary(node);
    }

    @Override
    public Dim readable(Dim dim) {
        Dim readable = dim;
        for (String symbol : dim.symbols()) {
            readable = readable.substitute(symbol, Dim.symbol(index(symbol)));
        }
        return readable;
    }

    /** What the model calls the index of a loop. */
    private static String index(String symbol) {
        return symbol.replaceAll("#.*", "");
    }

    private void write(Node node) {
        if (node.gate().kind() == Gate.Kind.LEAF || !written.add(node)) {
            return;
        }
        switch (node.gate().kind()) {
            case SCAN -> loop(Scan.body(node), node.inputs());
            case SCATTER -> scatter(node);
            case KERNEL -> define(node, call(node));
            case PACK -> pack(node);
            case LEAF, POINTWISE, REDUCTION, CONTRACTION, LAYOUT, GATHER, CUSTOM -> value(node);
        }
    }

    private void define(Node node, Expression value) {
        String name = names.orTemporary(node);
        add(name, node, new Expression.Name(name), "=", value);
    }

    private void value(Node node) {
        Optional<WholeReader.Whole> whole = new WholeReader(this).value(node);
        if (whole.isPresent()) {
            define(node, whole.get().expression());
            return;
        }
        ElementReader reader = new ElementReader(this, names.indices());
        List<IndexExpr> index = reader.open(node.shape());
        Expression value = reader.value(node, index);
        String name = names.orTemporary(node);
        add(name, node, reader.defined(name, index), "=", value);
    }

    private void scatter(Node node) {
        List<Scatter.Part> parts = Scatter.target(node).parts();
        for (int part = 0; part < parts.size(); part++) {
            Scatter.Part each = parts.get(part);
            land(node, node.input(part), each.selection(), each.stored() ? "=" : "+=");
        }
    }

    /** A literal where it is a list of numbers, else each part where it lies. */
    private void pack(Node node) {
        if (isLiteral(node)) {
            define(node, vector(node));
            return;
        }
        for (int part = 0; part < node.inputs().size(); part++) {
            IndexMap map = Pack.target(node).maps().get(part);
            land(node, node.input(part), Gather.Selection.of(map), "=");
        }
    }

    private static boolean isLiteral(Node node) {
        Shape shape = node.shape();
        boolean isFixed = shape.dims().stream().allMatch(dim -> dim.constant().isPresent());
        for (int part = 0; isFixed && part < node.inputs().size(); part++) {
            Dim flat = Dim.ZERO;
            List<Affine> place = Pack.target(node).maps().get(part).sources();
            for (int axis = 0; axis < place.size(); axis++) {
                flat = flat.plus(place.get(axis).offset().times(shape.stride(axis)));
            }
            isFixed = node.input(part).shape().isScalar() && flat.equals(Dim.of(part));
        }
        return isFixed && !Pack.target(node).filled();
    }

    private void land(Node node, Node part, Gather.Selection selection, String sign) {
        ElementReader reader = new ElementReader(this, names.indices());
        List<IndexExpr> index = reader.open(part.shape());
        Expression value = reader.element(part, index);
        String name = names.orTemporary(node);
        add(name, node, reader.landing(name, node, selection, index), sign, value);
    }

    private Expression call(Node node) {
        List<Expression> arguments = new ArrayList<>();
        node.inputs().forEach(input -> arguments.add(argument(input)));
        Attribute attribute = node.attribute();
        if (attribute instanceof Sequences.Target target) {
            arguments.add(shape(target.shape()));
        } else if (attribute instanceof Sequences.Direction direction) {
            arguments.add(new Expression.Option("axis", String.valueOf(-1 - direction.axisFromEnd())));
            addOption(arguments, "reverse", direction.reverse());
        } else if (attribute instanceof LinearAlgebra.Triangle triangle) {
            addOption(arguments, "upper", !triangle.lower());
            addOption(arguments, "transposed", triangle.transposed());
        } else if (attribute instanceof LinearAlgebra.Transposed transposed && transposed.transposed()) {
            arguments.set(0, new Expression.Transpose(arguments.get(0)));
        }
        return new Expression.Call(((Kernel) node.gate()).name(), arguments);
    }

    private static void addOption(List<Expression> arguments, String name, boolean isSet) {
        if (isSet) {
            arguments.add(new Expression.Option(name, "true"));
        }
    }

    private Expression argument(Node node) {
        return new WholeReader(this).exact(node).orElseGet(() -> new Expression.Name(required(resolved(node))));
    }

    private Expression shape(Shape shape) {
        return new Expression.Vector(shape.dims().stream()
                .map(dim -> (Expression) new Expression.Extent(readable(dim)))
                .toList());
    }

    private Expression vector(Node node) {
        List<Expression> elements = new ArrayList<>();
        for (Node input : node.inputs()) {
            elements.add(new ElementReader(this, names.indices()).element(input, List.of()));
        }
        List<Dim> dims = ((Pack.Target) node.attribute()).shape().dims();
        for (int axis = dims.size() - 1; axis > 0; axis--) {
            int extent = Math.toIntExact(dims.get(axis).constant().orElseThrow());
            List<Expression> rows = new ArrayList<>();
            for (int start = 0; start < elements.size(); start += extent) {
                rows.add(new Expression.Vector(elements.subList(start, start + extent)));
            }
            elements = rows;
        }
        return new Expression.Vector(elements);
    }

    private void add(String name, Node node, Expression left, String sign, Expression value) {
        String latexSign = sign.equals("=") ? "=" : "\\mathrel{" + sign + "}";
        page.add(new Equation(
                name,
                node.type().toString(),
                text.plain(left) + " " + sign + " " + text.plain(value),
                latex.plain(left) + " &" + latexSign + " " + latex.plain(value)));
    }

    /** The nodes of {@code body} that its results are made of. */
    private List<Node> bodyRoots(Scan.Body body) {
        List<Node> roots = new ArrayList<>(body.next());
        sequences(body).forEach(node -> roots.add(((Scan.Sequence) node.attribute()).node()));
        return roots;
    }

    private List<Node> results(Scan.Body body) {
        return loops.stream().filter(node -> Scan.body(node) == body).toList();
    }

    private List<Node> sequences(Scan.Body body) {
        return results(body).stream()
                .filter(node -> node.attribute() instanceof Scan.Sequence)
                .toList();
    }

    private void loop(Scan.Body body, List<Node> inputs) {
        List<Node> results = results(body);
        written.addAll(results);
        List<Expression> initial = new ArrayList<>();
        for (int i = 0; i < body.states().size(); i++) {
            initial.add(argumentOrNumber(inputs.get(i)));
        }
        nameStates(body, results);
        List<Equation> around = page;
        page = new ArrayList<>();
        chosen.addAll(choose(bodyRoots(body)));
        writeBody(body, results);
        List<Equation> steps = page;
        page = around;
        page.add(new LoopWriter(text, latex, this, names).write(body, initial, steps, results));
    }

    private Expression argumentOrNumber(Node node) {
        return new WholeReader(this)
                .read(node)
                .map(WholeReader.Whole::expression)
                .orElseGet(() -> new Expression.Name(required(resolved(node))));
    }

    /** A state is called like its last value, or as the model calls it. */
    private void nameStates(Scan.Body body, List<Node> results) {
        for (Node result : results) {
            if (result.attribute() instanceof Scan.Final last) {
                names.of(result).ifPresent(name -> names.put(body.states().get(last.state()), name));
            }
        }
        for (int i = 0; i < body.states().size(); i++) {
            Node state = body.states().get(i);
            Node next = body.next().get(i);
            Optional<String> collected = results.stream()
                    .filter(node -> node.attribute() instanceof Scan.Sequence sequence && sequence.node() == next)
                    .flatMap(node -> names.of(node).stream())
                    .findFirst();
            String given = ((Leaf.Variable) state.attribute()).name().replaceAll("'.*", "");
            if (collected.filter(given::equals).isPresent()) {
                names.put(state, given);
            }
            names.suggest(state, given.isEmpty() || given.matches(".*capture\\d+.*") ? "s" : given);
        }
        for (Node result : results) {
            if (result.attribute() instanceof Scan.Final last) {
                names.put(result, names.of(body.states().get(last.state())).orElseThrow());
            } else {
                Node node = ((Scan.Sequence) result.attribute()).node();
                names.of(node).ifPresent(name -> names.suggest(result, name + "s"));
            }
        }
        results.forEach(names::orTemporary);
    }

    private void writeBody(Scan.Body body, List<Node> results) {
        for (Node node : Graph.reachable(bodyRoots(body))) {
            if (chosen.contains(node)) {
                write(node);
            }
        }
        for (int i = 0; i < body.states().size(); i++) {
            step(names.of(body.states().get(i)).orElseThrow() + "'", body.next().get(i), Optional.empty());
        }
        for (Node result : results) {
            if (result.attribute() instanceof Scan.Sequence sequence) {
                step(names.of(result).orElseThrow(), sequence.node(), Optional.of(body.position()));
            }
        }
    }

    /** @param position where in a sequence the step's value is collected; empty for a state */
    private void step(String name, Node node, Optional<Dim> position) {
        ElementReader reader = new ElementReader(this, names.indices());
        Optional<WholeReader.Whole> whole = new WholeReader(this).read(node);
        List<IndexExpr> index = reader.open(node.shape());
        Expression value = whole.map(WholeReader.Whole::expression).orElseGet(() -> reader.element(node, index));
        Expression left = whole.isPresent() ? new Expression.Name(name) : reader.named(name, node, index);
        Expression element = position.map(at -> at(at, name, left)).orElse(left);
        page.add(new Equation(
                name,
                node.type().toString(),
                (position.isPresent() ? "collect " : "") + text.plain(left) + " = " + text.plain(value),
                latex.plain(element) + " &= " + latex.plain(value)));
    }

    private Expression at(Dim position, String name, Expression collected) {
        List<Expression> subscripts = new ArrayList<>(List.of(new Expression.Extent(readable(position))));
        if (collected instanceof Expression.Element element) {
            subscripts.addAll(element.subscripts());
        }
        return new Expression.Element(new Expression.Name(name), subscripts);
    }
}
