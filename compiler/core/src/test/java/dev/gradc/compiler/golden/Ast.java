package dev.gradc.compiler.golden;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An expression of the NumPy subset. */
sealed interface Ast {

    record Num(String text) implements Ast {}

    record Str(String text) implements Ast {}

    record Name(String text) implements Ast {}

    /** {@code [a, b]} or {@code (a, b)}. */
    record Items(List<Ast> elements) implements Ast {}

    record Negated(Ast operand) implements Ast {}

    record Binary(String operator, Ast left, Ast right) implements Ast {}

    record Transposed(Ast operand) implements Ast {}

    record Call(String function, List<Ast> arguments, Map<String, Ast> named) implements Ast {}

    record Index(Ast target, List<Subscript> subscripts) implements Ast {}

    /** One place between the brackets of {@link Index}. */
    sealed interface Subscript {}

    record At(Ast position) implements Subscript {}

    record Slice(Optional<Ast> low, Optional<Ast> high, Optional<Ast> step) implements Subscript {}

    /** {@code None}: an axis of extent 1. */
    record NewAxis() implements Subscript {}

    /** {@code names = value}; no name in front of a program's result. */
    record Statement(List<String> names, Ast value) {}
}
