package dev.gradc.runtime;

import java.util.Arrays;

/**
 * Functions of blocks of arrays, for generated code: y[yOffset + i] = f(x[xOffset + i]) for i from 0 to n - 1. A block may be
 * its own result (y is x and the offsets are equal); else they do not overlap. An element's value does not depend on its
 * place in the block, nor on n. Where the module jdk.incubator.vector is present ({@code java --add-modules
 * jdk.incubator.vector}) a vector of elements is computed at a time, otherwise one after the other; the one or the other for
 * the whole life of the JVM. Compiled code allocates nothing but each thread's room for a strip of elements, once.
 *
 * <p>Of the results with vectors, those of exp, log, sin and cos are within 1 ulp of the exact ones; of power, expm1, log1p, tan,
 * atan, sigmoid, softplus and erf within 2, of tanh within 3, and of sinh, cosh, erfc, normalCdf and normalDensity within 5.
 * Without vectors, all are as exact as the scalar functions.
 *
 * <p>Conditions are elements, too: 1 where they hold and 0 where they do not.
 *
 * <p>Sums are added up in an order that n and the presence of the module decide, and so always give the same bits.
 *
 * <p>NaN gives NaN, and infinities, zeros and their signs give what {@link Math}, {@link GradMath} and {@link
 * SpecialFunctions} give.
 */
public final class BlockMath {

    private static final DoubleFunctions DOUBLES = ProductImplementations.doubleFunctions();
    private static final FloatFunctions FLOATS = ProductImplementations.floatFunctions();
    private static final DoubleReductions DOUBLE_REDUCTIONS = ProductImplementations.doubleReductions();
    private static final FloatReductions FLOAT_REDUCTIONS = ProductImplementations.floatReductions();
    private static final DoubleChoices DOUBLE_CHOICES = ProductImplementations.doubleChoices();
    private static final FloatChoices FLOAT_CHOICES = ProductImplementations.floatChoices();

    private BlockMath() {}

    /** A new block of {@code n} times {@code value}. */
    public static double[] constants(int n, double value) {
        double[] block = new double[n];
        Arrays.fill(block, value);
        return block;
    }

    /** A new block of {@code n} times {@code value}, of floats. */
    public static float[] constants(int n, float value) {
        float[] block = new float[n];
        Arrays.fill(block, value);
        return block;
    }

    /** x^y. */
    public static void power(int n, double[] x, int xOffset, double[] y, int yOffset, double[] z, int zOffset) {
        DOUBLES.power(n, x, xOffset, y, yOffset, z, zOffset);
    }

    /** x^y, of floats. */
    public static void power(int n, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset) {
        FLOATS.power(n, x, xOffset, y, yOffset, z, zOffset);
    }

    /** exp(x). */
    public static void exp(int n, double[] x, int xOffset, double[] y, int yOffset) {
        DOUBLES.exp(n, x, xOffset, y, yOffset);
    }

