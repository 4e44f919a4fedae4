package io.github.dl4jsparse.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.testkit.ThreadsLaw;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerSerializer;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The contract of every normaliser of features, on two images of two channels, 5 x 3 pixels. */
abstract class NormalizerContract {
    static final int CHANNELS = 2;
    static final int HEIGHT = 5;
    static final int WIDTH = 3;
    static final int VALUES = CHANNELS * HEIGHT * WIDTH;

    /** A normaliser that is ready for images of this size, flattened or not. */
    abstract DataNormalization normalizer();

    /** Another one, ready too, that has other parameters; null if there is only one. */
    abstract DataNormalization other();

    static INDArray images() {
        return Samples.gaussian(21, 2, CHANNELS, HEIGHT, WIDTH);
    }

    INDArray transformed(INDArray features) {
        INDArray copy = features.dup();
        normalizer().transform(copy);
        return copy;
    }

    @Test
    void flattenedImagesAreTheSame() {
        INDArray flat = transformed(images().reshape('c', 2, VALUES));
        assertEquals(0, Samples.distance(transformed(images()).reshape('c', 2, VALUES), flat));
        assertNotEquals(0, Samples.distance(images().reshape('c', 2, VALUES), flat), "it changes something");
    }

    @Test
    void aBatchIsEachAlone() {
        INDArray images = images();
        INDArray batch = transformed(images);
        for (int i = 0; i < 2; i++) {
            INDArray one = images.get(NDArrayIndex.interval(i, i + 1));
            INDArray expected = batch.get(NDArrayIndex.interval(i, i + 1));
            assertEquals(0, Samples.distance(expected, transformed(one)), 1e-13);
        }
    }

    @Test
    void bitsDoNotDependOnTheNumberOfThreads() {
        INDArray many = Samples.gaussian(DataType.FLOAT, 22, 2000, CHANNELS, HEIGHT, WIDTH);
        ThreadsLaw.sameBits(() -> new INDArray[] {transformed(many)});
    }

    @Test
    void worksInPlaceOnViewsOfAnyOrder() {
        INDArray expected = transformed(images());
        INDArray wide = Nd4j.zeros(DataType.DOUBLE, 2, CHANNELS, HEIGHT, WIDTH + 2);
        INDArray view = wide.get(
                NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(1, WIDTH + 1));
        view.assign(images());
        normalizer().transform(view);
        assertEquals(0, Samples.distance(expected, view));
        assertEquals(
                0,
                wide.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(0))
                        .norm1Number()
                        .doubleValue());
        INDArray columnMajor = images().dup('f');
        normalizer().transform(columnMajor);
        assertEquals(0, Samples.distance(expected, columnMajor));
    }

    @Test
    void floatIsDoubleRounded() {
        INDArray floats = images().castTo(DataType.FLOAT);
        INDArray expected = transformed(floats.castTo(DataType.DOUBLE)).castTo(DataType.FLOAT);
        assertEquals(0, Samples.distance(expected, transformed(floats)), 1e-6);
        assertEquals(DataType.FLOAT, transformed(floats).dataType());
    }

    @Test
    void preprocessesFeaturesAndLeavesLabels() {
        INDArray labels = Samples.gaussian(5, 2, 3);
        DataSet data = new DataSet(images(), labels.dup());
        DataNormalization normalizer = normalizer();
        normalizer.preProcess(data);
        assertEquals(0, Samples.distance(transformed(images()), data.getFeatures()));
        normalizer.transform(data.getFeatures(), Nd4j.ones(2, 1));
        normalizer.transformLabel(data.getLabels());
        normalizer.transformLabel(data.getLabels(), null);
        normalizer.revertLabels(data.getLabels());
        normalizer.revertLabels(data.getLabels(), null);
        assertEquals(labels, data.getLabels());
        normalizer.fitLabel(false);
        assertFalse(normalizer.isFitLabel());
        String message = assertThrows(UnsupportedOperationException.class, () -> normalizer.fitLabel(true))
                .getMessage();
        assertTrue(message.endsWith(" normalises features only"), message);
    }

    @Test
    void refusesWhatIsNoBatchOfNumbers() {
        DataNormalization normalizer = normalizer();
        assertEquals(
                "features must be given, got null",
                assertThrows(IllegalArgumentException.class, () -> normalizer.transform((INDArray) null))
                        .getMessage());
        assertEquals(
                "features must be floating point numbers [batch, ...], got DOUBLE [30]",
                assertThrows(IllegalArgumentException.class, () -> normalizer.transform(Samples.gaussian(1, VALUES)))
                        .getMessage());
        INDArray counts = Nd4j.ones(DataType.INT32, 2, VALUES);
        assertEquals(
                "features must be floating point numbers [batch, ...], got INT [2, 30]",
                assertThrows(IllegalArgumentException.class, () -> normalizer.transform(counts))
                        .getMessage());
    }

    private void assertSame(Normalizer<?> restored) {
        assertEquals(normalizer(), restored);
        assertEquals(normalizer().hashCode(), restored.hashCode());
        INDArray copy = images();
        ((DataNormalization) restored).transform(copy);
        assertEquals(0, Samples.distance(transformed(images()), copy), "to the last bit");
    }

    @Test
    void isSavedWithAModel(@TempDir Path directory) throws Exception {
        File file = directory.resolve("model.zip").toFile();
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new OutputLayer.Builder()
                        .nIn(VALUES)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        net.init();
        ModelSerializer.writeModel(net, file, true);
        assertNull(ModelSerializer.restoreNormalizerFromFile(file));
        ModelSerializer.addNormalizerToModel(file, normalizer());
        assertSame(ModelSerializer.restoreNormalizerFromFile(file));
        Pair<MultiLayerNetwork, ?> both = ModelSerializer.restoreMultiLayerNetworkAndNormalizer(file, true);
        assertEquals(net.params(), both.getFirst().params());
        assertSame((Normalizer<?>) both.getSecond());
        ModelSerializer.writeModel(net, file, true, normalizer());
        assertSame(ModelSerializer.restoreNormalizerFromFile(file));
    }

    @Test
    void anySerializerReadsAndOneWithOurStrategyWrites() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        NormalizerSerializer ofOnesOwn = new NormalizerSerializer();
        DataNormalization normalizer = normalizer();
        assertThrows(RuntimeException.class, () -> ofOnesOwn.write(normalizer, new ByteArrayOutputStream()));
        ofOnesOwn.addStrategy(new FeatureNormalizerStrategy(normalizer.getClass()));
        ofOnesOwn.write(normalizer, bytes);
        Normalizer<?> restored = new NormalizerSerializer().restore(new ByteArrayInputStream(bytes.toByteArray()));
        assertSame(restored);
    }

    @Test
    void isSerializableAndEqualByItsParameters() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(normalizer());
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertSame((Normalizer<?>) in.readObject());
        }
        assertNotEquals(other(), normalizer());
    }

    /** For a normaliser without an inverse. */
    static void assertCannotRevert(DataNormalization normalizer) {
        DataSet data = new DataSet(images(), null);
        String expected = normalizer.getClass().getSimpleName()
                + " can't be reverted: what it subtracts and divides by is not kept";
        assertEquals(
                expected,
                assertThrows(UnsupportedOperationException.class, () -> normalizer.revert(data))
                        .getMessage());
        assertEquals(images(), data.getFeatures());
    }
}
