package dev.gradc.compiler.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gradc.compiler.run.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What an independent system computed: the output of a formula, and d sum(output * seed) / d input.
 *
 * @param family the cases that one mapping to model text serves
 * @param name for messages only
 * @param formula the file's own notation for the function
 * @param attrs its attributes, an empty object where it has none
 * @param inputs by name, in the file's order
 * @param gradients one for each differentiated input
 * @param criterion how near a result has to be
 */
public record GoldenCase(
        String family,
        String name,
        String formula,
        JsonNode attrs,
        Map<String, Input> inputs,
        Tensor output,
        Tensor seed,
        Map<String, Tensor> gradients,
        Criterion criterion) {

    /** What floats may differ by, times the largest number there is. */
    private static final double SINGLE = 1e-4;

    /** Numbers up to here, and down to its reciprocal, and their squares, floats hold without overflow or underflow. */
    private static final double LARGEST = 1e18;

    public GoldenCase {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        gradients = Collections.unmodifiableMap(new LinkedHashMap<>(gradients));
    }

    /** An input: its element type in the language ({@code real}, {@code int}, {@code bool}), shape and elements. */
    public record Input(String element, int[] shape, double[] data) {
        boolean isInt() {
            return element.equals("int");
        }
    }

    /** The values a gradient may have at a point without a derivative, element by element. */
    public record Interval(double[] low, double[] high) {}

    /**
     * Which results are right.
     *
     * @param tolerance the greatest |found - expected|, times max(1, |expected|)
     * @param relative times |expected| instead
     * @param intervals by input: what replaces the expected gradient at kinks
     * @param note what the file says of this point
     */
    public record Criterion(double tolerance, boolean relative, Map<String, Interval> intervals, String note) {
        public Criterion {
            intervals = Map.copyOf(intervals);
        }

        static Criterion within(double tolerance) {
            return new Criterion(tolerance, false, Map.of(), "");
        }
    }

    /** Whether floats can hold what it is about: no limits, no criterion of its own, no numbers beyond their range. */
    boolean fitsFloats() {
        DoubleStream data = inputs.values().stream().flatMapToDouble(input -> Arrays.stream(input.data()));
        return !criterion.relative()
                && criterion.note().isEmpty()
                && criterion.intervals().isEmpty()
                && DoubleStream.concat(data, results()).allMatch(GoldenCase::isOrdinary);
    }

    private static boolean isOrdinary(double number) {
        return number == 0 || (Math.abs(number) > 1 / LARGEST && Math.abs(number) < LARGEST);
    }

    /** This case by what is expected of floats. */
    GoldenCase inSinglePrecision() {
        Criterion loose = Criterion.within(SINGLE * largest());
        return new GoldenCase(family, name, formula, attrs, inputs, output, seed, gradients, loose);
    }

    /** The size of the numbers that are added up in it, at least 1. */
    private double largest() {
        return results().map(Math::abs).reduce(1, Math::max);
    }

    private DoubleStream results() {
        Stream<Tensor> tensors = Stream.concat(Stream.of(output), gradients.values().stream());
        return tensors.flatMapToDouble(tensor -> Arrays.stream(tensor.values()));
    }

    /** This case with other inputs. */
    GoldenCase withInputs(Map<String, Input> changed) {
        return new GoldenCase(family, name, formula, attrs, changed, output, seed, gradients, criterion);
    }

    /** A case of the same function of which only {@code value} is expected. */
    GoldenCase expecting(Tensor value) {
        return new GoldenCase(family, name, formula, attrs, inputs, value, seed, Map.of(), criterion);
    }

    /** The input that is {@code place}th in the file. */
    Input input(int place) {
        return inputs.get(inputName(place));
    }

    /** The name of the input that is {@code place}th in the file. */
    String inputName(int place) {
        return inputs.keySet().stream()
                .skip(place)
                .findFirst()
                .orElseThrow(() -> new UntranslatableException("there is no input " + place));
    }
}
