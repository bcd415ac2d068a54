package dev.gradc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All implementations that this JVM has, against the triple loop. The build derives the same test for floats, as it does
 * the implementations; so the reference, too, is in the type under test.
 */
class DoubleProductsTest {

    private static final int[] EXTENTS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 16, 17, 24, 25, 33, 40};

    private final Random random = new Random(42);

    static List<DoubleProducts> implementations() {
        return Stream.of(new PortableDoubleProducts(), ProductImplementations.doubles())
                .limit(ProductImplementations.VECTORS ? 2 : 1)
                .toList();
    }

    static List<DoubleProductCase> large() {
        return Stream.of(
                        new int[] {130, 131, 129},
                        new int[] {37, 260, 515},
                        new int[] {100, 300, 257},
                        new int[] {85, 530, 259},
                        new int[] {600, 3, 40},
                        new int[] {3, 600, 40},
                        new int[] {7, 5, 700},
                        new int[] {4, 4, 512},
                        new int[] {5, 9, 2051},
                        new int[] {16, 6, 4100},
                        new int[] {40, 7, 1100},
                        new int[] {512, 70, 9},
                        new int[] {1024, 64, 17},
                        new int[] {64, 784, 100})
                .flatMap(e -> IntStream.range(0, 4).mapToObj(transposes -> of(e[0], e[1], e[2], transposes)))
                .toList();
    }

    private static DoubleProductCase of(int m, int n, int k, int transposes) {
        return new DoubleProductCase(m, n, k, (transposes & 1) != 0, (transposes & 2) != 0);
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void smallProductsAgreeWithTheTripleLoop(DoubleProducts products) {
        for (int m : EXTENTS) {
            for (int n : EXTENTS) {
                for (int k : EXTENTS) {
                    for (int transposes = 0; transposes < 4; transposes++) {
                        of(m, n, k, transposes).fill(random).check(products);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("large")
    void largeProductsAgreeWithTheTripleLoop(DoubleProductCase product) {
        product.fill(random);
        implementations().forEach(product::check);
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void nanAndInfinitiesPropagateAsInTheTripleLoop(DoubleProducts products) {
        double[] special = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int extent : new int[] {3, 5, 9, 18, 33, 45}) {
            for (int transposes = 0; transposes < 4; transposes++) {
                for (double value : special) {
                    DoubleProductCase product =
                            of(extent + 1, extent, extent, transposes).fill(random);
                    product.spoil(random, value);
                    product.check(products);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void vectorProductsAgreeWithTheTripleLoop(DoubleProducts products) {
        int[] extents = IntStream.concat(IntStream.rangeClosed(1, 40), IntStream.of(100, 511, 777))
                .toArray();
        for (int m : extents) {
            for (int k : extents) {
                of(m, 1, k, 0).fill(random).checkVector(products);
                of(m, 1, k, 1).fill(random).checkVector(products);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void theSameOperandsGiveTheSameBitsHoweverOftenAndInWhateverThread(DoubleProducts products) {
        for (DoubleProductCase product : List.of(of(7, 9, 30, 0), of(30, 31, 33, 3), of(9, 1, 67, 0))) {
            product.fill(random);
            double[] first = product.compute(products);
            for (int i = 0; i < 3000; i++) {
                product.compute(products);
            }
            assertThat(product.compute(products)).isEqualTo(first);
            IntStream.range(0, 100)
                    .parallel()
                    .forEach(i -> assertThat(product.compute(products)).isEqualTo(first));
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void nothingIsAllocatedOnceWarm(DoubleProducts products) {
        for (DoubleProductCase product : List.of(of(5, 6, 7, 0), of(40, 37, 41, 3), of(21, 1, 43, 0))) {
            product.fill(random);
            double[] c = product.compute(products);
            long deadline = System.nanoTime() + 30_000_000_000L;
            while (allocated(products, product, c) > 0) {
                if (System.nanoTime() > deadline) {
                    fail(product + " goes on allocating");
                }
            }
        }
    }

    private static long allocated(DoubleProducts products, DoubleProductCase product, double[] c) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 2000; i++) {
            product.compute(products, c);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void theImplementationsAgree() {
        DoubleProductCase product = of(65, 67, 300, 0).fill(random);
        double[] reference = product.compute(implementations().get(0));
        for (DoubleProducts products : implementations()) {
            product.assertNear(product.compute(products), reference);
        }
    }
}
