package dev.gradc.compiler.check;

import dev.gradc.compiler.source.Span;
import dev.gradc.runtime.GradientChecker.Report;

/**
 * A gate whose adjoint is not what differences of that gate alone give, at some point.
 *
 * @param span the statement of the model that the gate is in
 * @param definition the name that the statement defines
 * @param gate what the gate is
 * @param input which of its inputs the gradient is of, from 0
 * @param report the worst element; a kink, or a fault
 */
public record GateFault(Span span, String definition, String gate, int input, Report report) {}
