package dev.gradc.samples.gradbench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The tool's side of a conversation by GradBench's protocol: each line in is a message with an {@code id} and a
 * {@code kind}, each line out the response with the same {@code id}. What cannot be answered has {@code success} false and
 * says why; the conversation goes on.
 */
final class Session {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double NANOSECONDS = 1e9;

    private final Map<String, Map<String, Function<Input, Evaluation<?>>>> modules;

    /** What a part of an evaluation took. */
    record Timing(String name, long nanoseconds) {}

    Session(Map<String, Map<String, Function<Input, Evaluation<?>>>> modules) {
        this.modules = modules;
    }

    /** Answers all lines, until there are no more. */
    void converse(BufferedReader in, Writer out) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.write(JSON.writeValueAsString(answer(line)));
            out.write('\n');
            out.flush();
        }
    }

    private ObjectNode answer(String line) {
        ObjectNode response = JSON.createObjectNode().putNull("id");
        try {
            JsonNode message = JSON.readTree(line);
            response.set("id", message.get("id"));
            respond(message, response);
        } catch (JsonProcessingException e) {
            fail(response, "the line is not JSON: " + e.getOriginalMessage());
        } catch (RuntimeException e) {
            fail(response, e instanceof IllegalArgumentException ? e.getMessage() : e.toString());
        } catch (OutOfMemoryError e) {
            fail(response, "out of memory: give the JVM more of it, as in -Xmx8g");
        }
        return response;
    }

    private static void fail(ObjectNode response, String error) {
        response.put("success", false).put("error", error);
    }

    private void respond(JsonNode message, ObjectNode response) {
        switch (text(message, "kind")) {
            case "start" -> response.put("tool", "gradc");
            case "define" -> {
                functions(message);
                response.put("success", true);
            }
            case "evaluate" -> evaluate(function(message), message, response);
            default -> {} // the id is all the protocol asks for
        }
    }

    private static void evaluate(Function<Input, Evaluation<?>> function, JsonNode message, ObjectNode response) {
        if (!message.has("input")) {
            throw new IllegalArgumentException("the message has no field `input`");
        }
        List<Timing> timings = new ArrayList<>();
        Object output = evaluate(function, new Input(message.get("input")), timings);
        response.put("success", true).putPOJO("output", output).putPOJO("timings", timings);
    }

    private static Object evaluate(Function<Input, Evaluation<?>> function, Input input, List<Timing> timings) {
        long start = System.nanoTime();
        Evaluation<?> evaluation = function.apply(input);
        timings.add(new Timing("prepare", System.nanoTime() - start));
        return repeated(evaluation, input.numberOr("min_runs", 1), input.numberOr("min_seconds", 0), timings);
    }

    /**
     * Computes so many times and so long, whichever is longer; the time of each goes to {@code timings}. As long again goes
     * before it, while HotSpot compiles.
     */
    private static <R> Object repeated(Evaluation<R> evaluation, double runs, double seconds, List<Timing> timings) {
        long warm = 0;
        while (warm < seconds * NANOSECONDS) {
            warm += timed(evaluation).nanoseconds;
        }
        timings.add(new Timing("warmup", warm));
        long total = 0;
        int done = 0;
        Timed<R> run;
        do {
            run = timed(evaluation);
            timings.add(new Timing("evaluate", run.nanoseconds));
            total += run.nanoseconds;
            done++;
        } while (done < runs || total < seconds * NANOSECONDS);
        return evaluation.output().apply(run.result);
    }

    /** A result and what it took. */
    private record Timed<R>(R result, long nanoseconds) {}

    private static <R> Timed<R> timed(Evaluation<R> evaluation) {
        long start = System.nanoTime();
        R result = evaluation.compute().get();
        return new Timed<>(result, System.nanoTime() - start);
    }

    private Function<Input, Evaluation<?>> function(JsonNode message) {
        String name = text(message, "function");
        Function<Input, Evaluation<?>> function = functions(message).get(name);
        if (function == null) {
            throw new IllegalArgumentException(
                    "module `" + text(message, "module") + "` has no function `" + name + "`");
        }
        return function;
    }

    private Map<String, Function<Input, Evaluation<?>>> functions(JsonNode message) {
        String module = text(message, "module");
        Map<String, Function<Input, Evaluation<?>>> functions = modules.get(module);
        if (functions == null) {
            throw new IllegalArgumentException("there is no module `" + module + "`");
        }
        return functions;
    }

    private static String text(JsonNode message, String field) {
        JsonNode value = message.get(field);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException("the message has no text in field `" + field + "`");
        }
        return value.asText();
    }
}
