package io.github.dl4jsparse.examples.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.examples.cli.ProgramRun;
import io.github.dl4jsparse.model.ModelFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;

/** Every network that a command of the program saves, written as ONNX and compared; settings are tiny. */
class OnnxCommandTest {
    private static final int USER_ERROR = 2;

    @TempDir
    Path directory;

    private final ProgramRun program = new ProgramRun();

    private int run(String... arguments) {
        return program.run((Object[]) arguments);
    }

    private String images() throws IOException {
        Path images = Files.createDirectory(directory.resolve("images"));
        BufferedImage image = new BufferedImage(48, 50, BufferedImage.TYPE_BYTE_GRAY);
        Random random = new Random(7);
        for (int i = 0; i < 48 * 50; i++) {
            int stripes = (int) (60 * Math.sin(i % 48 * (i / 48) / 40.0));
            image.getRaster().setSample(i % 48, i / 48, 0, 128 + stripes + random.nextInt(40));
        }
        assertTrue(ImageIO.write(image, "png", images.resolve("a.png").toFile()));
        return images.toString();
    }

    /** The command line, with a directory for its results. */
    private void train(String arguments) {
        String name = arguments.split(" ")[0];
        List<String> all = new ArrayList<>(List.of(arguments.split(" ")));
        all.addAll(List.of("--out", directory.resolve(name).toString()));
        assertEquals(0, program.run(all.toArray()), program.err());
    }

    private List<String> saved() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".zip"))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyNetworkThatACommandSaves() throws IOException {
        String data = " --data " + images();
        train("drsae --units 12 --iterations 3 --epochs 1 --pretrain-epochs 1 --batch 100");
        train("dictionary --quick --encoder --penalty group --units 16 --patch 5 --epochs 2 --patches 60 --batch 20"
                + data);
        train("stack --quick --draws 2 --labels 50");
        train("map --quick --epochs 1 --images 32 --places 4 --kernel 5" + data);
        List<String> networks = saved();
        List<String> solvers =
                networks.stream().filter(n -> n.endsWith("dictionary.zip")).toList();
        List<String> encoders =
                networks.stream().filter(n -> !solvers.contains(n)).toList();
        assertTrue(encoders.size() >= 5, networks::toString);
        List<String> arguments = new ArrayList<>(List.of("onnx", "--compare", "--seconds", "0"));
        arguments.addAll(encoders);
        assertEquals(0, program.run(arguments.toArray()), () -> program.out() + "\n" + program.err());
        for (String network : encoders) {
            Path file = Path.of(network.replace(".zip", ".onnx"));
            assertTrue(Files.size(file) > 0);
            assertTrue(program.out().contains(file + ": input [batch"), program::out);
        }
        assertTrue(program.out().contains("ONNX Runtime ms"), program::out);
        assertEquals(USER_ERROR, run("onnx", solvers.get(0)));
        assertTrue(program.err().contains("got a SparseCodingLayer, which solves for its codes"), program::err);
        assertFalse(Files.exists(Path.of(solvers.get(0).replace(".zip", ".onnx"))));
    }

    @Test
    void sizesOfImagesAreAskedForWhereTheyCount() throws IOException {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3)
                        .nIn(1)
                        .nOut(2)
                        .activation(Activation.RELU)
                        .build())
                .layer(new GlobalPoolingLayer())
                .build());
        net.init();
        Path saved = directory.resolve("net.zip");
        Path file = directory.resolve("other.onnx");
        ModelFile.save(saved, net);
        assertEquals(USER_ERROR, run("onnx", saved.toString(), "--compare", "--seconds", "0"));
        assertTrue(program.err().contains("--input must be given, as input \"input\" may have any size"), program::err);
        assertEquals(
                0,
                run(
                        "onnx",
                        saved.toString(),
                        "--compare",
                        "--seconds",
                        "0",
                        "--input",
                        "9x8x1",
                        "--out",
                        file.toString()),
                program::err);
        assertTrue(program.out().contains("input [batch, 1, 9, 8] -> output [batch, 2]"), program::out);
    }

    @Test
    void mistakesAreSaidInOneLine() throws IOException {
        assertEquals(USER_ERROR, run("onnx", directory.resolve("none.zip").toString()));
        assertTrue(program.err().contains("NETWORK.zip must be a file that ModelFile saved"), program::err);
        Path text = Files.writeString(directory.resolve("text.zip"), "no network");
        assertEquals(USER_ERROR, run("onnx", text.toString()));
        assertEquals(USER_ERROR, run("onnx", text.toString(), "--input", "3x3"));
        assertTrue(program.err().contains("--input must be a number, or HEIGHTxWIDTHxCHANNELS"), program::err);
        assertEquals(USER_ERROR, run("onnx", text.toString(), text.toString(), "--out", "x.onnx"));
        assertTrue(program.err().contains("--out must be left out with several networks"), program::err);
    }
}
