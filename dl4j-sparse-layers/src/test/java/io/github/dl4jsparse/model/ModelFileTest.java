package io.github.dl4jsparse.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.internal.io.AtomicFile;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.Samples;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class ModelFileTest {
    private static final int SEAL_LENGTH = "dl4j-sparse-layers model format 0001 sha256 ".length() + 64;

    @TempDir
    Path directory;

    private final DataSet data = new DataSet(Samples.gaussian(3, 12, 5), Samples.oneHot(12, 2));
    private MultiLayerNetwork net;
    private Path file;

    @BeforeEach
    void train() throws IOException {
        net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(7)
                .dataType(DataType.DOUBLE)
                .updater(new Adam(0.01))
                .list()
                .layer(code())
                .layer(classifier())
                .build());
        net.init();
        net.fit(data);
        file = directory.resolve("model.zip");
        ModelFile.save(file, net);
    }

    private static ListaLayer code() {
        return new ListaLayer.Builder()
                .nIn(5)
                .nOut(8)
                .iterations(2)
                .penalty(new L1Penalty(0.02))
                .unsupervisedWeight(0.5)
                .build();
    }

    private static OutputLayer classifier() {
        return new OutputLayer.Builder(LossFunction.MSE).nIn(8).nOut(2).build();
    }

    /** The message of every way to read a file, which must be the same one and name the file. */
    private static String refusal(Path file) {
        String message =
                assertThrows(IOException.class, () -> ModelFile.verify(file)).getMessage();
        for (var read : List.<org.junit.jupiter.api.function.Executable>of(
                () -> ModelFile.restoreNetwork(file),
                () -> ModelFile.restoreGraph(file),
                () -> ModelFile.restoreNormalizer(file))) {
            assertEquals(message, assertThrows(IOException.class, read).getMessage());
        }
        assertTrue(message.startsWith("cannot read " + file + ": "), message);
        assertTrue(message.contains(" must ") && message.contains(", got "), message);
        return message;
    }

    /** Equal to the last bit; ND4J's own equals allows 1e-5. */
    private static void assertSame(INDArray expected, INDArray actual) {
        assertArrayEquals(expected.toDoubleVector(), actual.toDoubleVector());
    }

    private Path damaged(byte[] content) throws IOException {
        return Files.write(directory.resolve("damaged.zip"), content);
    }

    private static byte[] sealed(byte[] body, String head) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(body);
        digest.update(head.getBytes(StandardCharsets.US_ASCII));
        byte[] seal = (head + HexFormat.of().formatHex(digest.digest())).getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(body, body.length + seal.length);
        System.arraycopy(seal, 0, all, body.length, seal.length);
        return all;
    }

    @Test
    void restoresParametersAndUpdater() throws IOException {
        MultiLayerNetwork restored = ModelFile.restoreNetwork(file);
        assertSame(net.params(), restored.params());
        assertSame(net.getUpdater().getStateViewArray(), restored.getUpdater().getStateViewArray());
        net.fit(data);
        restored.fit(data);
        assertSame(net.params(), restored.params());
        assertEquals(Optional.empty(), ModelFile.restoreNormalizer(file));
    }

    @Test
    void restoresGraphsAndNormalizers() throws IOException {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(7)
                .dataType(DataType.DOUBLE)
                .graphBuilder()
                .addInputs("in")
                .addLayer("code", code(), "in")
                .addLayer("out", classifier(), "code")
                .setOutputs("out")
                .build());
        graph.init();
        NormalizerStandardize normalizer = new NormalizerStandardize();
        normalizer.fit(data);
        ModelFile.save(file, graph, normalizer);
        assertSame(graph.params(), ModelFile.restoreGraph(file).params());
        assertEquals(normalizer, ModelFile.restoreNormalizer(file).orElseThrow());
    }

    @Test
    void isReadByDl4jItself() throws IOException {
        assertSame(
                net.params(),
                ModelSerializer.restoreMultiLayerNetwork(file.toFile(), true).params());
        try (var in = Files.newInputStream(file)) {
            assertSame(
                    net.params(),
                    ModelSerializer.restoreMultiLayerNetwork(in, true).params());
        }
    }

    @Test
    void sealsEveryByteWithItsHash() throws Exception {
        byte[] all = Files.readAllBytes(file);
        byte[] body = Arrays.copyOf(all, all.length - SEAL_LENGTH);
        assertArrayEquals(sealed(body, "dl4j-sparse-layers model format 0001 sha256 "), all);
    }

    @Test
    void refusesAFileCutAnywhere() throws IOException {
        byte[] all = Files.readAllBytes(file);
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            int length = i < 2 ? i * (all.length - 1) : random.nextInt(all.length);
            String message = refusal(damaged(Arrays.copyOf(all, length)));
            assertTrue(message.contains("got " + length + " bytes that end without one"), message);
        }
    }

    @Test
    void refusesAFlippedBitAnywhere() throws IOException {
        byte[] all = Files.readAllBytes(file);
        Random random = new Random(2);
        for (int i = 0; i < 100; i++) {
            byte[] flipped = all.clone();
            flipped[random.nextInt(all.length)] ^= (byte) (1 << random.nextInt(8));
            refusal(damaged(flipped));
        }
    }

    @Test
    void refusesEveryFlippedBitOfTheSealAndTheDirectory() throws IOException {
        byte[] all = Files.readAllBytes(file);
        for (int at = all.length - SEAL_LENGTH - 200; at < all.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = all.clone();
                flipped[at] ^= (byte) (1 << bit);
                Path damaged = damaged(flipped);
                assertThrows(IOException.class, () -> ModelFile.verify(damaged), "bit " + bit + " of byte " + at);
            }
        }
    }

    @Test
    void refusesAnotherVersionWhoseHashIsRight() throws Exception {
        byte[] all = Files.readAllBytes(file);
        byte[] body = Arrays.copyOf(all, all.length - SEAL_LENGTH);
        String message = refusal(damaged(sealed(body, "dl4j-sparse-layers model format 0002 sha256 ")));
        assertTrue(message.contains("its format must be 1, got 2"), message);
    }

    @Test
    void refusesDl4jsOwnFileAndSaysWhatReadsIt() throws IOException {
        ModelSerializer.writeModel(net, file.toFile(), true);
        assertTrue(refusal(file).contains("ModelFile.seal(plain, file) seals a file"));
        ModelFile.save(file, net);
        ModelSerializer.addObjectToFile(file.toFile(), "more", "text");
        assertTrue(refusal(file).contains("not written by ModelFile"));
    }

    @Test
    void refusesMissingFilesAndDirectories() {
        assertTrue(refusal(directory.resolve("none")).contains("got none of this name"));
        assertTrue(refusal(directory).contains("got another kind of entry"));
    }

    @Test
    void leavesTheOldFileWhereverTheDiskFills() throws IOException {
        byte[] old = Files.readAllBytes(file);
        Path plain = directory.resolve("plain.zip");
        net.fit(data);
        ModelSerializer.writeModel(net, plain.toFile(), true);
        long size = Files.size(plain) + SEAL_LENGTH;
        for (long room : new long[] {0, 1, size / 2, size - SEAL_LENGTH, size - 1}) {
            IOException thrown = assertThrows(
                    IOException.class,
                    () -> AtomicFile.write(file, out -> ModelFile.seal(plain, new FullDisk(out, room))));
            assertEquals("cannot write " + file + ": No space left on device", thrown.getMessage());
            assertArrayEquals(old, Files.readAllBytes(file));
            ModelFile.verify(file);
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(2, files.count());
        }
        AtomicFile.write(file, out -> ModelFile.seal(plain, new FullDisk(out, size)));
        assertSame(net.params(), ModelFile.restoreNetwork(file).params());
    }

    @Test
    void sealsNothingButAnArchiveWithoutComment() throws IOException {
        Path other = Files.writeString(directory.resolve("other"), "no archive");
        IOException thrown =
                assertThrows(IOException.class, () -> ModelFile.seal(other, OutputStream.nullOutputStream()));
        assertTrue(thrown.getMessage().contains("a zip archive without a comment"), thrown.getMessage());
    }

    /** A disk with room for a number of bytes. */
    private static final class FullDisk extends FilterOutputStream {
        private long room;

        FullDisk(OutputStream out, long room) {
            super(out);
            this.room = room;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int fitting = (int) Math.min(length, room);
            out.write(bytes, offset, fitting);
            room -= fitting;
            if (fitting < length) {
                throw new IOException("No space left on device");
            }
        }
    }
}
