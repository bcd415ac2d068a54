package dev.gradc.compiler.random;

import dev.gradc.compiler.run.Tensor;
import java.util.function.ToDoubleFunction;

/** Tensors by the indices of their elements. */
final class Elements {

    private Elements() {}

    /** The tensor whose element at each index is what {@code element} gives. */
    static Tensor fill(int[] shape, ToDoubleFunction<int[]> element) {
        int size = 1;
        for (int extent : shape) {
            size *= extent;
        }
        double[] values = new double[size];
        for (int flat = 0; flat < size; flat++) {
            values[flat] = element.applyAsDouble(index(shape, flat));
        }
        return new Tensor(values, shape);
    }

    static int[] index(int[] shape, int flat) {
        int[] index = new int[shape.length];
        int rest = flat;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            index[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return index;
    }

    /** The element at {@code index}; fails outside of the tensor. */
    static double at(Tensor tensor, int... index) {
        int flat = 0;
        for (int axis = 0; axis < index.length; axis++) {
            if (index[axis] < 0 || index[axis] >= tensor.shape()[axis]) {
                throw new IndexOutOfBoundsException("axis " + axis);
            }
            flat = flat * tensor.shape()[axis] + index[axis];
        }
        return tensor.values()[flat];
    }

    /** {@code index} with {@code position} put in at {@code axis}. */
    static int[] inserted(int[] index, int axis, int position) {
        int[] longer = new int[index.length + 1];
        for (int i = 0; i < longer.length; i++) {
            longer[i] = i < axis ? index[i] : i == axis ? position : index[i - 1];
        }
        return longer;
    }

    /** {@code index} with the one at {@code axis} replaced. */
    static int[] replaced(int[] index, int axis, int position) {
        int[] other = index.clone();
        other[axis] = position;
        return other;
    }
}
