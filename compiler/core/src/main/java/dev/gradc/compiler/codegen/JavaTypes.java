package dev.gradc.compiler.codegen;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import dev.gradc.compiler.gate.JavaForm;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Precision;

/** How the model's types and numbers are written in Java, for one precision. */
final class JavaTypes {

    private final boolean isSingle;

    JavaTypes(Precision precision) {
        this.isSingle = precision == Precision.F32;
    }

    /** The type of a real. */
    TypeName real() {
        return isSingle ? TypeName.FLOAT : TypeName.DOUBLE;
    }

    /** The type of an element. */
    TypeName element(ElementType element) {
        return switch (element) {
            case REAL -> real();
            case INT -> TypeName.INT;
            case BOOL -> TypeName.BOOLEAN;
        };
    }

    /** The type of one element of {@code node}. */
    TypeName element(Node node) {
        return element(node.type().element());
    }

    /** The type of {@code node}'s value. */
    TypeName type(Node node) {
        TypeName element = element(node);
        return node.shape().isScalar() ? element : ArrayTypeName.of(element);
    }

    /** The interface of a class with a gradient. */
    ClassName model() {
        return ClassName.get("dev.gradc.runtime", isSingle ? "DifferentiableFloatModel" : "DifferentiableModel");
    }

    /** The class of a sparse matrix. */
    ClassName sparseMatrix() {
        return kernels("dev.gradc.runtime.DoubleSparseMatrix");
    }

    /** The class of a kernel that is declared for doubles. */
    ClassName kernels(String owner) {
        return ClassName.bestGuess(isSingle ? owner.replace("Double", "Float") : owner);
    }

    /** The class of vectors of reals. */
    String vector() {
        return JavaText.reference("jdk.incubator.vector." + (isSingle ? "FloatVector" : "DoubleVector"));
    }

    /** {@code owner}, a class of the module of vectors, of reals. */
    String ofReals(String owner) {
        return JavaText.reference("jdk.incubator.vector." + owner) + "<" + (isSingle ? "Float" : "Double") + ">";
    }

    /** A call's value as a real, where the method called gives a double. */
    JavaExpr rounded(JavaForm.Call call, String code) {
        return isSingle && !call.takesFloats()
                ? new JavaExpr("(float) " + code, JavaForm.PREFIX)
                : new JavaExpr(code, JavaForm.PRIMARY);
    }

    /** A constant of {@code element}. */
    JavaExpr literal(double value, ElementType element) {
        int precedence = value < 0 || 1 / value < 0 ? JavaForm.PREFIX : JavaForm.PRIMARY;
        return switch (element) {
            case BOOL -> JavaExpr.primary(Boolean.toString(value != 0));
            case INT -> new JavaExpr(Long.toString((long) value), precedence);
            case REAL -> new JavaExpr(isSingle ? single((float) value) : real(value), precedence);
        };
    }

    private static String real(double value) {
        return Double.isFinite(value) ? Double.toString(value) : named("java.lang.Double", value);
    }

    private static String single(float value) {
        return Float.isFinite(value) ? value + "f" : named("java.lang.Float", value);
    }

    /** A number that has a name in its class but no digits. */
    private static String named(String className, double value) {
        String name = Double.isNaN(value) ? ".NaN" : value > 0 ? ".POSITIVE_INFINITY" : ".NEGATIVE_INFINITY";
        return JavaText.reference(className) + name;
    }
}
