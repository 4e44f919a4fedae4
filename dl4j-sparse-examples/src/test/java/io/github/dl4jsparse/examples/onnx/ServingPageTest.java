package io.github.dl4jsparse.examples.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.ReadmeProgram;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.model.ModelFile;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The programs of {@code docs/serving.md} run, and say what the network does. */
class ServingPageTest {
    private static final String PAGE = "docs/serving.md";

    @TempDir
    Path directory;

    private static MultiLayerNetwork network() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(5)
                .list()
                .layer(new ListaLayer.Builder()
                        .nOut(20)
                        .iterations(3)
                        .penalty(new L1Penalty(0.1))
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.feedForward(64))
                .build());
        net.init();
        return net;
    }

    /** What the main method of a block's class prints. */
    private String printed(int block, String name, String... arguments) throws Exception {
        assertEquals(List.of(), ReadmeProgram.errors(source(block), directory));
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            var main = loader.loadClass(name).getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            main.invoke(null, (Object) arguments);
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8).strip();
    }

    private static String source(int block) throws Exception {
        return ReadmeProgram.block(PAGE, "java", block);
    }

    @Test
    void aSavedNetworkIsExportedAndServed() throws Exception {
        MultiLayerNetwork net = network();
        Path saved = directory.resolve("network.zip");
        Path file = directory.resolve("network.onnx");
        ModelFile.save(saved, net);
        String summary = printed(0, "Export", saved.toString(), file.toString());
        assertTrue(summary.startsWith("input [batch, 64] -> output [batch, 10]"), summary);
        String classes = printed(2, "Serve", file.toString());
        float[] expected = net.output(Nd4j.valueArrayOf(new long[] {1, 64}, 0.5, DataType.FLOAT))
                .toFloatVector();
        double[] found = Arrays.stream(
                        classes.substring(1, classes.length() - 1).split(", "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertEquals(expected.length, found.length);
        for (int i = 0; i < found.length; i++) {
            assertEquals(expected[i], found[i], 1e-5);
        }
    }

    @Test
    void aLayerOfOnesOwnCompiles() throws Exception {
        assertEquals(List.of(), ReadmeProgram.errors(source(1), directory));
    }
}
