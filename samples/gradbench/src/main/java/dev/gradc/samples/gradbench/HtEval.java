package dev.gradc.samples.gradbench;

import dev.gradc.runtime.DoubleSparseMatrix;
import java.util.Map;
import java.util.function.Function;

/** Eval {@code ht}: how far points are from the surface of a hand, and the Jacobian by the hand's pose. */
final class HtEval {

    static final Map<String, Function<Input, Evaluation<?>>> FUNCTIONS =
            Map.of("objective", HtEval::objective, "jacobian", HtEval::jacobian);

    /** The model for one input: points correspond to vertices, or to places in triangles. */
    private interface Tracking {

        double[] residuals();

        DoubleSparseMatrix jacobian();
    }

    private HtEval() {}

    private static Evaluation<double[]> objective(Input input) {
        return Evaluation.of(tracking(input)::residuals);
    }

    /** A row has no zeros but by chance: in the columns of the point's own place, if any, then in those of the pose. */
    private static Evaluation<DoubleSparseMatrix> jacobian(Input input) {
        return new Evaluation<>(
                tracking(input)::jacobian,
                jacobian -> Tensor.rows(jacobian.values(), jacobian.pattern().rowPointers()[1]));
    }

    private static Tracking tracking(Input input) {
        Hand hand = Hand.of(input.object("data").object("model"));
        double[] points = input.object("data").tensor("points", 2).values();
        int[] corresponding = input.object("data").integers("correspondences", 1);
        double[] theta = input.vector("theta");
        double[] places = input.tensor("us", input.isEmpty("us") ? 1 : 2).values();
        return places.length == 0
                ? new OfVertices(
                        new HandTracking(corresponding.length, hand.vertices()), hand, points, corresponding, theta)
                : new InTriangles(
                        new HandTrackingInTriangles(corresponding.length, hand.vertices(), hand.triangles().length / 3),
                        hand,
                        points,
                        corresponding,
                        places,
                        theta);
    }

    private record OfVertices(HandTracking model, Hand hand, double[] points, int[] vertex, double[] theta)
            implements Tracking {

        @Override
        public double[] residuals() {
            model.forward(hand.relative(), hand.inverse(), hand.rest(), hand.skin(), points, vertex, theta);
            return model.residuals();
        }

        @Override
        public DoubleSparseMatrix jacobian() {
            return model.sparseJacobian(
                    hand.relative(), hand.inverse(), hand.rest(), hand.skin(), points, vertex, theta);
        }
    }

    private record InTriangles(
            HandTrackingInTriangles model, Hand hand, double[] points, int[] triangle, double[] places, double[] theta)
            implements Tracking {

        @Override
        public double[] residuals() {
            model.forward(
                    hand.relative(),
                    hand.inverse(),
                    hand.rest(),
                    hand.skin(),
                    hand.triangles(),
                    points,
                    triangle,
                    places,
                    theta);
            return model.residuals();
        }

        @Override
        public DoubleSparseMatrix jacobian() {
            return model.sparseJacobian(
                    hand.relative(),
                    hand.inverse(),
                    hand.rest(),
                    hand.skin(),
                    hand.triangles(),
                    points,
                    triangle,
                    places,
                    theta);
        }
    }
}
