package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.dl4j.Stage;
import io.github.dl4jsparse.model.ModelFile;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.train.PretrainListener.PretrainProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import stranger.Evidence;
import stranger.SerializedObjects;

/** A run that is interrupted and resumed is the run without an interruption, to the last bit. */
class PretrainCheckpointTest {
    private static final int INPUTS = 5;
    private static final int EPOCHS = 7;

    @TempDir
    private Path directory;

    /**
     * How a run is configured.
     *
     * @param graph    or a network
     * @param heldOut  with data of its own and a patience
     * @param budget   bytes of inputs that are kept
     * @param data    the same in every pass, or other batches, or those of an array
     * @param noise   whether the upper stage draws random numbers
     * @param start   whether the layers start from data, and the steps rise
     */
    private record Run(boolean graph, boolean heldOut, long budget, Batches data, boolean noise, boolean start) {}

    private enum Batches {
        SAME,
        CHANGING,
        ARRAY
    }

    private static Stream<Run> runs() {
        return Stream.of(
                new Run(false, true, 1 << 20, Batches.SAME, false, false),
                new Run(true, true, 1 << 20, Batches.SAME, false, false),
                new Run(false, true, 0, Batches.SAME, false, false),
                new Run(false, true, 1 << 20, Batches.CHANGING, false, false),
                new Run(true, true, 0, Batches.CHANGING, false, false),
                new Run(false, false, 1 << 20, Batches.CHANGING, true, false),
                new Run(false, true, 1 << 20, Batches.CHANGING, false, true),
                new Run(true, false, 0, Batches.CHANGING, false, true),
                new Run(false, false, 0, Batches.ARRAY, false, true));
    }

    /** What a run says and leaves. */
    private static final class Course implements PretrainListener {
        private final List<PretrainProgress> epochs = new ArrayList<>();
        private final int stopIn;

        /** @param stopIn number of the epoch, over all layers, in whose first batch it ends */
        Course(int stopIn) {
            this.stopIn = stopIn;
        }

        @Override
        public void batchDone(PretrainProgress progress) {
            if (epochs.size() == stopIn) {
                throw new IllegalStateException("stopped");
            }
        }

        @Override
        public void epochDone(PretrainProgress progress) {
            epochs.add(progress);
        }
    }

    private static ListaLayer lista(int units, boolean scaling) {
        return new ListaLayer.Builder()
                .nOut(units)
                .iterations(2)
                .penalty(new L1Penalty(0.05))
                .inputScaling(scaling)
                .build();
    }

