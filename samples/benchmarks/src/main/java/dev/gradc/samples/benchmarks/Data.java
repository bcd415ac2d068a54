package dev.gradc.samples.benchmarks;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/** Named arrays, row-major: the inputs and parameters of a workload, drawn from a generator of fixed seed. */
public final class Data {
    /** The elements are a {@code double[]}, {@code float[]} or {@code int[]}. */
    public record Array(Object elements, int[] shape) {}

    private final Map<String, Array> arrays = new LinkedHashMap<>();
    private final Precision precision;
    private final Random random;

    /** Nothing yet, for a workload of that precision. */
    public Data(Precision precision, long seed) {
        this.precision = precision;
        this.random = new Random(seed);
    }

    /** Adds reals between two numbers. */
    public Data uniform(String name, double low, double high, int... shape) {
        return reals(name, i -> low + (high - low) * random.nextDouble(), shape);
    }

    /** Adds reals of a normal distribution around 0. */
    public Data normal(String name, double deviation, int... shape) {
        return reals(name, i -> deviation * random.nextGaussian(), shape);
    }

    /** Adds reals by their position. */
    public Data reals(String name, IntToDoubleFunction element, int... shape) {
        double[] doubles = new double[size(shape)];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = element.applyAsDouble(i);
        }
        arrays.put(name, new Array(precision == Precision.F64 ? doubles : rounded(doubles), shape));
        return this;
    }

    /** Adds whole numbers from 0 to below a bound. */
    public Data wholes(String name, int bound, int... shape) {
        arrays.put(name, new Array(random.ints(size(shape), 0, bound).toArray(), shape));
        return this;
    }

    /** An array of a model in doubles. */
    public double[] doubles(String name) {
        return (double[]) array(name).elements();
    }

    /** An array of a model in floats. */
    public float[] floats(String name) {
        return (float[]) array(name).elements();
    }

    /** An array of whole numbers. */
    public int[] ints(String name) {
        return (int[]) array(name).elements();
    }

    /** The extent of an axis. */
    public int extent(String name, int axis) {
        return array(name).shape()[axis];
    }

    /** An array with its shape. */
    public Array array(String name) {
        Array array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("no array '" + name + "', but " + arrays.keySet());
        }
        return array;
    }

    /** All arrays, in the order in which they were added. */
    public Map<String, Array> arrays() {
        return Collections.unmodifiableMap(arrays);
    }

    /** Floats as doubles. */
    public static double[] widened(float[] floats) {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    private static int size(int[] shape) {
        int size = 1;
        for (int extent : shape) {
            size *= extent;
        }
        return size;
    }

    private static float[] rounded(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
