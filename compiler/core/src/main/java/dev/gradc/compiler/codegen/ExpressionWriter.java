package dev.gradc.compiler.codegen;

import dev.gradc.compiler.gate.JavaForm;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.schedule.IndexExpr;
import dev.gradc.compiler.schedule.Program;
import dev.gradc.compiler.schedule.Reads;
import dev.gradc.compiler.schedule.Selects;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Elements of nodes as Java expressions. */
final class ExpressionWriter {

    private final ModelPlan plan;
    private final Naming naming;
    private final Dims dims;
    private final Set<Node> roots;
    private final Map<Node, Program.Place> places;
    private final Set<Node> slices;
    private final Selects selects;
    private final Fields fields;
    private final VectorWriter vectors;
    private final Map<Node, Map<List<IndexExpr>, JavaExpr>> locals = new HashMap<>();

    /** What stands for the variables of loops just now, by depth. */
    private Map<Integer, String> starts = Map.of();

    /** The variables of loops that are written out iteration by iteration. */
    private final Map<Integer, Dim> fixed = new HashMap<>();

    private final Map<IndexExpr, String> running = new HashMap<>();

    /**
     * A writer for one method.
     *
     * @param program which nodes have places of their own, and where
     * @param fields the nodes that live in fields
     */
    ExpressionWriter(ModelPlan plan, Naming naming, Dims dims, Program program, Fields fields) {
        this.places = program.places();
        this.slices = program.slices();
        this.selects = new Selects(program.roots());
        this.fields = fields;
        this.plan = plan;
        this.vectors = new VectorWriter(plan.types());
        this.naming = naming;
        this.dims = dims;
        this.roots = program.roots();
    }

    /** From here on {@code node} at {@code index} is the local variable of its name. */
    void enter(Node node, List<IndexExpr> index) {
        enter(node, index, JavaExpr.primary(localName(node)));
    }

    /** From here on {@code node} at {@code index} is read as {@code place}. */
    void enter(Node node, List<IndexExpr> index, JavaExpr place) {
        locals.computeIfAbsent(node, n -> new HashMap<>(2)).put(index, place);
    }

    /** {@code nodes} have gone out of scope. */
    void leave(Set<Node> nodes) {
        nodes.forEach(locals::remove);
    }

    /** Whether {@code value} is read as a local variable now. */
    boolean isLocal(Reads.Read value) {
        return locals.getOrDefault(value.source(), Map.of()).containsKey(value.index());
    }

    /** {@code value} is no longer read from where it was. */
    void leave(Reads.Read value) {
        locals.getOrDefault(value.source(), new HashMap<>()).remove(value.index());
    }

    /**
     * The element of {@code node} at {@code index}: read where it has a place, computed where it is virtual. A constant is
     * its value, though it may have a place as an output.
     */
    JavaExpr element(Node node, List<IndexExpr> index) {
        if (node.attribute() instanceof Leaf.Constant) {
            return leaf(node, index);
        }
        JavaExpr local = locals.getOrDefault(node, Map.of()).get(index);
        if (local != null) {
            return local;
        }
        if (roots.contains(node)) {
            return memory(node, index);
        }
        return computed(node, index);
    }

    /** The value of {@code node}'s own gate on its inputs at {@code index}. */
    JavaExpr computed(Node node, List<IndexExpr> index) {
        if (node.inputs().isEmpty()) {
            return leaf(node, index);
        }
        if (node.gate() instanceof Pointwise gate) {
            List<JavaExpr> inputs = new ArrayList<>(node.inputs().size());
            for (Node input : node.inputs()) {
                inputs.add(element(input, index));
            }
            boolean jumps = !(gate.java() instanceof JavaForm.Ternary) || selects.jumps(node);
            return jumps || haveVector(inputs)
                    ? apply(gate, inputs)
                    : apply(((JavaForm.Ternary) gate.java()).jumpless(), inputs);
        }
        return moved(node, index);
    }

    /** The element of its first input that a layout or a gather gives at {@code index}. */
    private JavaExpr moved(Node node, List<IndexExpr> index) {
        return element(node.input(0), Reads.inputs(node, index).get(0).index());
    }

    /** {@code gate} on its inputs, which may be vectors. */
    JavaExpr apply(Pointwise gate, List<JavaExpr> inputs) {
        return haveVector(inputs) ? vectors.apply(gate, inputs) : apply(gate.java(), inputs);
    }

    private static boolean haveVector(List<JavaExpr> inputs) {
        for (JavaExpr input : inputs) {
            if (input.isVector()) {
                return true;
            }
        }
        return false;
    }

