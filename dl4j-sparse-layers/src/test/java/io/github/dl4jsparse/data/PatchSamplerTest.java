package io.github.dl4jsparse.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class PatchSamplerTest {
    private static final INDArray LARGE = numbered(0, 2, 9, 7);
    private static final INDArray SMALL = numbered(1000, 2, 4, 5);

    /** Pixels that tell image, channel and position: the k-th in c order is start + k. */
    private static INDArray numbered(int start, long... shape) {
        INDArray image = Nd4j.create(DataType.FLOAT, shape, 'c');
        for (int i = 0; i < image.length(); i++) {
            image.putScalar(i, start + i);
        }
        return image;
    }

    private static PatchSampler.Builder builder() {
        return PatchSampler.builder()
                .image("large", LARGE)
                .image("small", SMALL)
                .patchSize(3, 4)
                .batch(8)
                .patches(20)
                .seed(3)
                .flattened(false);
    }

    private static INDArray epoch(PatchSampler sampler) {
        INDArray[] batches = new INDArray[(20 + 7) / 8];
        for (int i = 0; i < batches.length; i++) {
            batches[i] = sampler.next().getFeatures();
        }
        assertFalse(sampler.hasNext());
        return Nd4j.concat(0, batches);
    }

    private static String failure(PatchSampler.Builder builder) {
        return assertThrows(IllegalArgumentException.class, builder::build).getMessage();
    }

    @Test
    void everyPatchIsOneOfAnImage() {
        INDArray patches = epoch(builder().build());
        assertArrayEquals(new long[] {20, 2, 3, 4}, patches.shape());
        for (int i = 0; i < 20; i++) {
            int first = patches.getInt(i, 0, 0, 0);
            INDArray image = first < 1000 ? LARGE : SMALL;
            int width = (int) image.size(2);
            int row = first % 1000 / width;
            int column = first % 1000 % width;
            INDArray expected = image.get(
                    NDArrayIndex.all(), NDArrayIndex.interval(row, row + 3), NDArrayIndex.interval(column, column + 4));
            assertEquals(0, Samples.distance(expected, patches.get(NDArrayIndex.point(i))));
        }
    }

    /** 28 positions in the large image, 4 in the small one; chi-square with 31 degrees of freedom, p = 0.001. */
    @Test
    void windowsOfSequencesHoldNoMaskedStep() {
        INDArray values = Nd4j.arange(2 * 3 * 20).reshape(2, 3, 20).castTo(DataType.FLOAT);
        INDArray mask = Nd4j.ones(2, 20);
        mask.putScalar(0, 7, 0);
        mask.get(NDArrayIndex.point(1), NDArrayIndex.interval(3, 20)).assign(0);
        PatchSampler.Builder builder = PatchSampler.builder()
                .sequences("s", values, mask)
                .patchSteps(5)
                .patches(500)
                .batch(500)
                .flattened(false);
        INDArray windows = builder.build().next().getFeatures();
        assertArrayEquals(new long[] {500, 3, 5}, windows.shape());
        Set<Integer> starts = new TreeSet<>();
        for (int i = 0; i < 500; i++) {
            int start = windows.getInt(i, 0, 0);
            starts.add(start);
            for (int c = 0; c < 3; c++) {
                for (int t = 0; t < 5; t++) {
                    assertEquals(start + 20 * c + t, windows.getInt(i, c, t));
                }
            }
        }
        // before and after step 7 of the first sequence; the second has three steps alone
        assertEquals(Set.of(0, 1, 2, 8, 9, 10, 11, 12, 13, 14, 15), starts);
        assertEquals(
                "patchSteps must be at most the longest stretch without a masked step, 12, got 13",
                assertThrows(IllegalArgumentException.class, () -> builder.patchSteps(13)
                                .build())
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> builder.patchSteps(5).image("a", new float[5][5]).build());
        assertThrows(
                IllegalArgumentException.class, () -> PatchSampler.builder().sequences("s", values, mask.transpose()));
    }

    @Test
    void everyPlaceIsAsLikely() {
        int draws = 32_000;
        PatchSampler sampler = builder().patches(draws).batch(draws).build();
        int[] counts = new int[1020];
        INDArray features = sampler.next().getFeatures();
        for (int i = 0; i < draws; i++) {
            counts[features.getInt(i, 0, 0, 0)]++;
        }
        double chiSquare = 0;
        int places = 0;
        for (int count : counts) {
            if (count > 0) {
                places++;
                chiSquare += Math.pow(count - draws / 32.0, 2) / (draws / 32.0);
            }
        }
        assertEquals(32, places);
        assertTrue(chiSquare < 61.1, "chi-square " + chiSquare);
    }

    @Test
    void rowsAreTheSamePatches() {
        PatchSampler flat = builder().flattened(true).build();
        DataSet data = flat.next();
        assertArrayEquals(new long[] {8, 24}, data.getFeatures().shape());
        INDArray expected = builder().build().next().getFeatures();
        assertEquals(0, Samples.distance(expected.reshape('c', 8, 24), data.getFeatures()));
        assertSame(data.getFeatures(), data.getLabels());
    }

    @Test
    void anEpochEndsAndStartsAgain() {
        PatchSampler sampler = builder().build();
        INDArray first = epoch(sampler);
        assertThrows(NoSuchElementException.class, sampler::next);
        sampler.reset();
        assertEquals(first, epoch(sampler));
        assertEquals(first, epoch(builder().build()));
        assertNotEquals(first, epoch(builder().seed(4).build()));
        sampler.reset();
        assertEquals(12, sampler.next(12).numExamples());
        assertEquals(8, sampler.next(12).numExamples());
        assertThrows(IllegalArgumentException.class, () -> sampler.next(0));
    }

    @Test
    void freshEpochsFollowFromTheSeed() {
        PatchSampler sampler = builder().freshEachEpoch(true).build();
        sampler.reset();
        INDArray first = epoch(sampler);
        assertEquals(epoch(builder().build()), first, "a reset before the first patch changes nothing");
        sampler.reset();
        sampler.reset();
        INDArray second = epoch(sampler);
        assertNotEquals(first, second);
        PatchSampler again = builder().freshEachEpoch(true).build();
        again.next();
        again.reset();
        assertEquals(second, epoch(again));
        PatchSampler neighbour = builder().seed(4).freshEachEpoch(true).build();
        assertNotEquals(second, epoch(neighbour), "epoch 1 of a seed is not epoch 0 of the next");
    }

    @Test
    void removesTheMeanOfEachChannel() {
        INDArray plain = epoch(builder().build());
        INDArray centred = epoch(builder().removeMean(true).build());
        assertEquals(0, centred.mean(2, 3).amaxNumber().doubleValue(), 1e-5);
        INDArray means = plain.mean(true, 2, 3);
        assertEquals(0, Samples.distance(plain.sub(means), centred), 1e-4);
    }

    /** The image is dark but for one pixel: 6 of 20 patches hold it. */
    @Test
    void takesOnlyPatchesWithEnoughVariance() {
        INDArray dark = Nd4j.valueArrayOf(new long[] {6, 8}, 0.1, DataType.FLOAT);
        dark.putScalar(2, 3, 1.1);
        PatchSampler.Builder builder = PatchSampler.builder()
                .image("flat", new float[3][9])
                .image("dark", dark)
                .image("flat too", new float[4][4])
                .patchSize(3, 4)
                .batch(500)
                .patches(500);
        double variance = 1 / 12.0 - 1 / 144.0;
        INDArray patches =
                builder.minimumVariance(variance - 1e-6).build().next().getFeatures();
        assertEquals(0, Samples.distance(Nd4j.valueArrayOf(500, 1.1), patches.max(1)), 1e-6);
        assertEquals(12, patches.argMax(1).castTo(DataType.DOUBLE).maxNumber().intValue() + 1);
        String message = failure(builder.minimumVariance(variance + 1e-6));
        assertTrue(message.startsWith("minimumVariance must be at most that of some patch, 0.0763"), message);
    }

    @Test
    void variancesOfChannelsAreAveraged() {
        INDArray image = Samples.gaussian(DataType.FLOAT, 7, 2, 6, 5);
        double[] variances = new PatchVariances(SourceImage.of("noise", image), 3, 2).all();
        assertEquals(16, variances.length);
        INDArray patch = image.get(NDArrayIndex.all(), NDArrayIndex.interval(2, 5), NDArrayIndex.interval(1, 3));
        double expected = patch.var(false, 1, 2).meanNumber().doubleValue();
        assertEquals(expected, variances[2 * 4 + 1], 1e-6);
    }

    @Test
    void appliesThePreProcessor() {
        PatchSampler sampler = builder().build();
        assertNull(sampler.getPreProcessor());
        DataSetPreProcessor scaling = new UnitNormScaling();
        sampler.setPreProcessor(scaling);
        assertSame(scaling, sampler.getPreProcessor());
        DataSet data = sampler.next();
        assertEquals(0, Samples.distance(Nd4j.ones(8), data.getFeatures().norm2(1, 2, 3)), 1e-6);
        assertSame(data.getFeatures(), data.getLabels());
    }

    @Test
    void tellsWhatItIs() {
        PatchSampler sampler = builder().build();
        assertEquals(24, sampler.inputColumns());
        assertEquals(24, sampler.totalOutcomes());
        assertEquals(8, sampler.batch());
        assertTrue(sampler.resetSupported());
        assertTrue(sampler.asyncSupported());
        assertNull(sampler.getLabels());
    }

    private static MultiLayerNetwork network() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(0.05))
                .list()
                .layer(new AutoEncoder.Builder().nIn(24).nOut(5).build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nOut(24)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.feedForward(24))
                .build());
        net.init();
        return net;
    }

    private static PatchSampler scaledRows() {
        PatchSampler sampler = builder().flattened(true).freshEachEpoch(true).build();
        sampler.setPreProcessor(new UnitNormScaling());
        return sampler;
    }

    /** Both resets at the start and DL4J's prefetching leave the patches of every epoch what they are. */
    @Test
    void trainsNetworks() {
        MultiLayerNetwork net = network();
        net.pretrain(scaledRows(), 2);
        INDArray pretrained = net.params().dup();
        assertNotEquals(network().params(), pretrained);
        MultiLayerNetwork again = network();
        PatchSampler sampler = scaledRows();
        LayerwisePretrainer.builder().epochs(2).build().fit(again, sampler);
        assertEquals(pretrained, again.params());
        double before = net.score(scaledRows().next());
        net.fit(sampler, 20);
        assertTrue(net.score(scaledRows().next()) < before, "labels are the features");
    }

    @Test
    void goesOnWhereItWasSerialized() throws Exception {
        PatchSampler sampler = builder().minimumVariance(1e-3).build();
        sampler.setPreProcessor(new UnitNormScaling());
        sampler.next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(sampler);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            PatchSampler copy = (PatchSampler) in.readObject();
            assertEquals(sampler.next().getFeatures(), copy.next().getFeatures());
        }
    }

    @Test
    void imagesWithABatchAxisAreTaken() {
        INDArray more = LARGE.add(500);
        INDArray expected = epoch(builder().image("more", more).build());
        assertEquals(
                expected,
                epoch(builder().image("more", more.reshape(1, 2, 9, 7)).build()));
        INDArray batch = Nd4j.stack(0, more, more.add(500));
        assertEquals(
                epoch(builder().image("a", more).image("b", more.add(500)).build()),
                epoch(builder().images("both", batch).build()));
    }

    @Test
    void imagesAreCopied() {
        float[][] pixels = {{1, 2}, {3, 4}};
        INDArray array = Nd4j.createFromArray(pixels);
        PatchSampler sampler = PatchSampler.builder()
                .image("plain", pixels)
                .image("array", array)
                .patchSize(2, 2)
                .batch(9)
                .patches(9)
                .build();
        pixels[0][0] = 9;
        array.assign(9);
        assertEquals(4, sampler.next().getFeatures().maxNumber().intValue());
    }

    @Test
    void refusesWhatIsMissing() {
        PatchSampler.Builder empty = PatchSampler.builder();
        assertEquals("number of images must be at least 1, got 0", failure(empty));
        empty.image("a", new float[3][3]);
        assertEquals("patch height must be at least 1, got 0", failure(empty));
        empty.patchSize(2, 2);
        assertEquals("batch must be at least 1, got 0", failure(empty));
        empty.batch(3);
        assertEquals("patches must be at least 1, got 0", failure(empty));
        assertThrows(IllegalArgumentException.class, () -> empty.batch(-1));
        assertThrows(IllegalArgumentException.class, () -> empty.minimumVariance(Double.NaN));
        String message = failure(empty.patches(1).batch(1 << 30));
        assertEquals("batch must be at most 2^31 - 1 pixels, got 1073741824 patches, 4294967296 pixels", message);
    }

    @Test
    void namesTheImageThatDoesNotFit() {
        assertEquals(
                "image \"small\" must be at least as large as a patch, 5 x 4, got 4 x 5",
                failure(builder().patchSize(5, 4)));
        assertEquals(
                "image \"small\" must be at least as large as a patch, 4 x 6, got 4 x 5",
                failure(builder().patchSize(4, 6)));
        assertEquals(
                "image \"gray\" must be of 2 channels as the first, got 1",
                failure(builder().image("gray", new float[5][5])));
    }

    private static String failure(INDArray image) {
        return assertThrows(IllegalArgumentException.class, () -> builder().image("bad", image))
                .getMessage();
    }

    @Test
    void namesTheImageThatIsNone() {
        INDArray holed = LARGE.dup();
        holed.putScalar(new long[] {1, 2, 5}, Float.NaN);
        assertEquals("image \"bad\" must be finite everywhere, got NaN at channel 1, row 2, column 5", failure(holed));
        assertEquals(
                "image \"bad\" must be [height, width], [channels, height, width] or [1, channels, height, width]"
                        + ", got [1, 1, 2, 3, 4]",
                failure(Samples.gaussian(1, 1, 1, 2, 3, 4)));
        assertEquals("pixels of image \"bad\" must be given, got null", failure((INDArray) null));
        assertEquals(
                "image \"ragged\" must be rectangular, rows of 2 pixels, got 1 pixels in row 1",
                assertThrows(IllegalArgumentException.class, () -> builder()
                                .image("ragged", new float[][] {{1, 2}, {3}}))
                        .getMessage());
        assertEquals(
                "image \"empty\" must be at least 1 x 1 pixels, got 0 rows",
                assertThrows(IllegalArgumentException.class, () -> builder().image("empty", new float[0][]))
                        .getMessage());
    }
}
