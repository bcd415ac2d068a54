package dev.gradc.cli;

import dev.gradc.runtime.GradientChecker.Report;
import dev.gradc.runtime.GradientChecker.Verdict;
import java.util.Locale;

/**
 * What was found of one derivative.
 *
 * @param text one line for the user
 * @param verdict of all of it
 */
record Finding(String text, Verdict verdict) {

    /** What {@code report} says of {@code place}; {@code extent} says how much of it was held, where that is not all. */
    static Finding of(String place, Report report, String extent) {
        String verdict = switch (report.verdict()) {
            case AGREES -> "agrees";
            case KINK -> "is between the slopes on both sides of a kink";
            case DISAGREES -> "DISAGREES";
            case NOT_FINITE -> "IS NOT FINITE, or the differences are not";
        };
        String text = String.format(
                Locale.ROOT,
                "%s %s: derivative %s, difference %s, relative error %.1e%s",
                place,
                verdict,
                report.analytic(),
                report.numeric(),
                report.relativeError(),
                extent.isEmpty() ? "" : " (" + extent + ")");
        return new Finding(text, report.verdict());
    }

    /** Whether the derivative may be right. */
    boolean passed() {
        return verdict == Verdict.AGREES || verdict == Verdict.KINK;
    }
}
