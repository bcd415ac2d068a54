package dev.gradc.compiler.schedule;

/** A part of a program: a statement, a loop of items, a call of a runtime kernel, or a recurrence. */
public sealed interface Item permits KernelCall, Loop, Recurrence, Statement {}
