package dev.gradc.compiler.golden;

import dev.gradc.compiler.run.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an independent system computed of a function's second derivatives.
 *
 * @param function a scalar of one vector; its family names what it is
 * @param direction of the vector's shape
 * @param product the Hessian times {@code direction}
 * @param hessian row-major, where the file has it
 */
public record SecondOrderCase(GoldenCase function, Tensor direction, Tensor product, Optional<Tensor> hessian) {

    /** The diagonal of the Hessian. */
    Optional<Tensor> diagonal() {
        return hessian.map(matrix -> {
            double[] diagonal = new double[matrix.shape()[0]];
            for (int i = 0; i < diagonal.length; i++) {
                diagonal[i] = matrix.values()[i * diagonal.length + i];
            }
            return Tensor.vector(diagonal);
        });
    }

    /** The expected values by the names of the outputs that give them. */
    Map<String, Tensor> expected() {
        Map<String, Tensor> expected = new LinkedHashMap<>();
        expected.put("result", function.output());
        expected.put("the_gradient", function.gradients().values().iterator().next());
        hessian.ifPresent(matrix -> expected.put("the_hessian", matrix));
        diagonal().ifPresent(elements -> expected.put("the_diagonal", elements));
        expected.put("the_product", product);
        return expected;
    }
}
