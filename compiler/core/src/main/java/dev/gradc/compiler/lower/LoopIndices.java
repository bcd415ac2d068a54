package dev.gradc.compiler.lower;

import dev.gradc.compiler.diagnostic.Diagnostic;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.source.Span;
import dev.gradc.compiler.syntax.Identifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The indices of index notation: what they run over, as written or as the subscripts imply it, and the proof that no
 * subscript leaves its array. A proof waits until all indices in it are known.
 */
final class LoopIndices {

    /** {@code position} must be within 0..extent-1. */
    private record Subscript(Dim position, Dim extent, int axis, Span span) {}

    /** Something to be checked when all {@code symbols} are known; a problem where it does not hold. */
    private record Check(Set<String> symbols, Supplier<Optional<Diagnostic>> holds) {}

    private final Map<String, LoopIndex> bySymbol = new LinkedHashMap<>();
    private final List<Subscript> subscripts = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private final Function<Diagnostic, Unresolved> reporter;

    LoopIndices(Function<Diagnostic, Unresolved> reporter) {
        this.reporter = reporter;
    }

    /** Opens an index over {@code low} and the {@code extent - 1} numbers behind it; inferred where there is none. */
    LoopIndex open(Identifier name, int nodes, Dim low, Optional<Dim> extent) {
        LoopIndex index = new LoopIndex(name, bySymbol.size(), nodes, low, extent);
        bySymbol.put(index.symbol(), index);
        return index;
    }

    /** Whether a binder of an index of this name has ended before {@code reference}, in the same statement. */
    boolean hasEndedBefore(Identifier reference) {
        Span behind = reference.span();
        return bySymbol.values().stream()
                .map(LoopIndex::name)
                .filter(name -> name.text().equals(reference.text()))
                .map(Identifier::span)
                .anyMatch(span -> span.file().equals(behind.file())
                        && span.end() <= behind.start()
                        && !span.to(behind).text().contains(";"));
    }

    /** A use of {@code position} along an axis of {@code extent}: gives an index its extent, and is to be proved. */
    void subscript(Dim position, Dim extent, int axis, Span span) {
        LoopIndex bare = position.isSymbol() ? bySymbol.get(position.symbols().first()) : null;
        if (bare != null && !bare.isBound()) {
            bare.bind(extent, span);
        } else if (bare != null && bare.low().equals(Dim.ZERO) && !bare.extent().equals(extent)) {
            boolean isShorter = extent.isAtLeast(bare.extent());
            if (!isShorter || !isWritten(bare)) {
                throw reporter.apply(IndexDiagnostics.twoExtents(
                        bare.name().text(), bare.extent(), bare.extentSpan(), extent, span));
            }
        }
        subscripts.add(new Subscript(position, extent, axis, span));
        Subscript added = subscripts.get(subscripts.size() - 1);
        require(position.symbols(), () -> prove(added));
    }

    private static boolean isWritten(LoopIndex index) {
        return index.extentSpan().equals(index.name().span());
    }

    /** Has {@code holds} checked as soon as the indices among {@code symbols} are known. */
    void require(Set<String> symbols, Supplier<Optional<Diagnostic>> holds) {
        checks.add(new Check(symbols, holds));
        settle();
    }

    /** Closes {@code indices}: all get their extents, and what depends on them alone is proved. */
    void close(List<LoopIndex> indices) {
        for (LoopIndex index : indices) {
            if (!index.isBound()) {
                infer(index);
            }
        }
        settle();
    }

    private void settle() {
        List<Check> ready = checks.stream()
                .filter(check -> check.symbols().stream().allMatch(this::isKnown))
                .toList();
        checks.removeAll(ready);
        for (Check check : ready) {
            Optional<Diagnostic> problem = check.holds().get();
            if (problem.isPresent()) {
                throw reporter.apply(problem.get());
            }
        }
    }

    private boolean isKnown(String symbol) {
        LoopIndex index = bySymbol.get(symbol);
        return index == null || index.isBound();
    }

    /** The largest extent for which no subscript leaves its array. */
    private void infer(LoopIndex index) {
        for (Subscript subscript : subscripts) {
            Dim position = subscript.position();
            if (position.degreeIn(index.symbol()) != 1) {
                continue;
            }
            Dim step = position.coefficientOf(index.symbol());
            Optional<Dim> rest = bound(position.substitute(index.symbol(), Dim.ZERO), true);
            Optional<Dim> last = rest.map(r -> subscript.extent().minus(Dim.ONE).minus(r));
            Optional<Dim> extent = last.flatMap(l -> quotient(l, step)).map(q -> q.plus(Dim.ONE));
            if (extent.isPresent()) {
                index.bind(extent.get(), subscript.span());
                return;
            }
        }
        throw reporter.apply(
                IndexDiagnostics.extentUnknown(index.name().text(), index.name().span()));
    }

    private static Optional<Dim> quotient(Dim dividend, Dim divisor) {
        OptionalLong step = divisor.constant();
        if (step.isEmpty() || step.getAsLong() < 1) {
            return Optional.empty();
        }
        Dim exact = dividend.dividedBy(step.getAsLong());
        if (exact.floor().isPresent()) {
            return Optional.of(Dim.of(exact.floor().getAsLong()));
        }
        return step.getAsLong() == 1 ? Optional.of(exact) : Optional.empty();
    }

    private Optional<Diagnostic> prove(Subscript subscript) {
        Dim last = subscript.extent().minus(Dim.ONE);
        boolean stays = bound(subscript.position(), false)
                        .map(low -> low.isAtLeast(Dim.ZERO))
                        .orElse(false)
                && bound(subscript.position(), true).map(last::isAtLeast).orElse(false);
        return stays
                ? Optional.empty()
                : Optional.of(IndexDiagnostics.subscriptOutOfRange(
                        LoopIndex.text(subscript.position()),
                        subscript.extent(),
                        subscript.axis(),
                        describe(subscript.position()),
                        subscript.span()));
    }

    /** The indices in {@code position} with their ranges. */
    private String describe(Dim position) {
        List<String> ranges = new ArrayList<>();
        for (String symbol : position.symbols()) {
            LoopIndex index = bySymbol.get(symbol);
            if (index != null) {
                ranges.add(index.name().text() + " in " + index.low() + ".." + index.high());
            }
        }
        return String.join(", ", ranges);
    }

    /** The largest or smallest value of {@code dim} over all its indices; empty where it cannot be told. */
    Optional<Dim> bound(Dim dim, boolean largest) {
        Dim result = dim;
        for (String symbol : dim.symbols()) {
            LoopIndex index = bySymbol.get(symbol);
            if (index == null) {
                continue;
            }
            if (!index.isBound() || result.degreeIn(symbol) > 1) {
                return Optional.empty();
            }
            Dim factor = result.coefficientOf(symbol);
            boolean rises = factor.isAtLeast(Dim.ZERO);
            if (!rises && !Dim.ZERO.isAtLeast(factor)) {
                return Optional.empty();
            }
            result = result.substitute(symbol, rises == largest ? index.high() : index.low());
        }
        return Optional.of(result);
    }
}
