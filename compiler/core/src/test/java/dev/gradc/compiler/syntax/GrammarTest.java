package dev.gradc.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.diagnostic.DiagnosticRenderer;
import dev.gradc.compiler.diagnostic.Diagnostics;
import dev.gradc.compiler.source.SourceFile;
import dev.gradc.grammar.GradLexer;
import dev.gradc.grammar.GradParser;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.atn.ATNConfigSet;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.dfa.DFA;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the parser reads, how operators bind, and what it does with hostile text. */
class GrammarTest {

    /** Every construct of the language at least once. */
    private static final String EVERYTHING = """
            package com.acme.models;
            import gradc.nn.*;
            import gradc.nn.softmax;
            precision f64;
            /// the speed of light
            const c = 2.998e8;
            fn huber(r, delta = 1) = if abs(r) <= delta then 0.5 * r^2 else delta * (abs(r) - 0.5 * delta);
            fn softmax(x, axis = -1) { let m = max(x, axis); let e = exp(x - m); e / sum(e) }
            gate clip(x, y) { forward max(x, y); backward(g) g, 0; }
            /// A model
            /// of two lines.
            model Everything(N, D, H = 100, K = 2*H + 1) {
              precision f32;
              input X : real[N, D];  input y : int[N] in 0..H-1;  input mask : bool[N];
              param W1, W2 : real[D, D*(D+1)/2];  param σ_0 : real;
              const reg = 1_000.5e-3;
              let hidden = relu(X @ W1' + .5);
              let C[i, j] = sum[k] X[i, k] * W1[j, k];
              let s = sum[i, k in 1..K-1] X[i, k] * 2 + max[i] X[i, 0];
              let t = -x^2 ^ -y'' + a[0, 1:n, :, ::2, i+1][2] - f(x)[0]';
              let u = !mask && (N > 3 || a == b) || a != b;
              let v = if a < b then if c then 1 else 2 else [1, 2, [3, 4]];
              scan t in 0..N-1 with h = h0, q = 0 checkpoint 10 {
                let z = x[t] @ W1; h' = tanh(z + h); q' = q + 1; collect h; collect r = h * 2;
              }
              output hidden;  output probabilities = softmax(hidden, axis = 1);
              loss = mean(hidden) + logsumexp(s);
              derive gradient, hessian(W1), jacobian sparse(f, x);
            }
            model Small { param forward, loss, collect : real; loss = forward * loss; }
            """;

    private static Module parse(String text) {
        Diagnostics diagnostics = new Diagnostics();
        Module module = dev.gradc.compiler.syntax.Parser.parse(new SourceFile("test.grad", text), diagnostics);
        assertThat(diagnostics.list().stream().map(DiagnosticRenderer::render).collect(Collectors.joining("\n")))
                .isEmpty();
        return module;
    }

    @Test
    void readsEveryConstruct() {
        Module module = parse(EVERYTHING);
        assertThat(module.packageName().orElseThrow()).hasToString("com.acme.models");
        assertThat(module.declarations()).hasSize(7);
        Declaration.Model model = (Declaration.Model) module.declarations().get(5);
        assertThat(model.documentation()).contains("A model\nof two lines.");
        assertThat(model.body()).hasSize(18);
        Statement.Scan scan = (Statement.Scan) model.body().get(13);
        assertThat(scan.states()).hasSize(2);
        assertThat(scan.steps()).hasSize(5);
    }

