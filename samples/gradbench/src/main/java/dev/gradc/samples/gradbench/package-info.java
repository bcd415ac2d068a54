/** The evals of GradBench, a benchmark of automatic differentiation, as models and a tool that speaks its protocol. */
package dev.gradc.samples.gradbench;
