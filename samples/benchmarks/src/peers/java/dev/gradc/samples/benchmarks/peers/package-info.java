/** Other people's libraries. Maven profile {@code bench} downloads and compiles them. */
package dev.gradc.samples.benchmarks.peers;
