package dev.gradc.compiler.explain;

/**
 * A formula for a named value; for a recurrence, all of the loop.
 *
 * @param name the value, or the values that the loop gives
 * @param type its type, as in a model
 * @param text in the notation of the language, on several lines for a loop
 * @param latex rows of LaTeX's environment {@code align*}, without what stands between rows
 */
public record Equation(String name, String type, String text, String latex) {}
