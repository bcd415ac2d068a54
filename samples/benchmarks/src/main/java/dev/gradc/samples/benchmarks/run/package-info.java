/** Checks that all libraries agree, measures them with JMH, and reports: a table, and JSON. */
package dev.gradc.samples.benchmarks.run;
