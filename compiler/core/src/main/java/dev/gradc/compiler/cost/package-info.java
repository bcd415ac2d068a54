/** What values cost in memory and in work, and which of them are better stored than computed again. */
package dev.gradc.compiler.cost;
