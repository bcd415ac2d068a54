/** Threads: independent work at the same time, and a deep stack. */
package dev.gradc.compiler.concurrent;
