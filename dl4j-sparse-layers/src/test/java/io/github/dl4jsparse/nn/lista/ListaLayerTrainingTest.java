package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Updates of the parameters of a {@link ListaLayer}: learning rates, constraints, masks, pre-training. */
@ExtendWith(DoublePrecision.class)
class ListaLayerTrainingTest {
    private static final int INPUTS = 6;
    private static final int UNITS = 9;
    private static final int CLASSES = 3;
    private static final int STEPS = 4;
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private static ListaLayer.Builder layer() {
        return new ListaLayer.Builder()
                .nOut(UNITS)
                .iterations(STEPS)
                .shrinkage(Shrinkage.SOFT)
                .penalty(new L1Penalty(0.1))
                .initialThreshold(0.1)
                .unsupervisedWeight(1);
    }

    private static MultiLayerNetwork network(IUpdater updater, ListaLayer.Builder layer) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .updater(updater)
                .list()
                .layer(layer.build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.feedForward(INPUTS))
                .build());
        net.init();
        net.initGradientsView();
        return net;
    }

    private static DataSet data(int batch) {
        return new DataSet(Samples.gaussian(8, batch, INPUTS), Samples.oneHot(batch, CLASSES));
    }

    private static Map<String, INDArray> copy(Map<String, INDArray> arrays) {
        Map<String, INDArray> copies = new LinkedHashMap<>();
        arrays.forEach((name, value) -> copies.put(name, value.dup()));
        return copies;
    }

    /** The gradients of the layer's parameters, summed over the batch, before any updater. */
    private static Map<String, INDArray> gradients(MultiLayerNetwork net, DataSet data) {
        net.setInput(data.getFeatures());
        net.setLabels(data.getLabels());
        net.setLayerMaskArrays(data.getFeaturesMaskArray(), data.getLabelsMaskArray());
        net.computeGradientAndScore();
        Map<String, INDArray> gradients = copy(net.gradient().gradientForVariable());
        net.clearLayerMaskArrays();
        return gradients;
    }

    private static double factor(String parameter) {
        return Map.of("E", 1.0 / STEPS, "S", 1.0 / (STEPS - 1), "D", 0.2).getOrDefault(parameter, 1.0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void learningRateFactorsReachTheUpdate(boolean scheduled) {
        double rate = 0.01;
        IUpdater updater = scheduled
                ? new Sgd(new MapSchedule.Builder(ScheduleType.ITERATION)
                        .add(0, rate)
                        .build())
                : new Sgd(rate);
        MultiLayerNetwork net = network(
                updater,
                layer().learningRatesByUse(true).learningRateFactor("D", 0.2).decoderNorm(INFINITY));
        DataSet data = data(5);
        Map<String, INDArray> gradients = gradients(net, data);
        Map<String, INDArray> before = copy(net.getLayer(0).paramTable());
        net.fit(data);
        before.forEach((name, value) -> {
            INDArray expected = value.sub(gradients.get("0_" + name).mul(rate * factor(name) / 5));
            assertTrue(Samples.distance(value, expected) > 1e-6, name + " does not move");
            assertEquals(0, Samples.distance(expected, net.getLayer(0).getParam(name)), 1e-14, name);
        });
    }

    @Test
    void learningRateFactorsReachThePretrainingUpdate() {
        double rate = 0.01;
        MultiLayerNetwork net = network(
                new Sgd(rate),
                layer().learningRatesByUse(true).learningRateFactor("D", 0.2).decoderNorm(INFINITY));
        MultiLayerNetwork plain = network(new Sgd(rate), layer().decoderNorm(INFINITY));
        Map<String, INDArray> before = copy(net.getLayer(0).paramTable());
        net.pretrainLayer(0, data(5).getFeatures());
        plain.pretrainLayer(0, data(5).getFeatures());
        before.forEach((name, value) -> {
            INDArray step = plain.getLayer(0).getParam(name).sub(value);
            assertTrue(step.norm2Number().doubleValue() > 1e-6, name + " does not move");
            INDArray scaled = net.getLayer(0).getParam(name).sub(value);
            assertEquals(0, Samples.distance(step.mul(factor(name)), scaled), 1e-14, name);
        });
    }

    @Test
    void learningRateFactorsFollowAScheduleAndALaterChange() {
        MapSchedule schedule = new MapSchedule.Builder(ScheduleType.ITERATION)
                .add(0, 0.02)
                .add(1, 0.005)
                .build();
        MultiLayerNetwork net =
                network(new Sgd(schedule), layer().learningRateFactor("E", 0.25).decoderNorm(INFINITY));
        for (double rate : new double[] {0.02, 0.005, 0.005}) {
            Map<String, INDArray> gradients = gradients(net, data(4));
            INDArray before = net.getLayer(0).getParam("E").dup();
            net.fit(data(4));
            INDArray expected = before.sub(gradients.get("0_E").mul(rate * 0.25 / 4));
            assertEquals(0, Samples.distance(expected, net.getLayer(0).getParam("E")), 1e-14, "rate " + rate);
        }
    }

    private static double[] norms(INDArray matrix, boolean rows) {
        double[] squares = new double[(int) matrix.size(rows ? 0 : 1)];
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                squares[rows ? i : j] += matrix.getDouble(i, j) * matrix.getDouble(i, j);
            }
        }
        for (int i = 0; i < squares.length; i++) {
            squares[i] = Math.sqrt(squares[i]);
        }
        return squares;
    }

    private static void assertBounded(double bound, double[] norms) {
        double largest = 0;
        for (double norm : norms) {
            largest = Math.max(largest, norm);
        }
        assertEquals(bound, largest, 1e-9, "the bound holds, and some atom is at it");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void constraintsHoldAfterFitAndPretraining(boolean pretraining) {
        MultiLayerNetwork net = network(new Sgd(0.5), layer().decoderNorm(0.8).encoderNorm(0.1));
        for (int i = 0; i < 3; i++) {
            if (pretraining) {
                net.pretrainLayer(0, data(5).getFeatures());
            } else {
                net.fit(data(5));
            }
            assertBounded(0.8, norms(net.getLayer(0).getParam("D"), false));
            assertBounded(0.1, norms(net.getLayer(0).getParam("E"), true));
        }
    }

    @Test
    void decoderNormBoundsTheEncoderOfATiedLayerAndEveryStepOfAnUntiedOne() {
        MultiLayerNetwork tied = network(new Sgd(0.5), layer().tiedDecoder(true).decoderNorm(0.3));
        tied.fit(data(5));
        assertBounded(0.3, norms(tied.getLayer(0).getParam("E"), true));
        MultiLayerNetwork untied = network(new Sgd(0.5), layer().untied(true).encoderNorm(0.1));
        untied.fit(data(5));
        double[] norms = norms(untied.getLayer(0).getParam("E"), true);
        assertEquals(STEPS * UNITS, norms.length);
        assertBounded(0.1, norms);
    }

    @Test
    void thresholdsOfSoftShrinkageStayNonNegative() {
        ListaLayer.Builder soft = layer().initialThreshold(1e-4);
        MultiLayerNetwork net = network(new Sgd(0.2), soft);
        DataSet data = data(5);
        INDArray descent = gradients(net, data).get("0_b").mul(0.2 / 5);
        INDArray expected = Transforms.max(net.getLayer(0).getParam("b").sub(descent), 0.0, true);
        assertEquals(0, expected.minNumber().doubleValue(), "some threshold would become negative");
        net.fit(data);
        assertEquals(0, Samples.distance(expected, net.getLayer(0).getParam("b")), 1e-14);
        MultiLayerNetwork free = network(new Sgd(0.2), soft.shrinkage(Shrinkage.NON_NEGATIVE));
        free.fit(data);
        assertTrue(free.getLayer(0).getParam("b").minNumber().doubleValue() < 0, "rectified units may have any bias");
    }

    @Test
    void constraintsOfTheUserAreKeptNextToTheLayersOwn() {
        MultiLayerNetwork net =
                network(new Sgd(0.5), layer().shrinkage(Shrinkage.SOFT).constrainWeights(new NonNegativeConstraint()));
        for (int i = 0; i < 5; i++) {
            net.fit(data(5));
            for (String weights : List.of("E", "S", "D", "b")) {
                double least = net.getLayer(0).getParam(weights).minNumber().doubleValue();
                assertTrue(least >= 0, weights + " has " + least);
            }
            double longest = net.getLayer(0).getParam("D").norm2(0).maxNumber().doubleValue();
            assertTrue(longest <= 1 + 1e-6, "an atom of norm " + longest);
        }
        assertEquals(1, net.getLayer(0).conf().getLayer().getConstraints().size());
    }

    @Test
    void maskedExamplesChangeNeitherLossNorGradient() {
        for (Shrinkage shrinkage : Choice.shrinkages().toList()) {
            MultiLayerNetwork net =
                    network(new Sgd(0.1), layer().shrinkage(shrinkage).gain(true));
            DataSet all = data(5);
            INDArray mask = Nd4j.create(new double[][] {{1}, {0}, {1}, {1}, {0}});
            all.setFeaturesMaskArray(mask);
            all.setLabelsMaskArray(mask);
            DataSet kept = new DataSet(
                    Nd4j.vstack(row(all.getFeatures(), 0), row(all.getFeatures(), 2), row(all.getFeatures(), 3)),
                    Nd4j.vstack(row(all.getLabels(), 0), row(all.getLabels(), 2), row(all.getLabels(), 3)));
            Map<String, INDArray> expected = gradients(net, kept);
            double keptScore = net.score();
            Map<String, INDArray> masked = gradients(net, all);
            expected.forEach((name, value) -> {
                assertTrue(value.norm2Number().doubleValue() > 1e-6, name);
                assertEquals(0, Samples.distance(value, masked.get(name)), 1e-12, name);
            });
            // DL4J divides by the number of rows, masked or not
            assertEquals(keptScore * 3 / 5, net.score(), 1e-12);
        }
    }

    private static INDArray row(INDArray matrix, int i) {
        return matrix.getRow(i, true).dup();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, STEPS})
    void ownPretrainOfDl4jDescends(int steps) {
        DataSet examples = data(24);
        DataSetIterator batches = new ListDataSetIterator<>(examples.asList(), 7);
        MultiLayerNetwork net = network(new Sgd(0.05), layer().iterations(steps).unsupervisedWeight(0));
        INDArray head = net.getLayer(1).params().dup();
        UnsupervisedLayer layer = (UnsupervisedLayer) net.getLayer(0);
        double before = layer.energy(examples.getFeatures()).total();
        net.pretrain(batches, 10);
        double middle = layer.energy(examples.getFeatures()).total();
        net.pretrain(batches, 30);
        double after = layer.energy(examples.getFeatures()).total();
        assertTrue(middle < 0.95 * before && after < middle, before + ", " + middle + ", " + after);
        assertEquals(head, net.getLayer(1).params(), "pre-training leaves the classifier alone");
    }

    @Test
    void withoutInputGradientTheParametersTrainTheSame() {
        MultiLayerNetwork with = network(new Sgd(0.1), layer());
        MultiLayerNetwork without = network(new Sgd(0.1), layer().inputGradient(false));
        with.fit(data(5));
        without.fit(data(5));
        assertEquals(with.params(), without.params());
        assertNotEquals(network(new Sgd(0.1), layer()).params(), without.params());
    }

    @Test
    void batchesOfDifferentSizesTrainAsIfAlone() {
        MultiLayerNetwork net = network(new Sgd(0.1), layer());
        for (int batch : new int[] {7, 1, 3, 7}) {
            MultiLayerNetwork fresh = network(new Sgd(0.1), layer());
            fresh.setParams(net.params());
            net.fit(data(batch));
            fresh.fit(data(batch));
            assertEquals(0, Samples.distance(fresh.params(), net.params()), 1e-13, "batch of " + batch);
        }
    }
}
