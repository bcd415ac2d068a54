package dev.gradc.samples.benchmarks.run;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One measurement.
 *
 * @param workload the workload's id
 * @param library the column it belongs to
 * @param microseconds the mean time of an evaluation, in the fastest round
 * @param error half the width of the 99.9 % confidence interval of that, in microseconds; null where it is not known
 * @param bytes what an evaluation allocates on the Java heap in the last iteration; null where it is not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Row(String workload, String library, double microseconds, Double error, Double bytes) {
    /** This row or {@code other}, whichever took less: what else the machine does only ever adds. */
    Row faster(Row other) {
        return microseconds <= other.microseconds ? this : other;
    }
}
