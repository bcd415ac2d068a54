package dev.gradc.compiler.schedule;

import dev.gradc.compiler.ir.Node;

/** Zeros in all the memory of {@code node}, before the statements that store its parts. */
public record Fill(Node node) implements Item {}
