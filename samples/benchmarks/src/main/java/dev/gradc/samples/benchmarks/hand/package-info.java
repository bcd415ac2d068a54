/**
 * The workloads written by hand, derivatives included. Networks are made of {@link
 * dev.gradc.samples.benchmarks.hand.Matrix products} whose innermost loop has unit stride and no reduction, which the
 * virtual machine vectorises.
 */
package dev.gradc.samples.benchmarks.hand;
