package io.github.dl4jsparse.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.serve.OnnxExport.Summary;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OnnxSummaryTest {
    @Test
    void textNamesInputsOutputsAndSizes() {
        Map<String, long[]> inputs = new LinkedHashMap<>();
        inputs.put("picture", new long[] {-1, 3, -1, 28});
        inputs.put("facts", new long[] {-1, 10});
        Summary summary = new Summary(inputs, Map.of("class", new long[] {-1, 3}), 7, 1200);
        inputs.clear();
        assertEquals(
                "picture [batch, 3, any, 28], facts [batch, 10] -> class [batch, 3], 7 operators, 1200 bytes",
                summary.toString());
    }
}
