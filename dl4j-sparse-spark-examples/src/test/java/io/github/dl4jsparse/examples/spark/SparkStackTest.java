package io.github.dl4jsparse.examples.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.model.ModelFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import picocli.CommandLine;

/** Runs {@code spark-stack} in this virtual machine. */
class SparkStackTest {
    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... more) {
        CommandLine program = SparkCommand.commandLine();
        program.setOut(new PrintWriter(out, true));
        program.setErr(new PrintWriter(err, true));
        List<String> arguments = new ArrayList<>(List.of("spark-stack", "--out", directory.toString()));
        arguments.addAll(List.of(more));
        return program.execute(arguments.toArray(String[]::new));
    }

    private JsonNode result(Path of) throws IOException {
        return new ObjectMapper().readTree(of.resolve("result.json").toFile());
    }

    private void assertUserError(int code, String sentence) {
        assertEquals(2, code, err.toString());
        assertTrue(err.toString().contains("error: " + sentence), err.toString());
        assertFalse(err.toString().contains("internal error"), err.toString());
        assertFalse(Files.exists(directory.resolve("result.json")));
    }

    @Test
    void learnsOnSparkWhatOneThreadLearns() throws IOException {
        assertEquals(0, run("--quick", "--control", "--seed", "3"), err.toString());
        JsonNode result = result(directory);
        assertEquals("spark-stack", result.get("command").asText());
        assertEquals("embedded digits, split 3", result.get("data").asText());
        assertEquals("local[2]", result.get("master").asText());
        double energy = result.get("energySpark").asDouble();
        assertTrue(energy < result.get("energyBefore").asDouble() / 2, result.toString());
        double ratio = energy / result.get("energyOneThread").asDouble();
        assertEquals(ratio, result.get("energyRatio").asDouble(), 1e-12);
        assertEquals(1, ratio, 0.25, "a few epochs end far from a plateau");
        assertTrue(result.get("testError").asDouble() < 0.15, result.toString());
        assertTrue(result.get("oneThread").get("testError").asDouble() < 0.15, result.toString());
        assertTrue(result.get("seconds").asDouble() > 0, result.toString());
        assertTrue(out.toString().contains("stage 2 without labels on Spark, epoch 3 of 3: loss"), out.toString());
        assertTrue(out.toString().contains("F1"), out.toString());
        assertTrue(out.toString().contains("Results are in " + directory), out.toString());
    }

    @Test
    void theNetworkInTheFileIsTheOneThatWasMeasured() throws IOException {
        assertEquals(0, run("--pretrain-epochs", "1", "--epochs", "1", "--kryo"), err.toString());
        JsonNode result = result(directory);
        assertTrue(result.get("energyOneThread").isNull(), result.toString());
        assertTrue(result.get("energyRatio").isNull(), result.toString());
        MultiLayerNetwork net = ModelFile.restoreNetwork(directory.resolve("network.zip"));
        DataSet test = Digits.embedded(1).test();
        double error = 1 - net.evaluate(new ViewIterator(test, 50)).accuracy();
        assertEquals(error, result.get("testError").asDouble(), 1e-9);
        assertEquals(net.score(test), result.get("spark").get("loss").asDouble(), 1e-4);
    }

    @Test
    void severalSeedsHaveADirectoryEach() throws IOException {
        assertEquals(
                0,
                run("--seeds", "2", "--pretrain-epochs", "1", "--epochs", "1", "--control", "--master", "local[1]"),
                err.toString());
        JsonNode result = result(directory);
        assertEquals(2, result.get("energyRatios").size());
        assertEquals(
                result(directory.resolve("seed-2")).get("energyRatio").asDouble(),
                result.get("energyRatios").get(1).asDouble());
        assertEquals(2, result(directory.resolve("seed-2")).get("seed").asLong());
        assertTrue(out.toString().contains("Over 2 seeds: ratio of energies"), out.toString());
    }

    @Test
    void saysWhatIsWrongBeforeTheTraining() throws IOException {
        assertUserError(run("--workers", "0"), "--workers must be at least 1, got 0");
        assertUserError(run("--averaging", "0"), "--averaging must be at least 1, got 0");
        assertUserError(run("--learning-rate", "-1"), "--learning-rate must be");
        assertUserError(run("--seeds", "0"), "--seeds must be at least 1, got 0");
        assertUserError(run("--data", directory.resolve("missing").toString()), "the data directory");
        assertUserError(
                run("--master", "nowhere"),
                "--master must be a URL that Spark can reach, got nowhere: Could not parse");
        assertEquals("", out.toString());
    }

    @Test
    void helps() {
        assertEquals(0, run("--help"));
        assertTrue(out.toString().contains("--master"), out.toString());
        assertTrue(out.toString().contains("--verbose"), out.toString());
    }
}