    private static Model model(Run run) {
        NeuralNetConfiguration.Builder conf = new NeuralNetConfiguration.Builder()
                .seed(7)
                .dataType(DataType.FLOAT)
                .updater(new Adam(0.05));
        var upper = run.noise()
                ? new AutoEncoder.Builder().nOut(4).corruptionLevel(0.3).build()
                : lista(6, run.start());
        var between =
                new DenseLayer.Builder().nOut(4).activation(Activation.TANH).build();
        var out =
                new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build();
        if (!run.graph()) {
            MultiLayerNetwork net = new MultiLayerNetwork(conf.list(lista(8, run.start()), between, upper, out)
                    .setInputType(InputType.feedForward(INPUTS))
                    .build());
            net.init();
            return net;
        }
        ComputationGraph graph = new ComputationGraph(conf.graphBuilder()
                .addInputs("in")
                .addLayer("lower", lista(8, run.start()), "in")
                .addLayer("between", between, "lower")
                .addLayer("upper", upper, "between")
                .addLayer("out", out, "upper")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(INPUTS))
                .build());
        graph.init();
        return graph;
    }

    private static DataSetIterator data(Run run) {
        INDArray x = Samples.gaussian(DataType.FLOAT, 3, 12, INPUTS);
        return run.data() == Batches.CHANGING ? new Shuffling(x) : batches(x);
    }

    private static DataSetIterator batches(INDArray x) {
        List<DataSet> batches = new ArrayList<>();
        for (int row = 0; row < x.rows(); row += 4) {
            batches.add(rowsOf(x, row, row + 1, row + 2, row + 3));
        }
        return new ExistingDataSetIterator(batches);
    }

    private static DataSet rowsOf(INDArray x, int... rows) {
        return new DataSet(x.getRows(rows), Nd4j.zeros(DataType.FLOAT, rows.length, 2));
    }

    /** Other batches in every pass. */
    private static final class Shuffling implements DataSetIterator {
        private static final long serialVersionUID = 1;
        private final transient Random random = new Random(9);
        private final transient INDArray x;
        private transient List<Integer> rows = List.of();

        Shuffling(INDArray x) {
            this.x = x;
        }

        @Override
        public void reset() {
            rows = new ArrayList<>(IntStream.range(0, x.rows()).boxed().toList());
        }

        @Override
        public boolean hasNext() {
            return !rows.isEmpty();
        }

        @Override
        public DataSet next() {
            int[] chosen = new int[4];
            for (int i = 0; i < chosen.length; i++) {
                // drawn when asked for, so that a pass must be read to be passed over
                chosen[i] = rows.remove(random.nextInt(rows.size()));
            }
            return rowsOf(x, chosen);
        }

        @Override
        public DataSet next(int size) {
            return next();
        }

        @Override
        public int inputColumns() {
            return INPUTS;
        }

        @Override
        public int totalOutcomes() {
            return 2;
        }

        @Override
        public boolean resetSupported() {
            return true;
        }

        @Override
        public boolean asyncSupported() {
            return false;
        }

        @Override
        public int batch() {
            return 4;
        }

        @Override
        public void setPreProcessor(DataSetPreProcessor preProcessor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DataSetPreProcessor getPreProcessor() {
            return null;
        }

        @Override
        public List<String> getLabels() {
            return null;
        }
    }

    private static Course train(Model net, Run run, Path checkpoint, int stopIn) {
        Course course = new Course(stopIn);
        LayerwisePretrainer.Builder builder = LayerwisePretrainer.builder()
                .epochs(EPOCHS)
                .seed(11)
                .memoryBudget(run.budget())
                .warmUp(run.start() ? 8 : 0)
                .batch(4)
                .listener(course);
        if (run.heldOut()) {
            builder.heldOut(batches(Samples.gaussian(DataType.FLOAT, 4, 8, INPUTS)))
                    .patience(2);
        }
        if (checkpoint != null) {
            builder.checkpoint(checkpoint).resume(true);
        }
        if (run.data() == Batches.ARRAY) {
            builder.build().fit((MultiLayerNetwork) net, Samples.gaussian(DataType.FLOAT, 3, 12, INPUTS));
        } else if (net instanceof ComputationGraph graph) {
            builder.build().fit(graph, data(run));
        } else {
            builder.build().fit((MultiLayerNetwork) net, data(run));
        }
        return course;
    }

    private static Model restored(Run run, Path file) throws IOException {
        return run.graph() ? ModelFile.restoreGraph(file) : ModelFile.restoreNetwork(file);
    }

    private static List<List<Integer>> counts(Model net) {
        return Net.of(net).stages().stream()
                .map(Stage::layer)
                .map(Layer::conf)
                .map(conf -> List.of(conf.getIterationCount(), conf.getEpochCount()))
                .toList();
    }

    private static void assertSame(Model expected, Model actual) {
        assertArrayEquals(expected.params().toFloatVector(), actual.params().toFloatVector());
        assertEquals(counts(expected), counts(actual));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void resumesAtEveryEpochAsIfNothingHadHappened(Run run) throws IOException {
        Nd4j.getRandom().setSeed(5);
        Model whole = model(run);
        Course all = train(whole, run, null, -1);
        int epochs = all.epochs.size();
        assertTrue(epochs > EPOCHS, "two stages");
        if (run.heldOut() && !run.start()) {
            assertTrue(epochs < 2 * EPOCHS, "the patience ends at least one of them, got " + epochs);
        }
        for (int stopIn = 1; stopIn < epochs; stopIn++) {
            Path file = directory.resolve(stopIn + ".zip");
            Nd4j.getRandom().setSeed(5);
            Model first = model(run);
            int stop = stopIn;
            assertThrows(IllegalStateException.class, () -> train(first, run, file, stop));
            // another program has other random numbers
            Nd4j.getRandom().setSeed(stopIn);
            Model second = restored(run, file);
            Course rest = train(second, run, file, -1);
            assertEquals(all.epochs.subList(stopIn, epochs), rest.epochs, "stopped in epoch " + stopIn);
            assertSame(whole, second);
        }
    }

    @Test
    void twoInterruptionsAreAsNone() throws IOException {
        Run run = new Run(false, true, 1 << 20, Batches.CHANGING, false, false);
        Model whole = model(run);
        int epochs = train(whole, run, null, -1).epochs.size();
        Path file = directory.resolve("c.zip");
        Model net = model(run);
        for (int part = 0; part < epochs - 1; part++) {
            Model now = net;
            assertThrows(IllegalStateException.class, () -> train(now, run, file, 1));
            net = restored(run, file);
        }
        train(net, run, file, -1);
        assertSame(whole, net);
    }

    @Test
    void epochsOfAnEarlierTrainingAreNotCounted() throws IOException {
        Run run = new Run(false, false, 1 << 20, Batches.SAME, false, false);
        Path file = directory.resolve("c.zip");
        MultiLayerNetwork whole = (MultiLayerNetwork) model(run);
        MultiLayerNetwork net = (MultiLayerNetwork) model(run);
        for (MultiLayerNetwork each : List.of(whole, net)) {
            LayerwisePretrainer.builder().epochs(3).build().fit(each, data(run));
        }
        train(whole, run, null, -1);
        assertThrows(IllegalStateException.class, () -> train(net, run, file, 4));
        Model resumed = restored(run, file);
        Course rest = train(resumed, run, file, -1);
        assertEquals(5, rest.epochs.get(0).epoch());
        assertSame(whole, resumed);
        assertEquals(EPOCHS + 3, counts(resumed).get(0).get(1));
    }

    @Test
    void nothingIsTrainedOnceAllIsDone() throws IOException {
        Run run = new Run(true, true, 1 << 20, Batches.SAME, false, false);
        Path file = directory.resolve("c.zip");
        Model net = model(run);
        train(net, run, file, -1);
        Model again = restored(run, file);
        assertEquals(List.of(), train(again, run, file, -1).epochs);
        assertSame(net, again);
    }

    @Test
    void refusesANetworkThatIsNotTheOneInTheFile() {
        Run run = new Run(false, false, 0, Batches.SAME, false, false);
        Path file = directory.resolve("c.zip");
        train(model(run), run, file, -1);
        String message = assertThrows(IllegalStateException.class, () -> train(model(run), run, file, -1))
                .getMessage();
        assertEquals(
                "the network that is trained further must be the one in " + file
                        + ", got other parameters: restore it by ModelFile, or leave resume(true) out",
                message);
    }

    @Test
    void refusesTheSerialisedStateOfAnEarlierVersionAndReadsItsNetwork() throws IOException {
        Run run = new Run(false, false, 0, Batches.SAME, false, false);
        MultiLayerNetwork net = (MultiLayerNetwork) model(run);
        Path plain = directory.resolve("plain.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(plain))) {
            ModelSerializer.writeModel(net, directory.resolve("dl4j.zip").toFile(), true);
            try (ZipFile dl4j = new ZipFile(directory.resolve("dl4j.zip").toFile())) {
                for (ZipEntry entry : Collections.list(dl4j.entries())) {
                    zip.putNextEntry(new ZipEntry(entry.getName()));
                    dl4j.getInputStream(entry).transferTo(zip);
                }
            }
            zip.putNextEntry(new ZipEntry("objects/layerwisePretraining"));
            zip.write(SerializedObjects.of("stranger.Planted"));
        }
        int before = Evidence.runs();
        Path file = directory.resolve("c.zip");
        ModelFile.seal(plain, file);
        String message = assertThrows(UncheckedIOException.class, () -> train(net, run, file, -1))
                .getMessage();
        assertTrue(
                message.startsWith("cannot read " + file + ": content \"layerwisePretraining\" must be plain bytes"));
        assertSame(net, ModelFile.restoreNetwork(file));
        assertEquals(before, Evidence.runs());
    }

    @Test
    void isReadByDl4j() throws IOException {
        Run run = new Run(false, true, 1 << 20, Batches.SAME, false, false);
        Path file = directory.resolve("c.zip");
        MultiLayerNetwork net = (MultiLayerNetwork) model(run);
        train(net, run, file, -1);
        MultiLayerNetwork read = ModelSerializer.restoreMultiLayerNetwork(file.toFile());
        assertArrayEquals(net.params().toFloatVector(), read.params().toFloatVector());
    }
}
