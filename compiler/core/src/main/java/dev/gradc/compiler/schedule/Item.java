package dev.gradc.compiler.schedule;

/** A part of a program: a statement, a loop of items, or a call of a runtime kernel. */
public sealed interface Item permits KernelCall, Loop, Statement {}
