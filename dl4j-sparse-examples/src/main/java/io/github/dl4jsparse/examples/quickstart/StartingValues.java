package io.github.dl4jsparse.examples.quickstart;

import io.github.dl4jsparse.data.FrequencyWhitening;
import io.github.dl4jsparse.data.LocalContrastNormalization;
import io.github.dl4jsparse.data.PatchSampler;
import io.github.dl4jsparse.diagnostics.LayerMeasurement;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.examples.data.NaturalImages;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.spi.SparseLayerBuilder;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Tries the starting values of {@code docs/choosing.md}, each on data of its kind, and prints what comes out on examples that were not
 * trained on.
 */
public final class StartingValues {
    private static final int BATCH = 50;

    private StartingValues() {}

    /**
     * What one row gave.
     *
     * @param units   numbers of a code
     * @param dead    share of the units, or of the maps, that are zero in every example
     * @param seconds of training
     */
    record Row(String data, String layer, LayerMeasurement measured, long units, double dead, double seconds) {
        String text() {
            return String.format(
                    Locale.ROOT,
                    "%-42s %-60s %5.1f %% active, %4.1f %% dead, %5.1f %% of the variance, %3.0f s",
                    data,
                    layer,
                    100 * measured.meanActiveUnits() / units,
                    100 * dead,
                    100 * measured.explainedVariance(),
                    seconds);
        }
    }

    /** All rows, in the order of the table. */
    static List<Row> rows() throws IOException {
        Digits digits = Digits.embeddedPixels(3);
        return List.of(vectors(digits), smallImages(digits), photographs(), signals());
    }

    private static Row vectors(Digits digits) {
        return row(
                "vectors: digits, 64 numbers",
                "ListaLayer, 200 units, 10 steps, L1 0.05, Adam 3e-4, 10 epochs",
                new ListaLayer.Builder().nOut(200).iterations(10).penalty(new L1Penalty(0.05)),
                3e-4,
                10,
                InputType.feedForward(64),
                digits.train().getFeatures(),
                digits.validation().getFeatures());
    }

    private static Row smallImages(Digits digits) {
        return row(
                "small images: digits, 8 x 8, local contrast",
                "ConvolutionalListaLayer, 32 maps 3 x 3, 1 step, L1 0.1, Adam 1e-3, 10 epochs",
                new ConvolutionalListaLayer.Builder(3, 3).nOut(32).gain(true).penalty(new L1Penalty(0.1)),
                1e-3,
                10,
                InputType.convolutional(8, 8, 1),
                images(digits.train()),
                images(digits.validation()));
    }

    private static Row photographs() throws IOException {
        PatchSampler patches = PatchSampler.builder()
                .patchSize(12, 12)
                .seed(1)
                .image(
                        "forest",
                        new FrequencyWhitening().whiten(NaturalImages.embedded().get("forest")))
                .removeMean(true)
                .batch(2000)
                .patches(4000)
                .build();
        return row(
                "photographs: whitened patches, 12 x 12",
                "SparseCodingLayer, 144 units, L1 0.1, Adam 3e-3, 10 epochs",
                new SparseCodingLayer.Builder().nOut(144).penalty(new L1Penalty(0.1)),
                3e-3,
                10,
                InputType.feedForward(144),
                patches.next().getFeatures(),
                patches.next().getFeatures());
    }

    private static Row signals() {
        INDArray signals = signals(2500, 64, 5);
        return row(
                "signals: windows of 64 of damped waves",
                "ListaLayer, 128 units, 10 steps, L1 0.1, Adam 3e-4, 10 epochs",
                new ListaLayer.Builder().nOut(128).iterations(10).penalty(new L1Penalty(0.1)),
                3e-4,
                10,
                InputType.feedForward(64),
                Rows.of(signals, 0, 2000),
                Rows.of(signals, 2000, 500));
    }

    private static INDArray images(DataSet digits) {
        DataSet images =
                new DataSet(digits.getFeatures().dup().reshape('c', digits.numExamples(), 1, 8, 8), digits.getLabels());
        new LocalContrastNormalization(7, 2).preProcess(images);
        return images.getFeatures();
    }

    /** Three damped waves at random places, and a little noise. */
    private static INDArray signals(int count, int length, long seed) {
        Random random = new Random(seed);
        float[][] all = new float[count][length];
        for (float[] signal : all) {
            for (int wave = 0; wave < 3; wave++) {
                int start = random.nextInt(length);
                double period = 4 + 4 * random.nextInt(3);
                for (int t = start; t < length; t++) {
                    signal[t] += (float) (Math.exp((start - t) / 8.0) * Math.sin(2 * Math.PI * (t - start) / period));
                }
            }
            for (int t = 0; t < length; t++) {
                signal[t] += (float) (0.02 * random.nextGaussian());
            }
        }
        return Nd4j.create(all);
    }

    private static Row row(
            String data,
            String text,
            SparseLayerBuilder<?> layer,
            double rate,
            int epochs,
            InputType input,
            INDArray examples,
            INDArray others) {
        layer.inputScaling(true);
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(rate))
                .list()
                .layer(layer.build())
                .setInputType(input)
                .build());
        net.init();
        long start = System.nanoTime();
        LayerwisePretrainer.builder()
                .epochs(epochs)
                .warmUp(100)
                .build()
                .fit(net, new ViewIterator(new DataSet(examples, examples), BATCH));
        double seconds = (System.nanoTime() - start) / 1e9;
        UnsupervisedLayer trained = (UnsupervisedLayer) net.getLayer(0);
        LayerMeasurement measured = LayerMeasurement.withoutExcess(trained, others);
        INDArray code = trained.encode(others);
        INDArray largest = code.rank() == 4 ? code.amax(0, 2, 3) : code.amax(0);
        double dead =
                1 - (double) largest.gt(0).castTo(DataType.FLOAT).sumNumber().intValue() / largest.length();
        return new Row(data, text, measured, code.length() / code.size(0), dead, seconds);
    }

    /** Prints the table. */
    public static void main(String[] args) throws IOException {
        rows().forEach(row -> System.out.println(row.text()));
    }
}
