package dev.gradc.compiler.ir;

/** Element type and shape. */
public record Type(ElementType element, Shape shape) {

    /** A real tensor. */
    public static Type real(Shape shape) {
        return new Type(ElementType.REAL, shape);
    }

    /** Written out, since the record's own is slow until C2 has compiled it. */
    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Type type && element == type.element && shape.equals(type.shape));
    }

    @Override
    public int hashCode() {
        return 31 * element.name().hashCode() + shape.hashCode();
    }

    /** As in a model: {@code real[N, D]}. */
    @Override
    public String toString() {
        return shape.isScalar() ? element.toString() : element + shape.toString();
    }
}
