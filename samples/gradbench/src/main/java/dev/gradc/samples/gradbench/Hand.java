package dev.gradc.samples.gradbench;

import java.util.Arrays;

/**
 * The hand of eval {@code ht}, as its models take it.
 *
 * @param relative where each of the 22 bones is in its parent at rest, [22, 4, 4]
 * @param inverse from the hand's coordinates at rest to those of each bone, [22, 4, 4]
 * @param rest the vertices at rest, [V, 4]
 * @param skin how much each vertex follows each bone, [V, 22]
 * @param triangles three vertices each, [T, 3]
 */
record Hand(double[] relative, double[] inverse, double[] rest, double[] skin, int[] triangles) {

    /** Each bone's parent: those of a finger follow one another, its first and the forearm hang on the wrist. */
    private static final int[] PARENTS = {-1, 0, 1, 2, 3, 0, 5, 6, 7, 0, 9, 10, 11, 0, 13, 14, 15, 0, 17, 18, 19, 0};

    static Hand of(Input model) {
        int[] parents = model.integers("parents", 1);
        if (!Arrays.equals(parents, PARENTS)) {
            throw new IllegalArgumentException("`parents` are not those of the hand that the models know, "
                    + Arrays.toString(PARENTS) + ": " + Arrays.toString(parents));
        }
        double[] relative = model.tensor("base_relatives", 3).values();
        if (model.flag("is_mirrored")) {
            mirror(relative);
        }
        return new Hand(
                relative,
                model.tensor("inverse_base_absolutes", 3).values(),
                model.tensor("base_positions", 2).values(),
                model.tensor("weights", 2).values(),
                model.integers("triangles", 2));
    }

    int vertices() {
        return rest.length / 4;
    }

    /** The other hand: the wrist, on which all hangs, with its first coordinate negated. */
    private static void mirror(double[] relative) {
        for (int i = 0; i < 4; i++) {
            relative[i] = -relative[i];
        }
    }
}