    /** {@code form} with its operands. */
    JavaExpr apply(JavaForm form, List<JavaExpr> inputs) {
        JavaExpr first = inputs.get(0);
        if (form instanceof JavaForm.Infix infix) {
            int level = infix.precedence();
            String right = inputs.get(1).atLeast(level + 1);
            return new JavaExpr(String.join(" ", first.atLeast(level), infix.symbol(), right), level);
        } else if (form instanceof JavaForm.Prefix prefix) {
            return new JavaExpr(prefix.symbol() + first.atLeast(JavaForm.PREFIX + 1), JavaForm.PREFIX);
        } else if (form instanceof JavaForm.Call call) {
            return plan.types().rounded(call, code(call, inputs));
        } else if (form instanceof JavaForm.Conversion) {
            String code = "(" + plan.types().real() + ") " + first.atLeast(JavaForm.PREFIX + 1);
            return new JavaExpr(code, JavaForm.PREFIX);
        } else if (form instanceof JavaForm.Ternary) {
            int branch = JavaForm.TERNARY + 1;
            String code = first.atLeast(branch) + " ? " + inputs.get(1).atLeast(branch) + " : "
                    + inputs.get(2).atLeast(branch);
            return new JavaExpr(code, JavaForm.TERNARY);
        }
        return first;
    }

    private static String code(JavaForm.Call call, List<JavaExpr> arguments) {
        StringBuilder code = new StringBuilder();
        code.append(JavaText.reference(call.owner())).append('.').append(call.method());
        String before = "(";
        for (JavaExpr argument : arguments) {
            code.append(before).append(argument.code());
            before = ", ";
        }
        return code.append(')').toString();
    }

    private JavaExpr leaf(Node node, List<IndexExpr> index) {
        if (node.attribute() instanceof Leaf.Constant constant) {
            return plan.types().literal(constant.value(), node.type().element());
        } else if (node.attribute() instanceof Leaf.Extent extent) {
            return dims.expr(extent.dim());
        } else if (node.attribute() instanceof Leaf.Position position) {
            return index(index.get(position.axis()));
        }
        Leaf.Variable variable = (Leaf.Variable) node.attribute();
        if (node.shape().isScalar()) {
            return JavaExpr.primary(naming.of(node));
        }
        String offset = plan.isDifferentiated(variable.name()) ? naming.offsetOf(variable.name()) : "";
        return JavaExpr.primary(naming.of(node) + "[" + offset(offset, IndexExpr.flat(index, node.shape())) + "]");
    }

    /** The place of the element of a root in memory. */
    JavaExpr memory(Node node, List<IndexExpr> index) {
        boolean isPart = places.containsKey(node) || plan.gradients().containsKey(node);
        if (plan.slots().containsKey(node) && !places.containsKey(node)) {
            return JavaExpr.primary("scalars[" + plan.slots().get(node) + "]");
        } else if (node.shape().isScalar() && !isPart) {
            return JavaExpr.primary(fields.name(node));
        } else if (node.shape().isScalar()
                && base(node).shape().isScalar()
                && !plan.gradients().containsKey(base(node))) {
            return memory(base(node), List.of());
        }
        return JavaExpr.primary(arrayName(node) + "[" + index(placeOf(node, index)) + "]");
    }

    private IndexExpr placeOf(Node root, List<IndexExpr> index) {
        IndexExpr flat = IndexExpr.flat(slices.contains(root) ? inSlice(index) : index, root.shape());
        return new IndexExpr(flat.constant().plus(start(root)), flat.terms());
    }

    /** Where in its array an element is; empty where the array starts at a place that is known when it runs. */
    Optional<IndexExpr> place(Node node, List<IndexExpr> index) {
        if (roots.contains(node)) {
            return Optional.of(placeOf(node, index));
        }
        boolean isPart = plan.isDifferentiated(((Leaf.Variable) node.attribute()).name());
        return isPart ? Optional.empty() : Optional.of(IndexExpr.flat(index, node.shape()));
    }

    /** From here on {@code place} is the value of {@code variable}. */
    void run(IndexExpr place, String variable) {
        running.put(place, variable);
    }

    /** {@code place} is no longer the value of a variable. */
    void stop(IndexExpr place) {
        running.remove(place);
    }

    /** {@code index} where only one slice along the first axis is there. */
    private static List<IndexExpr> inSlice(List<IndexExpr> index) {
        List<IndexExpr> inner = new ArrayList<>(index);
        inner.set(0, new IndexExpr(Dim.ZERO, Map.of()));
        return inner;
    }

    /** The node whose memory {@code node} lives in. */
    private Node base(Node node) {
        return Program.Place.of(node, places).base();
    }

    /** The array that {@code node} lives in. */
    private String arrayName(Node node) {
        Node base = base(node);
        return plan.gradients().containsKey(base) ? "gradient" : fields.name(base);
    }

    /** Where {@code node} starts in its array. */
    private Dim start(Node node) {
        Program.Place place = Program.Place.of(node, places);
        return plan.gradients().containsKey(place.base())
                ? place.offset().plus(fields.gradientOffset(plan.gradients().get(place.base())))
                : place.offset();
    }

    private String offset(String offset, IndexExpr flat) {
        String place = index(flat).code();
        if (offset.isEmpty()) {
            return place;
        }
        return place.equals("0") ? offset : offset + " + " + place;
    }

    /** The array that holds all of {@code node}, and where in it the tensor starts: for kernels. */
    String array(Node node) {
        if (node.attribute() instanceof Leaf.Variable variable && !roots.contains(node)) {
            String offset = plan.isDifferentiated(variable.name()) ? naming.offsetOf(variable.name()) : "0";
            return naming.of(node) + ", " + offset;
        }
        return arrayName(node) + ", " + dims.expr(start(node));
    }

