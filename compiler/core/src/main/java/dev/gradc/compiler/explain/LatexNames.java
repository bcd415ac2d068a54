package dev.gradc.compiler.explain;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Names in LaTeX's mathematics: Greek letters by their commands, longer words upright enough to be read as one. */
final class LatexNames {

    private static final List<String> COMMANDS = List.of(
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "zeta",
            "eta",
            "theta",
            "iota",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "omicron",
            "pi",
            "rho",
            "varsigma",
            "sigma",
            "tau",
            "upsilon",
            "phi",
            "chi",
            "psi",
            "omega");

    private static final Map<Integer, String> GREEK = new HashMap<>();

    static {
        for (int i = 0; i < COMMANDS.size(); i++) {
            String lower = COMMANDS.get(i);
            GREEK.put((int) 'α' + i, lower.equals("omicron") ? "o" : "\\" + lower);
        }
        for (String upper : List.of(
                "ΓGamma",
                "ΔDelta",
                "ΘTheta",
                "ΛLambda",
                "ΞXi",
                "ΠPi",
                "ΣSigma",
                "ΥUpsilon",
                "ΦPhi",
                "ΨPsi",
                "ΩOmega")) {
            GREEK.put(upper.codePointAt(0), "\\" + upper.substring(1));
        }
        for (String latin : List.of("ΑA", "ΒB", "ΕE", "ΖZ", "ΗH", "ΙI", "ΚK", "ΜM", "ΝN", "ΟO", "ΡP", "ΤT", "ΧX")) {
            GREEK.put(latin.codePointAt(0), latin.substring(1));
        }
        GREEK.put((int) 'ϕ', "\\varphi");
        GREEK.put((int) 'ϵ', "\\varepsilon");
    }

    private LatexNames() {}

    /** {@code name} as one symbol. */
    static String of(String name) {
        if (name.endsWith("'")) {
            return of(name.substring(0, name.length() - 1)) + "'";
        }
        String letters = name.codePoints().mapToObj(LatexNames::letter).collect(Collectors.joining());
        boolean isOne = name.codePointCount(0, name.length()) == 1;
        return isOne ? letters.strip() : "\\mathit{" + letters.strip() + "}";
    }

    private static String letter(int point) {
        if (point == '_') {
            return "\\_";
        }
        String greek = GREEK.get(point);
        if (greek != null) {
            return greek.startsWith("\\") ? greek + " " : greek;
        }
        String text = Character.toString(point);
        return point < 128 ? text : "\\text{" + text + "}";
    }
}
