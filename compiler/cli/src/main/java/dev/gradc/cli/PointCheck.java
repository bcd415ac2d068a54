package dev.gradc.cli;

import dev.gradc.compiler.Audit;
import dev.gradc.compiler.ModelInfo;
import dev.gradc.compiler.check.GateFault;
import dev.gradc.compiler.run.ModelInstance;
import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.runtime.GradientChecker.Report;
import dev.gradc.runtime.GradientChecker.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Holds every derivative of a model at one point against differences, and names the gates at fault. */
final class PointCheck {

    /** More gates at fault than these are one fault, most likely. */
    private static final int NAMED = 5;

    private final Audit audit;
    private final ModelInstance instance;
    private final DataSet point;
    private final Consumer<String> report;
    private Verdict worst = Verdict.AGREES;

    /** @param report takes a line at a time */
    PointCheck(Audit audit, ModelRunner runner, DataSet point, Consumer<String> report) {
        this.audit = audit;
        this.instance = runner.instance(point.arguments(), point.dims());
        this.point = point;
        this.report = report;
    }

    /** Whether all derivatives may be right. */
    boolean run() {
        ModelInfo model = audit.model().info();
        new GradientCheck(model, instance, point).run(this::accept);
        for (ModelInfo.Derivative derivative : model.derivatives()) {
            accept(new DerivativeCheck(model, derivative, instance, point).run());
        }
        if (worst == Verdict.KINK || worst == Verdict.DISAGREES) {
            nameGates();
        }
        return worst.compareTo(Verdict.KINK) <= 0;
    }

    private void accept(Finding finding) {
        report.accept(finding.text());
        if (finding.verdict().compareTo(worst) > 0) {
            worst = finding.verdict();
        }
    }

    private void nameGates() {
        Map<String, double[]> variables = new LinkedHashMap<>();
        point.arguments().forEach((name, tensor) -> variables.put(name, tensor.values()));
        List<GateFault> faults = audit.faults(instance.dims(), variables);
        faults.stream().limit(NAMED).map(PointCheck::describe).forEach(report);
        boolean isExplained =
                faults.stream().anyMatch(fault -> fault.report().verdict().compareTo(worst) >= 0);
        if (!isExplained) {
            report.accept("each gate by itself agrees: the fault is in how gradc puts them together;"
                    + " please report it, with the model");
        }
    }

    private static String describe(GateFault fault) {
        Report found = fault.report();
        String place = fault.span().file().name() + ":" + fault.span().line() + ": ";
        String gate = "gate " + fault.gate() + " in `" + fault.definition() + "`";
        return found.verdict() == Verdict.KINK
                ? "kink at " + place + gate + ": backward gives " + found.analytic() + ", between both sides' slopes"
                : place + gate + ": backward gives " + found.analytic() + ", differences " + found.numeric();
    }
}
