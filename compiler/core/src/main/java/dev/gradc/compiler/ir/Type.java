package dev.gradc.compiler.ir;

/** Element type and shape. */
public record Type(ElementType element, Shape shape) {

    /** A real tensor. */
    public static Type real(Shape shape) {
        return new Type(ElementType.REAL, shape);
    }

    /** As in a model: {@code real[N, D]}. */
    @Override
    public String toString() {
        return shape.isScalar() ? element.toString() : element + shape.toString();
    }
}
