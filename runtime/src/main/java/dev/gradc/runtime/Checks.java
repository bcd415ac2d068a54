package dev.gradc.runtime;

import java.util.Arrays;

/** What generated methods check on entry; the message says what, what was expected, what was found. */
public final class Checks {

    private Checks() {}

    /** {@code a} holds {@code expected} elements, a tensor of the shape that {@code shape} writes. */
    public static void length(String name, double[] a, int expected, String shape) {
        if (a.length != expected) {
            throw wrongLength(name, a.length, expected, shape);
        }
    }

    /** {@code a} holds {@code expected} elements, a tensor of the shape that {@code shape} writes. */
    public static void length(String name, float[] a, int expected, String shape) {
        if (a.length != expected) {
            throw wrongLength(name, a.length, expected, shape);
        }
    }

    /** {@code a} holds {@code expected} elements, a tensor of the shape that {@code shape} writes. */
    public static void length(String name, int[] a, int expected, String shape) {
        if (a.length != expected) {
            throw wrongLength(name, a.length, expected, shape);
        }
    }

    /** {@code a} holds {@code expected} elements, a tensor of the shape that {@code shape} writes. */
    public static void length(String name, boolean[] a, int expected, String shape) {
        if (a.length != expected) {
            throw wrongLength(name, a.length, expected, shape);
        }
    }

    private static IllegalArgumentException wrongLength(String name, int found, int expected, String shape) {
        return new IllegalArgumentException(
                "`" + name + "` must hold " + expected + " elements, " + shape + " in row-major order; found " + found);
    }

    /** The first {@code count} elements of {@code a} are within {@code low} to {@code high}, both included. */
    public static void range(String name, int[] a, int count, int low, int high) {
        for (int i = 0; i < count; i++) {
            if (a[i] < low || a[i] > high) {
                throw new IllegalArgumentException(
                        "`" + name + "` must be within " + low + ".." + high + "; element " + i + " is " + a[i]);
            }
        }
    }

    /** {@code value} is within {@code low} to {@code high}, both included. */
    public static void range(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(
                    "`" + name + "` must be within " + low + ".." + high + "; it is " + value);
        }
    }

    /** {@code value}, which must be an extent: at least 1. */
    public static int dim(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("dim `" + name + "` must be at least 1; it is " + value);
        }
        return value;
    }

    /**
     * Refuses dims for which a quotient that the model takes is no whole number.
     *
     * @param text the quotient as in the model
     */
    public static void whole(String text, int numerator, int denominator) {
        if (numerator % denominator != 0) {
            throw new IllegalArgumentException(text + " must be a whole number, and is " + numerator + "/" + denominator
                    + "; construct the model with other dims");
        }
    }

    /** Refuses to go on where the JVM was started without the module that the caller is written with. */
    public static void vectors() {
        if (!ProductImplementations.VECTORS) {
            throw new IllegalStateException("this class computes with vectors: start java with --add-modules "
                    + ProductImplementations.MODULE + ", or generate the class without vectors");
        }
    }

    /** The product of {@code dims}. @throws IllegalArgumentException where it does not fit an array */
    public static int size(int... dims) {
        long size = 1;
        for (int dim : dims) {
            size *= dim;
            if (size > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(dims)
                        + " is too large for one Java array; use smaller dims");
            }
        }
        return (int) size;
    }
}
