package dev.gradc.samples.gradbench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A tool's side of the protocol, line by line. */
class SessionTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static List<String> answers(String... lines) throws IOException {
        StringWriter out = new StringWriter();
        new Session(Modules.ALL).converse(new BufferedReader(new StringReader(String.join("\n", lines))), out);
        return out.toString().lines().toList();
    }

    private static JsonNode answer(String line) throws IOException {
        List<String> answers = answers(line);
        assertThat(answers).hasSize(1);
        return JSON.readTree(answers.get(0));
    }

    private static String evaluate(String module, String function, String input) {
        return "{\"id\": 7, \"kind\": \"evaluate\", \"module\": \"%s\", \"function\": \"%s\", \"input\": %s}"
                .formatted(module, function, input);
    }

    @Test
    void aConversationIsAnsweredLineByLine() throws IOException {
        List<String> answers = answers(
                "{\"id\": 0, \"kind\": \"start\", \"eval\": \"hello\"}",
                "{\"id\": 1, \"kind\": \"define\", \"module\": \"hello\"}",
                evaluate("hello", "square", "1.5"),
                "{\"id\": 8, \"kind\": \"analysis\", \"of\": 7, \"valid\": true}",
                evaluate("hello", "double", "2.25"));
        assertThat(answers.get(0)).isEqualTo("{\"id\":0,\"tool\":\"gradc\"}");
        assertThat(answers.get(1)).isEqualTo("{\"id\":1,\"success\":true}");
        assertThat(answers.get(2)).startsWith("{\"id\":7,\"success\":true,\"output\":2.25,\"timings\":[");
        assertThat(answers.get(3)).isEqualTo("{\"id\":8}");
        assertThat(answers.get(4)).startsWith("{\"id\":7,\"success\":true,\"output\":4.5,\"timings\":[");
        assertThat(answers).hasSize(5);
    }

    @Test
    void eachRunHasATiming() throws IOException {
        JsonNode answer = answer(evaluate("lse", "primal", "{\"x\": [1, 2], \"min_runs\": 5, \"min_seconds\": 0}"));
        assertThat(answer.at("/timings").findValuesAsText("name"))
                .containsExactly("prepare", "warmup", "evaluate", "evaluate", "evaluate", "evaluate", "evaluate");
    }

    @Test
    void runsGoOnForTheSecondsAskedFor() throws IOException {
        JsonNode answer = answer(evaluate("lse", "primal", "{\"x\": [1, 2], \"min_runs\": 1, \"min_seconds\": 0.01}"));
        long total = 0;
        for (JsonNode timing : answer.get("timings")) {
            total += timing.get("name").asText().equals("evaluate")
                    ? timing.get("nanoseconds").asLong()
                    : 0;
        }
        assertThat(total).isGreaterThanOrEqualTo(10_000_000);
        assertThat(answer.get("timings").size()).isGreaterThan(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hello", "ba", "det", "gmm", "ht", "kmeans", "llsq", "lse", "lstm", "ode", "particle", "saddle"})
    void everyEvalIsDefined(String module) throws IOException {
        JsonNode answer = answer("{\"id\": 1, \"kind\": \"define\", \"module\": \"" + module + "\"}");
        assertThat(answer.get("success").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\": 3, \"kind\": \"define\", \"module\": \"raytrace\"} | there is no module `raytrace`",
                "{\"id\": 3, \"kind\": \"define\"} | the message has no text in field `module`",
                "{\"id\": 3, \"kind\": 5} | the message has no text in field `kind`",
                "{\"id\": 3, \"kind\": \"evaluate\", \"module\": \"lse\", \"function\": \"hessian\", \"input\": {}}"
                        + " | module `lse` has no function `hessian`",
                "{\"id\": 3, \"kind\": \"evaluate\", \"module\": \"lse\", \"function\": \"primal\"}"
                        + " | the message has no field `input`"
            })
    void whatIsUnknownOrMissingIsSaid(String line, String error) throws IOException {
        JsonNode answer = answer(line);
        assertThat(answer.get("id").asInt()).isEqualTo(3);
        assertThat(answer.get("success").asBoolean()).isFalse();
        assertThat(answer.get("error").asText()).isEqualTo(error);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lse | primal | {} | the input has no field `x`",
                "lse | primal | 3 | the input has no field `x`",
                "lse | primal | {\"x\": [1, \"a\"]} | `x` is not a number where one is needed: \"a\"",
                "lse | gradient | {\"x\": []} | dim `N` must be at least 1; it is 0",
                "llsq | primal | {\"x\": [1], \"n\": 2.5} | `n` is not a whole number: 2.5",
                "kmeans | cost | {\"points\": [[1, 2], [3]], \"centroids\": [[1, 2]]} | `points` is not an array of shape"
                        + " [2, 2], which its first rows have: give all rows the same number of elements",
                "ba | objective | {\"n\": 0, \"m\": 1, \"p\": 1} | dim `N` must be at least 1; it is 0",
                "det | primal | {\"A\": [1], \"ell\": 99} | `ell` is 99: the minors of a matrix have places for 1 to 24"
                        + " columns"
            })
    void anInputThatDoesNotFitIsRefused(String module, String function, String input, String error) throws IOException {
        JsonNode answer = answer(evaluate(module, function, input));
        assertThat(answer.get("id").asInt()).isEqualTo(7);
        assertThat(answer.get("success").asBoolean()).isFalse();
        assertThat(answer.get("error").asText()).isEqualTo(error);
    }

    @Test
    void aLineThatIsNotJsonIsAnsweredAndTheConversationGoesOn() throws IOException {
        List<String> answers = answers("{\"id\": 1, ", "{\"id\": 2, \"kind\": \"start\"}");
        JsonNode answer = JSON.readTree(answers.get(0));
        assertThat(answer.get("id").isNull()).isTrue();
        assertThat(answer.get("success").asBoolean()).isFalse();
        assertThat(answer.get("error").asText()).startsWith("the line is not JSON: ");
        assertThat(answers.get(1)).isEqualTo("{\"id\":2,\"tool\":\"gradc\"}");
    }
}
