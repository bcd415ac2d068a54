/**
 * Benchmarks of generated code against peers. A {@link dev.gradc.samples.benchmarks.Workload} is a model with its data; a
 * {@link dev.gradc.samples.benchmarks.Library} is one way to compute workloads. Package {@code hand} holds them written by
 * hand, package {@code run} checks, measures and reports; what needs other people's libraries is in {@code src/peers}.
 */
package dev.gradc.samples.benchmarks;
