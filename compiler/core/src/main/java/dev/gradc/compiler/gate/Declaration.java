package dev.gradc.compiler.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A pointwise gate under way: what it is said to be, see {@link Pointwise} for what that means. */
final class Declaration {
    final String name;
    final int arity;
    final Pointwise.Signature signature;
    final List<Pointwise.Partial> partials = new ArrayList<>();
    final List<Pointwise.Range> domains = new ArrayList<>();
    final List<Integer> trends = new ArrayList<>();
    Formula formula;
    ToDoubleFunction<double[]> value;
    JavaForm java;
    boolean commutative;
    boolean cheap;
    boolean function;
    boolean linear;
    Flow flow;
    String block;
    Pointwise.Pair blockWith;
    String blockFold;
    String choice;
    boolean lanes;
    String vector;
    int operations = 1;

    Declaration(String name, int arity, Pointwise.Signature signature) {
        this.name = name;
        this.arity = arity;
        this.signature = signature;
    }

    Declaration value(ToDoubleFunction<double[]> meaning) {
        this.value = meaning;
        return this;
    }

    Declaration java(JavaForm form) {
        this.java = form;
        return this;
    }

    /** The local gradient by the next input. */
    Declaration partial(Pointwise.Partial partial) {
        partials.add(partial);
        return this;
    }

    /** Where tests sample the next input; the last one stands for the rest. */
    Declaration domain(double low, double high) {
        domains.add(new Pointwise.Range(low, high));
        return this;
    }

    /** The runtime computes blocks of it by {@code method}. */
    Declaration block(String method) {
        this.block = method;
        return this;
    }

    /** The runtime computes blocks of it and of the gate named {@code other} by {@code method}. */
    Declaration blockWith(String other, String method) {
        this.blockWith = new Pointwise.Pair(other, method);
        return this;
    }

    /** The runtime combines the elements of a block by {@code method}. */
    Declaration blockFold(String method) {
        this.blockFold = method;
        return this;
    }

    /** HotSpot computes vectors of it, which are written as {@code vector} is. */
    Declaration lanes(String vector) {
        this.lanes = true;
        return vector(vector);
    }

    /** How it is written with vectors, see {@link Pointwise#vector()}. */
    Declaration vector(String form) {
        this.vector = form;
        return this;
    }

    /** The runtime computes blocks of it by {@code method}, which is worth a call only between gates with lanes. */
    Declaration choice(String method) {
        this.choice = method;
        return this;
    }

    Declaration commutative() {
        this.commutative = true;
        return this;
    }

    /** A call that costs about an arithmetic operation. */
    Declaration cheap() {
        this.cheap = true;
        return this;
    }

    /** Linear in each input: zero where an input is the zero of a branch not taken, or the other inputs alone. */
    Declaration linear() {
        this.linear = true;
        return this;
    }

    /** It never falls as the next input rises. */
    Declaration rising() {
        trends.add(1);
        return this;
    }

    /** It never rises as the next input does. */
    Declaration falling() {
        trends.add(-1);
        return this;
    }

    /** The language has it as a function of its own name. */
    Declaration function() {
        this.function = true;
        return this;
    }

    /** How many operations the formula takes that it is one gate for. */
    Declaration standsFor(int count) {
        this.operations = count;
        return this;
    }

    /** What it does to the gradient on its way back. */
    Declaration flow(Flow pattern) {
        this.flow = pattern;
        return this;
    }

    /** What the reference says: the output, and a gradient for each differentiable input. */
    Declaration formula(String output, String... gradients) {
        this.formula = Formula.of(output, gradients);
        return this;
    }

    /** Where the formulas hold. */
    Declaration where(String condition) {
        this.formula = formula.where(condition);
        return this;
    }

    /** Conventions at kinks, and what else the reference says. */
    Declaration note(String text) {
        this.formula = formula.note(text);
        return this;
    }

    Pointwise define() {
        if (domains.isEmpty()) {
            domain(-2, 2);
        }
        return new Pointwise(this);
    }
}
