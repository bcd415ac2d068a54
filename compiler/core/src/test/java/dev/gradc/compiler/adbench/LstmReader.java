package dev.gradc.compiler.adbench;

import dev.gradc.compiler.run.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads recurrent networks: {@code l c b}, main parameters, extra parameters, state, sequence. */
final class LstmReader {

    private LstmReader() {}

    static Instance read(Path data, Reference reference) throws IOException {
        Numbers numbers = new Numbers(data.resolve(reference.file()));
        int layers = numbers.whole();
        int characters = numbers.whole();
        int bits = numbers.whole();
        Map<String, Tensor> values = new LinkedHashMap<>();
        values.put("main", numbers.tensor(2 * layers, 4 * bits));
        values.put("extra", numbers.tensor(3, bits));
        values.put("state", numbers.tensor(2 * layers, bits));
        values.put("sequence", numbers.tensor(characters, bits));
        return new Instance(
                reference.file(), "lstm.grad", "Lstm", "loss", values, reference.objective(), new double[][] {
                    reference.values()
                });
    }
}