    /** exp(x), of floats. */
    public static void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
        FLOATS.exp(n, x, xOffset, y, yOffset);
    }

    /** exp(x) - 1 without the cancellation. */
    public static void expm1(int n, double[] x, int xOffset, double[] y, int yOffset) {
        DOUBLES.expm1(n, x, xOffset, y, yOffset);
    }

    /** exp(x) - 1 without the cancellation, of floats. */
    public static void expm1(int n, float[] x, int xOffset, float[] y, int yOffset) {
        FLOATS.expm1(n, x, xOffset, y, yOffset);
    }

    /** log(x). */
    public static void log(int n, double[] x, int xOffset, double[] y, int yOffset) {
        DOUBLES.log(n, x, xOffset, y, yOffset);
    }

    /** log(x), of floats. */
    public static void log(int n, float[] x, int xOffset, float[] y, int yOffset) {
        FLOATS.log(n, x, xOffset, y, yOffset);
    }

    /** log(1 + x) without the rounding of 1 + x. */
    public static void log1p(int n, double[] x, int xOffset, double[] y, int yOffset) {
        DOUBLES.log1p(n, x, xOffset, y, yOffset);
    }

    /** log(1 + x) without the rounding of 1 + x, of floats. */
    public static void log1p(int n, float[] x, int xOffset, float[] y, int yOffset) {
        FLOATS.log1p(n, x, xOffset, y, yOffset);
    }

    /** sin(x). */
    public static void sin(int n, double[] x, int xOffset, double[] y, int yOffset) {
        DOUBLES.sin(n, x, xOffset, y, yOffset);
    }

    /** sin(x), of floats. */
    public static void sin(int n, float[] x, int xOffset, float[] y, int yOffset) {
        FLOATS.sin(n, x, xOffset, y, yOffset);
    }

    /** cos(x). */
    public static void cos(int n, double[] x, int xOffset, double[] y, int yOffset) {
        DOUBLES.cos(n, x, xOffset, y, yOffset);
    }

    /** cos(x), of floats. */
    public static void cos(int n, float[] x, int xOffset, float[] y, int yOffset) {
        FLOATS.cos(n, x, xOffset, y, yOffset);
    }

    /** tan(x). */
    public static void tan(int n, double[] x, int xOffset, double[] y, int yOffset) {
        DOUBLES.tan(n, x, xOffset, y, yOffset);
    }

    /** tan(x), of floats. */
    public static void tan(int n, float[] x, int xOffset, float[] y, int yOffset) {
        FLOATS.tan(n, x, xOffset, y, yOffset);
    }

    /** sinh(x). */
    public static void sinh(int n, double[] x, int xOffset, double[] y, int yOffset) {
        DOUBLES.sinh(n, x, xOffset, y, yOffset);
    }

    /** sinh(x), of floats. */
    public static void sinh(int n, float[] x, int xOffset, float[] y, int yOffset) {
        FLOATS.sinh(n, x, xOffset, y, yOffset);
    }

    /** cosh(x). */
    public static void cosh(int n, double[] x, int xOffset, double[] y, int yOffset) {
        DOUBLES.cosh(n, x, xOffset, y, yOffset);
    }

    /** cosh(x), of floats. */
    public static void cosh(int n, float[] x, int xOffset, float[] y, int yOffset) {
        FLOATS.cosh(n, x, xOffset, y, yOffset);
    }

    /** tanh(x). */
    public static void tanh(int n, double[] x, int xOffset, double[] y, int yOffset) {
        DOUBLES.tanh(n, x, xOffset, y, yOffset);
    }

    /** tanh(x), of floats. */
    public static void tanh(int n, float[] x, int xOffset, float[] y, int yOffset) {
        FLOATS.tanh(n, x, xOffset, y, yOffset);
    }

    /** atan(x). */
    public static void atan(int n, double[] x, int xOffset, double[] y, int yOffset) {
        DOUBLES.atan(n, x, xOffset, y, yOffset);
    }

    /** atan(x), of floats. */
    public static void atan(int n, float[] x, int xOffset, float[] y, int yOffset) {
        FLOATS.atan(n, x, xOffset, y, yOffset);
    }

    /** 1/(1 + exp(-x)). */
    public static void sigmoid(int n, double[] x, int xOffset, double[] y, int yOffset) {
        DOUBLES.sigmoid(n, x, xOffset, y, yOffset);
    }

    /** 1/(1 + exp(-x)), of floats. */
    public static void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset) {
        FLOATS.sigmoid(n, x, xOffset, y, yOffset);
    }

    /** log(1 + exp(x)). */
    public static void softplus(int n, double[] x, int xOffset, double[] y, int yOffset) {
        DOUBLES.softplus(n, x, xOffset, y, yOffset);
    }

    /** log(1 + exp(x)), of floats. */
    public static void softplus(int n, float[] x, int xOffset, float[] y, int yOffset) {
        FLOATS.softplus(n, x, xOffset, y, yOffset);
    }

    /** The error function. */
    public static void erf(int n, double[] x, int xOffset, double[] y, int yOffset) {
        DOUBLES.erf(n, x, xOffset, y, yOffset);
    }

    /** The error function, of floats. */
    public static void erf(int n, float[] x, int xOffset, float[] y, int yOffset) {
        FLOATS.erf(n, x, xOffset, y, yOffset);
    }

    /** 1 - erf(x) without the cancellation. */
    public static void erfc(int n, double[] x, int xOffset, double[] y, int yOffset) {
        DOUBLES.erfc(n, x, xOffset, y, yOffset);
    }

    /** 1 - erf(x) without the cancellation, of floats. */
    public static void erfc(int n, float[] x, int xOffset, float[] y, int yOffset) {
        FLOATS.erfc(n, x, xOffset, y, yOffset);
    }

    /** The distribution function of the standard normal. */
    public static void normalCdf(int n, double[] x, int xOffset, double[] y, int yOffset) {
        DOUBLES.normalCdf(n, x, xOffset, y, yOffset);
    }

    /** The distribution function of the standard normal, of floats. */
    public static void normalCdf(int n, float[] x, int xOffset, float[] y, int yOffset) {
        FLOATS.normalCdf(n, x, xOffset, y, yOffset);
    }

    /** The standard normal density. */
    public static void normalDensity(int n, double[] x, int xOffset, double[] y, int yOffset) {
        DOUBLES.normalDensity(n, x, xOffset, y, yOffset);
    }

    /** The standard normal density, of floats. */
    public static void normalDensity(int n, float[] x, int xOffset, float[] y, int yOffset) {
        FLOATS.normalDensity(n, x, xOffset, y, yOffset);
    }

    /** sin(x) and cos(x); x may be one of the two. */
    public static void sinAndCos(
            int n, double[] x, int xOffset, double[] sin, int sinOffset, double[] cos, int cosOffset) {
        DOUBLES.sinAndCos(n, x, xOffset, sin, sinOffset, cos, cosOffset);
    }

    /** sin(x) and cos(x), of floats; x may be one of the two. */
    public static void sinAndCos(
            int n, float[] x, int xOffset, float[] sin, int sinOffset, float[] cos, int cosOffset) {
        FLOATS.sinAndCos(n, x, xOffset, sin, sinOffset, cos, cosOffset);
    }

    /** The distribution function of the standard normal and its density; x may be one of the two. */
    public static void normalCdfAndDensity(
            int n, double[] x, int xOffset, double[] cdf, int cdfOffset, double[] density, int densityOffset) {
        DOUBLES.normalCdfAndDensity(n, x, xOffset, cdf, cdfOffset, density, densityOffset);
    }

    /** The distribution function of the standard normal and its density, of floats; x may be one of the two. */
    public static void normalCdfAndDensity(
            int n, float[] x, int xOffset, float[] cdf, int cdfOffset, float[] density, int densityOffset) {
        FLOATS.normalCdfAndDensity(n, x, xOffset, cdf, cdfOffset, density, densityOffset);
    }

    /** 1 where x == y, else 0. */
    public static void equal(int n, double[] x, int xOffset, double[] y, int yOffset, double[] z, int zOffset) {
        DOUBLE_CHOICES.equal(n, x, xOffset, y, yOffset, z, zOffset);
    }

    /** 1 where x != y, else 0. */
    public static void notEqual(int n, double[] x, int xOffset, double[] y, int yOffset, double[] z, int zOffset) {
        DOUBLE_CHOICES.notEqual(n, x, xOffset, y, yOffset, z, zOffset);
    }

    /** 1 where x &lt; y, else 0. */
    public static void less(int n, double[] x, int xOffset, double[] y, int yOffset, double[] z, int zOffset) {
        DOUBLE_CHOICES.less(n, x, xOffset, y, yOffset, z, zOffset);
    }

    /** 1 where x &lt;= y, else 0. */
    public static void lessOrEqual(int n, double[] x, int xOffset, double[] y, int yOffset, double[] z, int zOffset) {
        DOUBLE_CHOICES.lessOrEqual(n, x, xOffset, y, yOffset, z, zOffset);
    }

    /** 1 where x &gt; y, else 0. */
    public static void greater(int n, double[] x, int xOffset, double[] y, int yOffset, double[] z, int zOffset) {
        DOUBLE_CHOICES.less(n, y, yOffset, x, xOffset, z, zOffset);
    }

    /** 1 where x &gt;= y, else 0. */
    public static void greaterOrEqual(
            int n, double[] x, int xOffset, double[] y, int yOffset, double[] z, int zOffset) {
        DOUBLE_CHOICES.lessOrEqual(n, y, yOffset, x, xOffset, z, zOffset);
    }

    /** x where the mask is not 0, else y. */
    public static void select(
            int n,
            double[] mask,
            int maskOffset,
            double[] x,
            int xOffset,
            double[] y,
            int yOffset,
            double[] z,
            int zOffset) {
        DOUBLE_CHOICES.select(n, mask, maskOffset, x, xOffset, y, yOffset, z, zOffset);
    }

    /** 1 where x == y, else 0, of floats. */
    public static void equal(int n, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset) {
        FLOAT_CHOICES.equal(n, x, xOffset, y, yOffset, z, zOffset);
    }

    /** 1 where x != y, else 0, of floats. */
    public static void notEqual(int n, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset) {
        FLOAT_CHOICES.notEqual(n, x, xOffset, y, yOffset, z, zOffset);
    }

    /** 1 where x &lt; y, else 0, of floats. */
    public static void less(int n, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset) {
        FLOAT_CHOICES.less(n, x, xOffset, y, yOffset, z, zOffset);
    }

    /** 1 where x &lt;= y, else 0, of floats. */
    public static void lessOrEqual(int n, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset) {
        FLOAT_CHOICES.lessOrEqual(n, x, xOffset, y, yOffset, z, zOffset);
    }

    /** 1 where x &gt; y, else 0, of floats. */
    public static void greater(int n, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset) {
        FLOAT_CHOICES.less(n, y, yOffset, x, xOffset, z, zOffset);
    }

    /** 1 where x &gt;= y, else 0, of floats. */
    public static void greaterOrEqual(int n, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset) {
        FLOAT_CHOICES.lessOrEqual(n, y, yOffset, x, xOffset, z, zOffset);
    }

    /** x where the mask is not 0, else y, of floats. */
    public static void select(
            int n,
            float[] mask,
            int maskOffset,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            float[] z,
            int zOffset) {
        FLOAT_CHOICES.select(n, mask, maskOffset, x, xOffset, y, yOffset, z, zOffset);
    }

    /** The sum of the elements. */
    public static double sum(int n, double[] x, int xOffset) {
        return DOUBLE_REDUCTIONS.sum(n, x, xOffset);
    }

    /** The sum of products. */
    public static double dot(int n, double[] x, int xOffset, double[] y, int yOffset) {
        return DOUBLE_REDUCTIONS.dot(n, x, xOffset, y, yOffset);
    }

    /** The greatest element; NaN if one is NaN, minus infinity if there is none. */
    public static double max(int n, double[] x, int xOffset) {
        return DOUBLE_REDUCTIONS.max(n, x, xOffset);
    }

    /** The least element; NaN if one is NaN, infinity if there is none. */
    public static double min(int n, double[] x, int xOffset) {
        return DOUBLE_REDUCTIONS.min(n, x, xOffset);
    }

    /** The sum of the elements, of floats. */
    public static float sum(int n, float[] x, int xOffset) {
        return FLOAT_REDUCTIONS.sum(n, x, xOffset);
    }

    /** The sum of products, of floats. */
    public static float dot(int n, float[] x, int xOffset, float[] y, int yOffset) {
        return FLOAT_REDUCTIONS.dot(n, x, xOffset, y, yOffset);
    }

    /** The greatest element, of floats; NaN if one is NaN, minus infinity if there is none. */
    public static float max(int n, float[] x, int xOffset) {
        return FLOAT_REDUCTIONS.max(n, x, xOffset);
    }

    /** The least element, of floats; NaN if one is NaN, infinity if there is none. */
    public static float min(int n, float[] x, int xOffset) {
        return FLOAT_REDUCTIONS.min(n, x, xOffset);
    }
}
