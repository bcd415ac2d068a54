package dev.gradc.runtime;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Chooses how matrix products and functions of blocks are computed: with the module jdk.incubator.vector where the JVM was started with it. */
final class ProductImplementations {

    static final String MODULE = "jdk.incubator.vector";

    /** Whether the JVM has the module. */
    static final boolean VECTORS = ModuleLayer.boot().findModule(MODULE).isPresent();

    static {
        if (!VECTORS) {
            Logger logger = System.getLogger(MatrixProduct.class.getName());
            logger.log(Level.DEBUG, "matrix products run in plain loops; java --add-modules " + MODULE + " is faster");
        }
    }

    private ProductImplementations() {}

    static DoubleProducts doubles() {
        return VECTORS ? load("VectorDoubleProducts", DoubleProducts.class) : new PortableDoubleProducts();
    }

    static FloatProducts floats() {
        return VECTORS ? load("VectorFloatProducts", FloatProducts.class) : new PortableFloatProducts();
    }

    static DoubleFunctions doubleFunctions() {
        return VECTORS ? load("VectorDoubleFunctions", DoubleFunctions.class) : new PortableDoubleFunctions();
    }

    static FloatFunctions floatFunctions() {
        return VECTORS ? load("VectorFloatFunctions", FloatFunctions.class) : new PortableFloatFunctions();
    }

    static DoubleReductions doubleReductions() {
        return VECTORS ? load("VectorDoubleReductions", DoubleReductions.class) : new PortableDoubleReductions();
    }

    static FloatReductions floatReductions() {
        return VECTORS ? load("VectorFloatReductions", FloatReductions.class) : new PortableFloatReductions();
    }

    static DoubleMoves doubleMoves() {
        return VECTORS ? load("VectorDoubleMoves", DoubleMoves.class) : new PortableDoubleMoves();
    }

    static FloatMoves floatMoves() {
        return VECTORS ? load("VectorFloatMoves", FloatMoves.class) : new PortableFloatMoves();
    }

    static DoubleChoices doubleChoices() {
        return VECTORS ? load("VectorDoubleChoices", DoubleChoices.class) : new PortableDoubleChoices();
    }

    static FloatChoices floatChoices() {
        return VECTORS ? load("VectorFloatChoices", FloatChoices.class) : new PortableFloatChoices();
    }

    /** By name, so that nothing here needs the module. */
    private static <T> T load(String name, Class<T> type) {
        try {
            Class<?> found = Class.forName(ProductImplementations.class.getPackageName() + "." + name);
            return type.cast(found.getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot load " + name, e);
        }
    }
}