    @Test
    void noConstructIsAmbiguous() {
        GradParser parser = new GradParser(new CommonTokenStream(new GradLexer(CharStreams.fromString(EVERYTHING))));
        List<String> reports = new ArrayList<>();
        parser.removeErrorListeners();
        parser.addErrorListener(new BaseErrorListener() {
            @Override
            public void syntaxError(
                    Recognizer<?, ?> recognizer,
                    Object token,
                    int line,
                    int column,
                    String text,
                    RecognitionException e) {
                reports.add(line + ":" + column + " " + text);
            }

            @Override
            public void reportAmbiguity(
                    Parser p, DFA dfa, int start, int stop, boolean exact, BitSet alternatives, ATNConfigSet configs) {
                reports.add("ambiguous: "
                        + p.getTokenStream().getText(p.getContext().getSourceInterval()));
            }
        });
        parser.getInterpreter().setPredictionMode(PredictionMode.LL_EXACT_AMBIG_DETECTION);
        parser.file();
        assertThat(reports).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            -x^2 ~ (- (^ x 2))
            2^-3 ~ (^ 2 (- 3))
            a^b^c ~ (^ a (^ b c))
            a - b - c ~ (- (- a b) c)
            a + b * c ~ (+ a (* b c))
            a @ b * c ~ (* (@ a b) c)
            a * b @ c ~ (@ (* a b) c)
            -a * b ~ (* (- a) b)
            a' @ b ~ (@ (' a) b)
            a ^ b' ~ (^ a (' b))
            a < b + 1 && c ~ (&& (< a (+ b 1)) c)
            a || b && c ~ (|| a (&& b c))
            sum[k] a * b + 1 ~ (+ (sum (* a b)) 1)
            2 * sum[k] a * b ~ (* 2 (sum (* a b)))
            a - -sum[k] b ~ (- a (- (sum b)))
            max(a, b) * sum(c) ~ (* (max a b) (sum c))
            if a then b else c + 1 ~ (if a b (+ c 1))
            if a then b else if c then d else e ~ (if a b (if c d e))
            f(x, y = 2)[0] ~ (at (f x 2))
            """)
    void operatorsBind(String text, String expected) {
        Module module = parse("fn side() = " + text.strip() + ";");
        Expr body = ((Declaration.Function) module.declarations().get(0)).body();
        assertThat(show(body)).isEqualTo(expected.strip());
    }

    private static String show(Expr expr) {
        if (expr instanceof Expr.NumberLiteral number) {
            return number.text();
        } else if (expr instanceof Expr.Reference reference) {
            return reference.name().text();
        } else if (expr instanceof Expr.Unary unary) {
            return "(" + unary.operator().symbol() + " " + show(unary.operand()) + ")";
        } else if (expr instanceof Expr.Binary binary) {
            return "(" + binary.operator().symbol() + " " + show(binary.left()) + " " + show(binary.right()) + ")";
        } else if (expr instanceof Expr.Transpose transpose) {
            return "(' " + show(transpose.operand()) + ")";
        } else if (expr instanceof Expr.Conditional c) {
            return "(if " + show(c.condition()) + " " + show(c.then()) + " " + show(c.otherwise()) + ")";
        } else if (expr instanceof Expr.Binder binder) {
            return "(" + binder.reduction() + " " + show(binder.body()) + ")";
        } else if (expr instanceof Expr.Index index) {
            return "(at " + show(index.target()) + ")";
        }
        Expr.Call call = (Expr.Call) expr;
        return "(" + call.function() + " "
                + call.arguments().stream().map(a -> show(a.value())).collect(Collectors.joining(" ")) + ")";
    }

    @Test
    void spansCountUtf16UnitsBehindCharactersOutsideTheBasicPlane() {
        String text = "/* \uD835\uDC65 */ fn f(x) = x + y;";
        Expr body = ((Declaration.Function) parse(text).declarations().get(0)).body();
        assertThat(body.span().text()).isEqualTo("x + y");
        assertThat(body.span().column()).isEqualTo(text.codePointCount(0, text.indexOf("x + y")) + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "-", "!", "2^", "if a then ", "f(", "[", "sum[i] ", "{", "x'", "if ", "((-"})
    void deepNestingIsADiagnosticAndNoCrash(String piece) {
        for (String text : new String[] {"fn f(a) = " + piece.repeat(100_000), piece.repeat(100_000)}) {
            Diagnostics diagnostics = new Diagnostics();
            dev.gradc.compiler.syntax.Parser.parse(new SourceFile("hostile.grad", text), diagnostics);
            assertThat(diagnostics.hasErrors()).isTrue();
            diagnostics
                    .list()
                    .forEach(d -> assertThat(DiagnosticRenderer.render(d)).isNotEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u0000", "\uD835", "\uDC65\uDC65", "model", "model M {", "}", "/*", "\uFEFFx", "fn f(", "\u202E"
            })
    void brokenTextIsADiagnosticAndNoCrash(String text) {
        Diagnostics diagnostics = new Diagnostics();
        dev.gradc.compiler.syntax.Parser.parse(new SourceFile("hostile.grad", text), diagnostics);
        assertThat(diagnostics.hasErrors()).isTrue();
        diagnostics.list().forEach(d -> assertThat(DiagnosticRenderer.render(d)).contains("hostile.grad:1:"));
    }

    @Test
    void emptyTextIsAnEmptyModule() {
        assertThat(parse("").declarations()).isEmpty();
        assertThat(parse("\uFEFF // nothing").declarations()).isEmpty();
    }
}
