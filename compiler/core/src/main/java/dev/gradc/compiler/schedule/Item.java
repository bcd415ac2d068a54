package dev.gradc.compiler.schedule;

/** A part of a program: a statement, zeros for a tensor, a loop of items, a call of a runtime kernel, or a recurrence. */
public sealed interface Item permits Fill, KernelCall, Loop, Recurrence, Statement {}
