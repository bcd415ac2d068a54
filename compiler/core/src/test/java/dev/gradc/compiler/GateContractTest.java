package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.autodiff.Differentiator;
import dev.gradc.compiler.eval.Evaluator;
import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Elementary;
import dev.gradc.compiler.gate.Gates;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Logic;
import dev.gradc.compiler.gate.Operation;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.GraphBuilder;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.run.Tensor;
import dev.gradc.runtime.GradientChecker;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every gate that works element by element, taken from the list of all gates. */
class GateContractTest {

    private static final int SAMPLES = 12;

    static Stream<Pointwise> pointwise() {
        return Gates.ALL.stream().filter(Pointwise.class::isInstance).map(Pointwise.class::cast);
    }

    static Stream<Pointwise> differentiable() {
        return pointwise().filter(gate -> gate.isDifferentiable(0));
    }

    @Test
    void everyDeclaredGateIsListed() throws Exception {
        List<Operation> declared = new ArrayList<>();
        for (Class<?> type : classesOfTheGatePackage()) {
            for (Field field : type.getDeclaredFields()) {
                int modifiers = field.getModifiers();
                boolean isDeclaration = Modifier.isPublic(modifiers) && Modifier.isStatic(modifiers);
                if (isDeclaration && Operation.class.isAssignableFrom(field.getType())) {
                    declared.add((Operation) field.get(null));
                }
            }
        }
        assertThat(declared).hasSizeGreaterThan(50);
        assertThat(Gates.ALL).containsExactlyInAnyOrderElementsOf(declared);
    }

