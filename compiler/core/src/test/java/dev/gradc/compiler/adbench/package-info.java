/** Instances of the objectives of Microsoft's ADBench, with reference values, for {@code AdBenchTest}. */
package dev.gradc.compiler.adbench;
