package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaConf;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.lista.LocallyConnectedListaLayer;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

@ExtendWith(DoublePrecision.class)
class DataStartTest {
    private static final int EXAMPLES = 30;
    private static final int CHANNELS = 2;
    private static final int HEIGHT = 5;
    private static final int WIDTH = 6;

    private static MultiLayerNetwork network(InputType input, FeedForwardLayer... layers) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(new Adam(1e-3))
                .list();
        for (FeedForwardLayer layer : layers) {
            list.layer(layer);
        }
        MultiLayerNetwork net = new MultiLayerNetwork(
                list.layer(new OutputLayer.Builder(LossFunction.MSE).nOut(2).build())
                        .setInputType(input)
                        .build());
        net.init();
        return net;
    }

    private static ViewIterator batches(INDArray x) {
        return new ViewIterator(new DataSet(x, Samples.oneHot((int) x.size(0), 2)), 8);
    }

    private static UnsupervisedLayer layer(MultiLayerNetwork net, int index) {
        return (UnsupervisedLayer) net.getLayer(index);
    }

    private static INDArray images() {
        return Samples.gaussian(6, EXAMPLES, CHANNELS, HEIGHT, WIDTH).addi(0.4);
    }

    /** The largest cosine of a vector with the rows of a matrix. */
    private static double nearest(INDArray vector, INDArray rows) {
        INDArray cosines = rows.mmul(vector.reshape(vector.length(), 1)).diviColumnVector(rows.norm2(true, 1));
        return cosines.maxNumber().doubleValue() / vector.norm2Number().doubleValue();
    }

    @Test
    void atomsOfVectorsAreDifferentExamples() {
        INDArray x = Samples.gaussian(6, EXAMPLES, 7);
        MultiLayerNetwork net = network(
                InputType.feedForward(7),
                new SparseCodingLayer.Builder()
                        .nOut(20)
                        .penalty(new L1Penalty(0.1))
                        .inputScaling(true)
                        .build());
        DataStart.of(net, batches(x), 1);
        INDArray cosines =
                x.divColumnVector(x.norm2(true, 1)).mmul(net.getLayer(0).getParam("D"));
        for (int unit = 0; unit < 20; unit++) {
            assertEquals(1, cosines.getColumn(unit).maxNumber().doubleValue(), 1e-12, "unit " + unit);
        }
        assertEquals(
                20,
                java.util.Arrays.stream(cosines.argMax(0).toIntVector())
                        .distinct()
                        .count());
    }

    /** Every patch of every image, channels innermost, without its mean. */
    private static INDArray patches(INDArray images, int kernel) {
        int rows = HEIGHT - kernel + 1;
        int columns = WIDTH - kernel + 1;
        int size = kernel * kernel * CHANNELS;
        double[][] all = new double[EXAMPLES * rows * columns][size];
        int p = 0;
        for (int n = 0; n < EXAMPLES; n++) {
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++, p++) {
                    for (int i = 0; i < size; i++) {
                        all[p][i] =
                                images.getDouble(n, i % CHANNELS, r + i / CHANNELS / kernel, c + i / CHANNELS % kernel);
                    }
                    double mean = java.util.Arrays.stream(all[p]).average().orElseThrow();
                    for (int i = 0; i < size; i++) {
                        all[p][i] -= mean;
                    }
                }
            }
        }
        return org.nd4j.linalg.factory.Nd4j.create(all);
    }

    @Test
    void filtersAreCenteredPatches() {
        INDArray images = images();
        MultiLayerNetwork net = network(
                InputType.convolutional(HEIGHT, WIDTH, CHANNELS),
                new ConvolutionalListaLayer.Builder(3, 3)
                        .nOut(9)
                        .convolutionMode(org.deeplearning4j.nn.conf.ConvolutionMode.Truncate)
                        .penalty(new L1Penalty(0.1))
                        .inputScaling(true)
                        .build());
        DataStart.of(net, batches(images), 1);
        INDArray all = patches(images, 3);
        INDArray filters = net.getLayer(0).getParam("D");
        for (int unit = 0; unit < 9; unit++) {
            assertEquals(1, nearest(filters.getColumn(unit).dup(), all), 1e-9, "filter " + unit);
            assertEquals(1, filters.getColumn(unit).norm2Number().doubleValue(), 1e-9);
        }
    }

    @Test
    void everyPlaceHasAtomsFromThere() {
        MultiLayerNetwork net = network(
                InputType.convolutional(HEIGHT, WIDTH, CHANNELS),
                new LocallyConnectedListaLayer.Builder(3)
                        .nOut(2)
                        .penalty(new L1Penalty(0.1))
                        .inputScaling(true)
                        .build());
        INDArray before = net.getLayer(0).getParam("D").dup();
        DataStart.of(net, batches(images()), 1);
        INDArray after = net.getLayer(0).getParam("D");
        INDArray norms = after.norm2(0);
        assertEquals(1, norms.minNumber().doubleValue(), 1e-9);
        assertEquals(1, norms.maxNumber().doubleValue(), 1e-9);
        assertTrue(Samples.distance(before, after) > 0.1);
        assertTrue(layer(net, 0).energy(images()).reconstruction() > 0);
    }

    /** K steps are K steps of ISTA with the new dictionary; the single step of one is the one that describes the data best. */
    @Test
    void stepsFitTheDictionaryAndTheData() {
        INDArray x = Samples.gaussian(6, EXAMPLES, 7).muli(50);
        MultiLayerNetwork three = network(
                InputType.feedForward(7),
                new ListaLayer.Builder()
                        .nOut(10)
                        .iterations(3)
                        .penalty(new L1Penalty(0.1))
                        .inputScaling(true)
                        .build());
        DataStart.of(three, batches(x), 1);
        INDArray encoder = three.getLayer(0).getParam(ListaConf.ENCODER).dup();
        INDArray threshold = three.getLayer(0).getParam(ListaConf.THRESHOLD).dup();
        layer(three, 0).startFrom(three.getLayer(0).getParam(ListaConf.DECODER).dup());
        assertEquals(0, Samples.distance(encoder, three.getLayer(0).getParam(ListaConf.ENCODER)), 1e-9);
        assertEquals(0, Samples.distance(threshold, three.getLayer(0).getParam(ListaConf.THRESHOLD)), 1e-9);

        MultiLayerNetwork one = network(
                InputType.feedForward(7),
                new ListaLayer.Builder()
                        .nOut(10)
                        .iterations(1)
                        .penalty(new L1Penalty(0.1))
                        .inputScaling(true)
                        .build());
        DataStart.of(one, batches(x), 1);
        double best = layer(one, 0).energy(x).reconstruction();
        for (double factor : new double[] {0.9, 1.1}) {
            MultiLayerNetwork other = one.clone();
            other.getLayer(0).getParam(ListaConf.ENCODER).muli(factor);
            other.getLayer(0).getParam(ListaConf.THRESHOLD).muli(factor);
            assertTrue(layer(other, 0).energy(x).reconstruction() > best, "a step of " + factor);
        }
    }

    @Test
    void upperLayersStartFromTheOutputsOfThoseBelow() {
        MultiLayerNetwork net = network(
                InputType.feedForward(7),
                new ListaLayer.Builder()
                        .nOut(10)
                        .iterations(2)
                        .penalty(new L1Penalty(0.05))
                        .inputScaling(true)
                        .build(),
                new SparseCodingLayer.Builder()
                        .nOut(6)
                        .penalty(new L1Penalty(0.1))
                        .inputScaling(true)
                        .build());
        INDArray x = Samples.gaussian(6, EXAMPLES, 7);
        DataStart.of(net, batches(x), 1);
        INDArray codes = layer(net, 0).encode(x);
        INDArray atoms = net.getLayer(1).getParam("D");
        for (int unit = 0; unit < 6; unit++) {
            assertEquals(1, nearest(atoms.getColumn(unit).dup(), codes), 1e-9);
        }
        double expected = Math.sqrt(codes.mul(codes).sumNumber().doubleValue() / EXAMPLES);
        assertEquals(expected, layer(net, 1).inputScale(), 1e-9);
    }

    /** The pre-trainer starts a layer once; training that goes on, resumed or not, does not start anew. */
    @Test
    void thePretrainerStartsLayersThatWait(@TempDir Path directory) {
        INDArray x = Samples.gaussian(6, EXAMPLES, 7).muli(1e4);
        FeedForwardLayer conf = new ListaLayer.Builder()
                .nOut(10)
                .iterations(2)
                .penalty(new L1Penalty(0.05))
                .inputScaling(true)
                .build();
        MultiLayerNetwork whole = network(InputType.feedForward(7), conf);
        LayerwisePretrainer.builder().epochs(4).build().fit(whole, batches(x));
        Path file = directory.resolve("net.zip");
        MultiLayerNetwork first = network(InputType.feedForward(7), conf);
        assertTrue(layer(first, 0).awaitsData());
        LayerwisePretrainer.builder().epochs(2).checkpoint(file).build().fit(first, batches(x));
        MultiLayerNetwork resumed;
        try {
            resumed = MultiLayerNetwork.load(file.toFile(), true);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        LayerwisePretrainer.builder()
                .epochs(4)
                .checkpoint(file)
                .resume(true)
                .build()
                .fit(resumed, batches(x));
        assertEquals(0, Samples.distance(whole.params(), resumed.params()), 1e-12);
        double scale = layer(whole, 0).inputScale();
        LayerwisePretrainer.builder().build().fit(whole, batches(x.mul(3)));
        assertEquals(scale, layer(whole, 0).inputScale());
    }

    @Test
    void refusesNetworksAndDataWithoutWhatItNeeds() {
        MultiLayerNetwork none = network(InputType.feedForward(7));
        assertThrows(IllegalArgumentException.class, () -> DataStart.of(none, batches(images()), 1));
        MultiLayerNetwork net = network(
                InputType.feedForward(7),
                new ListaLayer.Builder().nOut(4).penalty(new L1Penalty(0.05)).build());
        ViewIterator empty = batches(Samples.gaussian(1, 8, 7));
        empty.next();
        assertThrows(
                IllegalArgumentException.class,
                () -> DataStart.of(net, (org.nd4j.linalg.dataset.api.iterator.DataSetIterator) null, 1));
    }
}
