package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.diagnostic.Diagnostic;
import dev.gradc.compiler.diagnostic.DiagnosticRenderer;
import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.run.Tensor;
import dev.gradc.compiler.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users are told of their mistakes. */
class DiagnosticsTest {

    private static List<Diagnostic> diagnose(String text) {
        return Gradc.compile(List.of(new SourceFile("model.grad", text)), CompilerOptions.defaults())
                .diagnostics();
    }

    @ParameterizedTest(name = "{0} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            GC1001 | a +      | param a : real; let b = a +; loss = a;
            GC1001 | ) *      | param a : real; loss = (a) * ;
            GC1002 | a        | param a : real; let b = a
            GC1004 | (        | param a : real; loss = (a + 1;
            GC1005 | ]        | param a : real; loss = (a + 1];
            GC1003 | $        | param a : real; loss = a $ 1;
            GC1007 | /*       | param a : real; loss = a; /* never ends
            GC1009 | <        | param a : real; loss = if 0 < a < 1 then a else 0;
            GC1010 | 1e999    | param a : real; loss = a * 1e999;
            GC1011 | model    | param model : real; loss = model;
            GC2001 | b        | param a : real; loss = b;
            GC2002 | ecp      | param a : real; loss = ecp(a);
            GC2003 | x        | param x : real[3]; param y : real[4]; loss = sum(x + y);
            GC2003 | x        | param x : real[N]; param y : real[M]; loss = sum(x * y);
            GC2004 | x        | param x : real[2, 3]; param y : real[2]; loss = sum(x @ y);
            GC2005 | x        | param x : real; let x = 1; loss = x;
            GC2006 | a        | param x : real; let a = b; let b = a + x; loss = a;
            GC2006 | a        | param x : real; let a = a + x; loss = a;
            GC2008 | exp      | param x : real; loss = exp();
            GC2008 | pow      | param x : real; loss = pow(x, x, x);
            GC2009 | 1        | param x : real; loss = softmax(x, axes = 1);
            GC2010 | x        | param x : real; loss = exp(x, x = x);
            GC2011 | x > 0    | param x : real; loss = (x > 0) * x;
            GC2011 | x        | param x : real; loss = if x then 1 else 0;
            GC2011 | x        | param x : real[3]; loss = sum(x');
            GC2012 | x        | param x : real[3]; loss = x;
            GC2024 | 3..0     | param x : real; scan t in 3..0 with h = x { h' = h * x; } loss = h;
            GC2049 | h        | param x : real; scan t in 0..3 with h = x { let z = h; } loss = h;
            GC2050 | g        | param x : real; scan t in 0..3 with h = x { h' = h; g' = h; } loss = h;
            GC2051 | h        | param x : real; scan t in 0..3 with h = x { h' = h; h' = x; } loss = h;
            GC2052 | x        | param x : real[3]; scan t in 0..2 with h = x { h' = x[0:2]; } loss = sum(h);
            GC2053 | 3        | param x : real; scan t in 0..9 with h = x checkpoint 3 { h' = h; } loss = h;
            GC2054 | f16      | precision f16; param x : real; loss = x;
            GC2064 | hesian(x) | param x : real; loss = x; derive hesian(x);
            GC2065 | z        | param x : real; loss = x; derive hessian(z);
            GC2015 | x        | param x : real[3]; loss = sum(x, axis = x[0]);
            GC2016 | 2        | param x : real[3]; loss = sum(x, axis = 2);
            GC2017 | 3        | param x : real[3]; loss = x[3];
            GC2017 | N        | param x : real[N]; loss = x[N];
            GC2017 | 5        | param x : real[N]; loss = x[5];
            GC2018 | x[0, 0]  | param x : real[3]; loss = x[0, 0];
            GC2019 | x        | param x : real; param y : real[x]; loss = x;
            GC2020 | 0        | param x : real[0]; loss = sum(x);
            GC2021 | rael     | param x : rael; loss = x;
            GC2022 | k        | param k : int; loss = k;
            GC2023 | 0..1     | param x : real in 0..1; loss = x;
            GC2024 | 3..1     | input k : int in 3..1; param x : real; loss = x;
            GC2025 | k        | input k : int in 0..3; param x : real[3]; loss = pick(x, k);
            GC2025 | k + 1    | input k : int in 0..2; param x : real[3]; loss = pick(x, k + 1);
            GC2026 | k + 1    | input k : int; param x : real[3]; loss = pick(x, k + 1);
            GC2011 | x[0]     | param x : real[3]; loss = x[x[0]];
            GC2011 | x > 0    | param x : real[3]; loss = sum[i] (x[i] > 0);
            GC2017 | i + 1    | param x : real[N]; loss = sum[i in 0..N-1] x[i + 1];
            GC2033 | i        | param x : real[N]; let y[i in 0..N] = x[i]; loss = sum(y);
            GC2020 | 2:2      | param x : real[3]; loss = sum(x[2:2]);
            GC2024 | 3..1     | param x : real[4]; loss = sum[i in 3..1] x[i];
            GC2029 | det(A)   | param A : real[2, 3]; loss = det(A);
            GC2033 | y[i]     | param x : real[N]; param y : real[M]; loss = sum[i] x[i] * y[i];
            GC2034 | i        | param x : real; loss = sum[i] (x * i);
            GC2035 | i        | param x : real[N]; let y[i] = x[i] * (sum[j in 0..i] x[j]); loss = sum(y);
            GC2036 | i        | param x : real[N]; let y[i in 1..N-1] = x[i]; loss = sum(y);
            GC2037 | ::0      | param x : real[4]; loss = sum(x[::0]);
            GC2038 | l        | input k : int[N] in 0..1; input l : int[M] in 0..1; param x : real[2, 2]; loss = sum(x[k, l]);
            GC2039 | [2, N]   | param x : real[N]; loss = sum(reshape(x, [2, N]));
            GC2040 | [0, 0]   | param x : real[N, M]; loss = sum(permute(x, [0, 0]));
            GC2041 | [x, y]   | param x : real[N]; param y : real[M]; loss = sum(stack([x, y]));
            GC2042 | [1, 1]   | param x : real[N]; loss = sum(pad(x, [1, 1]));
            GC2043 | -1       | param x : real[N]; loss = sum(pad(x, [[-1, 0]]));
            GC2028 | n        | input n : int; param x : real; loss = grad(n * x, n);
            GC2028 | x > 0    | param x : real; output j = jacobian(x > 0, x);
            GC2059 | 2 * x    | param x : real; loss = grad(x^2, 2 * x);
            GC2059 | x[0]     | param x : real[N]; loss = grad(sum(x^2), x[0]);
            GC2060 | c        | const c = 3; param x : real; loss = grad(c * x, c);
            GC2061 | x^2      | param x : real[N]; loss = sum(grad(x^2, x));
            GC2061 | x        | param x : real[N]; loss = sum(hvp(x, x, 1));
            GC2062 | v        | param x : real[N]; input v : real[M]; loss = sum(hvp(sum(x^3), x, v));
            GC2062 | s        | param x : real[N]; input s : real[N]; loss = sum(vjp(sum(x), x, s));
            GC2063 | hessian(sum(x), x) | param x : real[100000]; output h = hessian(sum(x), x); loss = x[0];
            GC2031 | 100000   | param x : real[100000, 100000]; loss = sum(x);
            """)
    void eachMistakeIsNamedAtItsPlace(String code, String place, String body) {
        List<Diagnostic> diagnostics = diagnose("model M(N, M) { " + body + " }");
        String text = diagnostics.stream().map(DiagnosticRenderer::render).collect(Collectors.joining("\n"));
        assertThat(diagnostics).as(text).isNotEmpty();
        assertThat(diagnostics.get(0).code()).as(text).isEqualTo(code);
        assertThat(text).contains("model.grad:1:").contains("^");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            GC2007 | fn f(x) = g(x); fn g(x) = f(x); model M { param x : real; loss = f(x); }
            GC2013 | model M { param x : real; }
            GC2005 | model M { param x : real; loss = x; } model M { param x : real; loss = x; }
            GC2005 | fn f(x) = x; fn f(x) = x; model M { param x : real; loss = f(x); }
            GC2044 | import com.acme.other; model M { param x : real; loss = x; }
            GC2044 | import gradc.nn.sofmax; model M { param x : real; loss = x; }
            GC2047 | gate f(x, y) { forward x * y; backward(g) g; } model M { param x : real; loss = f(x, 1); }
            GC2030 | fn exp(x) = x; model M { param x : real; loss = x; }
            GC2030 | model class { param x : real; loss = x; }
            GC2030 | model record { param x : real; loss = x; }
            GC2032 | package com.class.x; model M { param x : real; loss = x; }
            """)
    void mistakesOutsideOfModelsAreNamed(String code, String text) {
        assertThat(diagnose(text).stream().map(Diagnostic::code)).containsOnlyOnce(code);
    }

    @Test
    void importsAreCheckedAcrossFiles() {
        assertThat(diagnose(
                        "import a.*; import b.*; model M { param x : real; loss = f(x); }",
                        "package a; fn f(x) = x;",
                        "package b; fn f(x) = 2 * x;"))
                .extracting(Diagnostic::code)
                .containsExactly("GC2045");
        assertThat(diagnose(
                        "package a; import b.*; fn f(x) = g(x); model M { param x : real; loss = f(x); }",
                        "package b; import a.*; fn g(x) = x;"))
                .extracting(Diagnostic::code)
                .contains("GC2046");
        assertThat(diagnose("import a.g; model M { param x : real; loss = x; }", "package a; fn f(x) = x;"))
                .extracting(Diagnostic::code)
                .containsExactly("GC2044");
        assertThat(diagnose("model M { param x : real; loss = f(x); }", "package a; fn f(x) = x;"))
                .extracting(Diagnostic::code)
                .containsExactly("GC2002");
    }

    private static List<Diagnostic> diagnose(String... texts) {
        List<SourceFile> sources = IntStream.range(0, texts.length)
                .mapToObj(i -> new SourceFile("model" + i + ".grad", texts[i]))
                .toList();
        return Gradc.compile(sources, CompilerOptions.defaults()).diagnostics();
    }

    @Test
    void severalMistakesAreReportedInOneRunAsTheyShouldRead() throws IOException {
        Path folder = Path.of("src/test/golden/errors/many_mistakes");
        String text = diagnose(Files.readString(folder.resolve("model.grad"))).stream()
                .map(DiagnosticRenderer::render)
                .collect(Collectors.joining("\n\n", "", "\n"));
        Path expected = folder.resolve("expected.txt");
        if ("update".equals(System.getProperty("golden")) && System.getenv("CI") == null) {
            Files.writeString(expected, text);
        }
        assertThat(text).isEqualTo(Files.readString(expected));
    }

    @Test
    void severalSyntaxErrorsAreReportedWithoutCascades() {
        List<Diagnostic> diagnostics = diagnose("""
                model A { param x : real; let a = * x; let b = x + 1; loss = b b; }
                model B { param : real; loss = 1; }
                """);
        assertThat(diagnostics).hasSize(3);
        assertThat(diagnostics.stream().map(d -> d.span().line())).containsExactly(1, 1, 2);
    }

    @Test
    void hostileTextStaysTextInTheGeneratedClass() {
        GeneratedModel model = TestModels.compile("""
                /// ends */ here } \\u002a\\u002f class Evil {} <script> @see {@link #x} $L $$
                model M {
                  /// \\u000a throw new Error(); */ /*
                  param x : real;
                  let class = x * 2;   let $nothing = 1;
                  loss = class^2;      // \\u000a System.exit(1);
                }
                """.replace("let $nothing = 1;", ""), CompilerOptions.defaults());
        assertThat(model.javaSource()).doesNotContain("class Evil {} */").contains("gradX");
        assertThat(ModelRunner.load(model)
                        .evaluate(Map.of("x", Tensor.scalar(3)), Map.of(), Optional.empty())
                        .gradients()
                        .get("x")
                        .values())
                .containsExactly(24);
    }

    @ParameterizedTest
    @CsvSource({"gradient", "layout", "forward", "i", "double", "this", "Math", "upstream", "evaluated", "hashCode", "σ"
    })
    void anyNameMayBeAVariablesName(String name) {
        GeneratedModel model = TestModels.compile(
                "model M(N) { param " + name + " : real[N]; output twice = 2 * " + name + "; loss = sum(twice * " + name
                        + "); }",
                CompilerOptions.defaults());
        assertThat(ModelRunner.load(model)
                        .evaluate(Map.of(name, Tensor.vector(1, 2)), Map.of(), Optional.empty())
                        .gradients()
                        .get(name)
                        .values())
                .containsExactly(4, 8);
    }

    @ParameterizedTest
    @CsvSource({"Math", "Double", "System", "String", "Object", "Override", "Arrays", "Checks", "ParameterLayout"})
    void aModelMayBeCalledLikeAClassThatItUses(String name) {
        GeneratedModel model = TestModels.compile(
                "model " + name + "(N) { param x : real[N]; loss = sum(exp(x)) + max(x) + logsumexp(x, axis = 0); }",
                CompilerOptions.defaults());
        assertThat(ModelRunner.load(model)
                        .evaluate(Map.of("x", Tensor.vector(0, 0)), Map.of(), Optional.empty())
                        .gradients()
                        .get("x")
                        .values())
                .containsExactly(2.5, 1.5);
    }
}