    /** The local variable that holds {@code node}, or an element of it; another name than that of its field or array. */
    String localName(Node node) {
        boolean isNamed = fields.contains(node) || node.attribute() instanceof Leaf.Variable;
        return isNamed ? naming.element(node) : naming.of(node);
    }

    /**
     * Where the elements of {@code node} that loops read at {@code index} start, for a call: the array and the position.
     *
     * @param starts the loops' variables there, by depth
     */
    String from(Node node, List<IndexExpr> index, Map<Integer, String> starts) {
        String place = at(node, index, starts);
        return array(place) + ", " + position(place);
    }

    /** The element of {@code node} that loops read at {@code index}, where their variables have {@code values}, by depth. */
    String at(Node node, List<IndexExpr> index, Map<Integer, String> values) {
        starts = values;
        String place = (roots.contains(node) ? memory(node, index) : leaf(node, index)).code();
        starts = Map.of();
        return place;
    }

    /**
     * Adds the variables that the place of {@code read} is found by, but for those of the class: of loops, and of the steps of
     * recurrences.
     */
    void addVariables(Reads.Read read, Set<String> variables) {
        Node node = read.source();
        IndexExpr place =
                roots.contains(node) ? placeOf(node, read.index()) : IndexExpr.flat(read.index(), node.shape());
        addSteps(place.constant(), variables);
        place.terms().forEach((atom, factor) -> {
            addSteps(factor, variables);
            int depth = ((IndexExpr.LoopAxis) atom).axis();
            if (!fixed.containsKey(depth)) {
                variables.add(naming.loop(depth));
            }
        });
    }

    /** Adds the steps of recurrences that {@code dim} is made of. */
    void addSteps(Dim dim, Set<String> variables) {
        for (String symbol : dim.symbols()) {
            if (!plan.model().dims().contains(symbol)) {
                variables.add(naming.of(symbol));
            }
        }
    }

    /** From here on the variable of the loop at {@code depth} is {@code value}. */
    void fix(int depth, int value) {
        fixed.put(depth, Dim.of(value));
    }

    /** The loop at {@code depth} has a variable again. */
    void release(int depth) {
        fixed.remove(depth);
    }

    /** The array of {@code place}, an element of one as it is written. */
    static String array(String place) {
        return place.substring(0, place.indexOf('['));
    }

    /** The position of {@code place}, an element of an array as it is written. */
    static String position(String place) {
        return place.substring(place.indexOf('[') + 1, place.length() - 1);
    }

    /** {@code index} as an int expression. */
    JavaExpr index(IndexExpr index) {
        if (running.containsKey(index)) {
            return JavaExpr.primary(running.get(index));
        }
        for (Map.Entry<Integer, Dim> loop : fixed.entrySet()) {
            if (index.dependsOn(loop.getKey())) {
                return index(index.at(loop.getKey(), loop.getValue()));
            }
        }
        StringBuilder sum = new StringBuilder();
        boolean first = true;
        int precedence = JavaForm.PRIMARY;
        for (Map.Entry<IndexExpr.Atom, Dim> term : index.terms().entrySet()) {
            if (isAtZero(term.getKey())) {
                continue;
            }
            JavaExpr product = product(term.getKey(), term.getValue());
            sum.append(first ? "" : " + ").append(product.atLeast(JavaForm.PRODUCT));
            precedence = first ? product.precedence() : JavaForm.SUM;
            first = false;
        }
        if (first) {
            return dims.expr(index.constant());
        }
        if (!index.constant().equals(Dim.ZERO)) {
            long constant = index.constant().constant().orElse(1);
            JavaExpr rest = dims.expr(constant < 0 ? Dim.ZERO.minus(index.constant()) : index.constant());
            sum.append(constant < 0 ? " - " : " + ").append(rest.atLeast(JavaForm.PRODUCT));
            precedence = JavaForm.SUM;
        }
        return new JavaExpr(sum.toString(), precedence);
    }

    private boolean isAtZero(IndexExpr.Atom atom) {
        return atom instanceof IndexExpr.LoopAxis loop && "0".equals(starts.get(loop.axis()));
    }

    private JavaExpr product(IndexExpr.Atom atom, Dim factor) {
        JavaExpr value = atom instanceof IndexExpr.LoopAxis loop
                ? JavaExpr.primary(starts.getOrDefault(loop.axis(), naming.loop(loop.axis())))
                : element(((IndexExpr.Loaded) atom).tensor(), ((IndexExpr.Loaded) atom).at());
        if (factor.equals(Dim.ONE)) {
            return value;
        }
        String scale = dims.expr(factor).atLeast(JavaForm.PREFIX);
        return new JavaExpr(value.atLeast(JavaForm.PRODUCT) + " * " + scale, JavaForm.PRODUCT);
    }

    /** The number of elements of {@code shape}. */
    String size(Shape shape) {
        return dims.expr(shape.size()).code();
    }
}