    private static List<Class<?>> classesOfTheGatePackage() throws Exception {
        List<Class<?>> classes = new ArrayList<>();
        Path folder = Path.of(Gates.class.getResource("Gates.class").toURI()).getParent();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.class")) {
            for (Path file : files) {
                String name = file.getFileName().toString().replace(".class", "");
                if (!name.equals("package-info")) {
                    classes.add(Class.forName(Gates.class.getPackageName() + "." + name));
                }
            }
        }
        return classes;
    }

    @Test
    void namesAreUnique() {
        assertThat(Gates.ALL.stream().map(Operation::name)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("pointwise")
    void generatedCodeGivesTheGatesValue(Pointwise gate) {
        GraphBuilder graph = new GraphBuilder();
        List<Node> variables = variables(graph, gate);
        Node node = graph.make(gate, Attribute.NONE, variables);
        ModelRunner runner = ModelRunner.load(TestModels.generate(graph, List.of(), variables, node, true));
        for (double[] point : points(gate)) {
            Evaluation evaluation = runner.evaluate(data(variables, point), Map.of(), Optional.empty());
            double expected = gate.value(point);
            assertThat(evaluation.outputs().get("result").values()[0])
                    .isCloseTo(expected, Offset.offset(1e-15 * Math.max(1, Math.abs(expected))));
        }
    }

    static Stream<Pointwise> ofReals() {
        return pointwise()
                .filter(gate -> gate.signature() != Pointwise.Signature.WHOLE
                        && gate.signature() != Pointwise.Signature.CONVERSION);
    }

    /** Between functions that the runtime computes by the block, so that gates with lanes and what is chosen by them are in lanes. */
    @ParameterizedTest
    @MethodSource("ofReals")
    void loopsGiveTheGatesValue(Pointwise gate) {
        boolean hasLanes = gate.vector().isPresent();
        GraphBuilder graph = new GraphBuilder();
        Shape shape = new Shape(List.of(Dim.symbol("N")));
        Node zero = Leaf.constant(graph, 0, Type.real(shape));
        Node one = Leaf.constant(graph, 1, Type.real(shape));
        List<Node> variables = new ArrayList<>();
        List<Node> reals = new ArrayList<>();
        List<Node> inputs = new ArrayList<>();
        for (Node scalar : variables(graph, gate)) {
            Node variable = Leaf.variable(graph, "x" + variables.size(), Type.real(shape));
            Node real = hasLanes ? graph.make(Elementary.TANH, Attribute.NONE, List.of(variable)) : variable;
            variables.add(variable);
            reals.add(real);
            inputs.add(scalar.isReal() ? real : graph.make(Logic.GREATER, Attribute.NONE, List.of(real, zero)));
        }
        Node node = graph.make(gate, Attribute.NONE, inputs);
        Node isChosen = node.isReal() ? graph.make(Logic.GREATER, Attribute.NONE, List.of(node, zero)) : node;
        Node value = node.isReal() ? node : reals.get(0);
        Node other = graph.make(Arithmetic.SUBTRACT, Attribute.NONE, List.of(one, value));
        Node chosen = graph.make(Logic.SELECT, Attribute.NONE, List.of(isChosen, value, other));
        Node target = graph.make(Elementary.SOFTPLUS, Attribute.NONE, List.of(chosen));
        Map<String, double[]> values = new LinkedHashMap<>();
        Map<String, Tensor> data = new LinkedHashMap<>();
        for (int i = 0; i < variables.size(); i++) {
            int input = i;
            double[] column =
                    points(gate).stream().mapToDouble(point -> point[input]).toArray();
            values.put("x" + i, column);
            data.put("x" + i, new Tensor(column, new int[] {SAMPLES}));
        }
        Tensor seed = new Tensor(new double[SAMPLES], new int[] {SAMPLES});
        double[] found = ModelRunner.load(TestModels.generate(graph, List.of("N"), variables, target, false))
                .evaluate(data, Map.of(), Optional.of(seed))
                .outputs()
                .get("result")
                .values();
        double[] expected = Evaluator.evaluate(List.of(target), Map.of("N", SAMPLES), values)
                .get(target);
        for (int i = 0; i < SAMPLES; i++) {
            assertThat(found[i]).isCloseTo(expected[i], Offset.offset(1e-14 * Math.max(1, expected[i])));
        }
    }

    @ParameterizedTest
    @MethodSource("differentiable")
    void generatedGradientAgreesWithDifferencesOfTheValue(Pointwise gate) {
        GraphBuilder graph = new GraphBuilder();
        List<Node> variables = variables(graph, gate);
        Node node = graph.make(gate, Attribute.NONE, variables);
        ModelRunner runner = ModelRunner.load(TestModels.generate(graph, List.of(), variables, node, true));
        for (double[] point : points(gate)) {
            Evaluation evaluation = runner.evaluate(data(variables, point), Map.of(), Optional.empty());
            for (int input = 0; input < variables.size(); input++) {
                if (variables.get(input).isReal()) {
                    double analytic = evaluation.gradients().get("a" + input).values()[0];
                    assertAgrees(gate, point, input, analytic, gate::value);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("differentiable")
    void secondDerivativesAgreeWithDifferencesOfTheFirst(Pointwise gate) {
        GraphBuilder graph = new GraphBuilder();
        List<Node> variables = variables(graph, gate);
        Node node = graph.make(gate, Attribute.NONE, variables);
        Node one = Leaf.constant(graph, 1, Type.real(Shape.SCALAR));
        List<Node> reals = variables.stream().filter(Node::isReal).toList();
        Differentiator differentiator = new Differentiator(graph);
        for (Node first : differentiator.gradient(node, one, reals)) {
            List<Node> seconds = differentiator.gradient(first, one, reals);
            for (double[] point : points(gate)) {
                Map<Node, double[]> values = Evaluator.evaluate(seconds, Map.of(), named(variables, point));
                for (int i = 0; i < reals.size(); i++) {
                    int input = variables.indexOf(reals.get(i));
                    assertAgrees(
                            gate,
                            point,
                            input,
                            values.get(seconds.get(i))[0],
                            x -> Evaluator.evaluate(List.of(first), Map.of(), named(variables, x))
                                    .get(first)[0]);
                }
            }
        }
    }

    static Stream<Pointwise> monotone() {
        return pointwise().filter(gate -> IntStream.range(0, gate.arity()).anyMatch(input -> gate.trend(input) != 0));
    }

    @ParameterizedTest
    @MethodSource("monotone")
    void valuesMoveAsTheGateSays(Pointwise gate) {
        for (double[] point : points(gate)) {
            for (int input = 0; input < gate.arity(); input++) {
                if (gate.trend(input) != 0) {
                    double[] further = point.clone();
                    further[input] += (gate.domain(input).high() - point[input]) / 2;
                    double rise = (gate.value(further) - gate.value(point)) * gate.trend(input);
                    assertThat(rise).isGreaterThanOrEqualTo(0);
                }
            }
        }
    }

    private static void assertAgrees(
            Pointwise gate, double[] point, int input, double analytic, GradientChecker.ScalarFunction function) {
        GradientChecker.ScalarFunction along = x -> {
            double[] moved = point.clone();
            moved[input] = x[0];
            return function.value(moved);
        };
        GradientChecker.Report report = GradientChecker.check(
                along, new double[] {point[input]}, new double[] {analytic}, GradientChecker.Options.defaults());
        assertThat(report.verdict())
                .as("%s by input %d at %s: %s", gate, input, Arrays.toString(point), report)
                .isEqualTo(GradientChecker.Verdict.AGREES);
    }

    private static List<Node> variables(GraphBuilder graph, Pointwise gate) {
        List<Node> variables = new ArrayList<>();
        for (int i = 0; i < gate.arity(); i++) {
            ElementType element = switch (gate.signature()) {
                case REAL, ARITHMETIC, COMPARISON, ANY -> ElementType.REAL;
                case LOGIC -> ElementType.BOOL;
                case SELECTION -> i == 0 ? ElementType.BOOL : ElementType.REAL;
                case CONVERSION, WHOLE -> ElementType.INT;
            };
            variables.add(Leaf.variable(graph, "a" + i, new Type(element, Shape.SCALAR)));
        }
        return variables;
    }

    /** Points in the gate's domain, whole numbers where it takes ints and bools. */
    private static List<double[]> points(Pointwise gate) {
        Random random = new Random(gate.name().hashCode());
        List<double[]> points = new ArrayList<>();
        for (int sample = 0; sample < SAMPLES; sample++) {
            double[] point = new double[gate.arity()];
            for (int i = 0; i < point.length; i++) {
                Pointwise.Range range = gate.domain(i);
                point[i] = range.low() + (range.high() - range.low()) * random.nextDouble();
                boolean isBool = gate.signature() == Pointwise.Signature.LOGIC
                        || (gate.signature() == Pointwise.Signature.SELECTION && i == 0);
                if (isBool) {
                    point[i] = random.nextInt(2);
                } else if (gate.signature() == Pointwise.Signature.WHOLE) {
                    point[i] = Math.rint(point[i]);
                } else if (gate.signature() == Pointwise.Signature.CONVERSION) {
                    point[i] = Math.rint(point[i] * 100);
                }
            }
            if (gate.signature() == Pointwise.Signature.COMPARISON && sample % 3 == 0) {
                Arrays.fill(point, point[0]);
            }
            points.add(point);
        }
        return points;
    }

    private static Map<String, double[]> named(List<Node> variables, double[] point) {
        Map<String, double[]> values = new LinkedHashMap<>();
        for (int i = 0; i < variables.size(); i++) {
            values.put("a" + i, new double[] {point[i]});
        }
        return values;
    }

    private static Map<String, Tensor> data(List<Node> variables, double[] point) {
        Map<String, Tensor> data = new LinkedHashMap<>();
        named(variables, point).forEach((name, value) -> data.put(name, Tensor.scalar(value[0])));
        return data;
    }
}
