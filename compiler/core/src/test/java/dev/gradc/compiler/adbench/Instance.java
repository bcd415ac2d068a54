package dev.gradc.compiler.adbench;

import dev.gradc.compiler.run.Tensor;
import java.util.Map;

/**
 * One objective on one data file.
 *
 * @param name the data file
 * @param file which model file states the objective
 * @param model its name there
 * @param output what is differentiated
 * @param data inputs and params by name
 * @param values the objective
 * @param jacobian a row for each of the {@code values}, a column for each element of the params in declaration order
 */
public record Instance(
        String name,
        String file,
        String model,
        String output,
        Map<String, Tensor> data,
        double[] values,
        double[][] jacobian) {}
