package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.Networks;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.model.ModelFile;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.train.PretrainListener.PretrainProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

class RunningStatisticsTest {
    private static final int INPUTS = 6;

    @TempDir
    private Path directory;

    /** Values about 5.2, 7.7 wide, every column its own. */
    private static INDArray x(int n) {
        INDArray x = Samples.gaussian(DataType.FLOAT, 1, n, INPUTS).muli(7.7).addi(5.2);
        for (int i = 0; i < INPUTS; i++) {
            x.getColumn(i).muli(1 + i);
        }
        return x;
    }

    private static DataSetIterator data(INDArray x) {
        return UnlabelledIterator.of(x, 16, 3);
    }

    private static ListaLayer lista(int units) {
        return new ListaLayer.Builder()
                .nOut(units)
                .iterations(2)
                .penalty(new L1Penalty(0.05))
                .build();
    }

    private static Layer norm(boolean logStd) {
        return new BatchNormalization.Builder().useLogStd(logStd).build();
    }

    private static void assertStandard(INDArray input, double tolerance) {
        INDArray wide = input.castTo(DataType.DOUBLE);
        assertEquals(0, wide.mean(0).amaxNumber().doubleValue(), tolerance);
        INDArray deviation = wide.std(false, 0);
        assertEquals(1, deviation.minNumber().doubleValue(), tolerance);
        assertEquals(1, deviation.maxNumber().doubleValue(), tolerance);
    }

    private static INDArray inputOf(MultiLayerNetwork net, int layer, INDArray x) {
        return Net.of(net).trained(layer).inputOf(x);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void preTrainingSeesNormalisedValues(boolean logStd) {
        MultiLayerNetwork net = Networks.classifier(new Sgd(0.01), INPUTS, 2, norm(logStd), lista(8));
        INDArray x = x(100);
        // a new layer passes on what it is given
        assertEquals(
                x.meanNumber().doubleValue(), inputOf(net, 1, x).meanNumber().doubleValue(), 1e-2);
        List<INDArray> seen = new ArrayList<>();
        LayerwisePretrainer.builder()
                .epochs(2)
                .listener(new PretrainListener() {
                    @Override
                    public void batchDone(PretrainProgress progress) {
                        seen.add(inputOf(net, 1, x));
                    }
                })
                .build()
                .fit(net, data(x));
        assertStandard(seen.get(0), 1e-4);
        assertEquals(seen.get(0), seen.get(seen.size() - 1));
    }

    @Test
    void everyLayerIsDoneOnTheTrainedLayersBelow() {
        MultiLayerNetwork net = Networks.classifier(
                new Adam(1e-2), INPUTS, 2, norm(true), lista(8), norm(false), norm(true), lista(5), norm(true));
        INDArray last = net.getLayer(5).params().dup();
        INDArray x = x(100);
        LayerwisePretrainer.builder().epochs(3).build().fit(net, data(x));
        INDArray codes = net.feedForwardToLayer(1, x, false).get(2).castTo(DataType.DOUBLE);
        INDArray variance = net.getLayer(2).getParam("var").castTo(DataType.DOUBLE);
        assertEquals(0, Samples.distance(codes.mean(0), net.getLayer(2).getParam("mean")), 1e-5);
        assertTrue(Samples.distance(codes.var(false, 0), variance)
                < 1e-5 * (1 + variance.maxNumber().doubleValue()));
        // the layer above the last stage is left to fit()
        assertEquals(last, net.getLayer(5).params());
    }

    @Test
    void channelsOfImagesAreNormalisedOverAllPlaces() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(norm(true))
                .layer(new ConvolutionalListaLayer.Builder(3, 3)
                        .nOut(4)
                        .iterations(2)
                        .penalty(new L1Penalty(0.05))
                        .build())
                .layer(new OutputLayer.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(4, 5, 2))
                .build());
        net.init();
        INDArray x = Samples.gaussian(DataType.FLOAT, 2, 50, 2, 4, 5).muli(3).addi(1e3);
        assertEquals(1, RunningStatistics.estimate(net, data(x)));
        INDArray seen = inputOf(net, 1, x).castTo(DataType.DOUBLE);
        assertEquals(0, seen.mean(0, 2, 3).amaxNumber().doubleValue(), 1e-3);
        assertEquals(1, seen.std(false, 0, 2, 3).minNumber().doubleValue(), 1e-3);
    }

    private static ComputationGraph graph() {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(1e-2))
                .graphBuilder()
                .addInputs("left", "right")
                .setInputTypes(InputType.feedForward(INPUTS), InputType.feedForward(INPUTS))
                .addLayer("leftNorm", norm(true), "left")
                .addLayer("a", lista(8), "leftNorm")
                .addLayer("rightNorm", norm(false), "right")
                .addVertex("both", new MergeVertex(), "a", "rightNorm")
                .addLayer("bothNorm", norm(true), "both")
                .addLayer("b", lista(5), "bothNorm")
                .addLayer(
                        "out",
                        new OutputLayer.Builder()
                                .nOut(2)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "b")
                .setOutputs("out")
                .build());
        graph.init();
        return graph;
    }

    @Test
    void inAGraphThoseThatALayerDependsOnAreDone() {
        ComputationGraph graph = graph();
        INDArray[] features = {x(40), x(40).muli(3)};
        var pairs = new MultiDataSetIteratorAdapter(data(x(40))) {
            @Override
            public MultiDataSet next() {
                INDArray x = super.next().getFeatures(0);
                return new MultiDataSet(new INDArray[] {x, x.mul(3)}, null);
            }
        };
        INDArray right = graph.getLayer("rightNorm").params().dup();
        assertEquals(1, RunningStatistics.estimateBelow(graph, "a", pairs));
        assertEquals(right, graph.getLayer("rightNorm").params());
        LayerwisePretrainer.builder().epochs(2).build().fit(graph, pairs);
        assertStandard(graph.feedForward(features, false).get("leftNorm"), 1e-4);
        assertStandard(graph.feedForward(features, false).get("rightNorm"), 1e-4);
        INDArray both = graph.feedForward(features, false).get("bothNorm").castTo(DataType.DOUBLE);
        assertEquals(0, both.mean(0).amaxNumber().doubleValue(), 1e-4);
        assertEquals(3, RunningStatistics.estimateBelow(graph, "b", pairs));
        assertEquals(3, RunningStatistics.estimate(graph, pairs));
    }

    @Test
    void anInterruptedTrainingEndsAsOneWithout() throws IOException {
        Layer[] layers = {norm(true), lista(8), norm(false), lista(5)};
        MultiLayerNetwork whole = Networks.classifier(new Adam(1e-2), INPUTS, 2, layers);
        INDArray x = x(60);
        LayerwisePretrainer.builder().epochs(3).build().fit(whole, x);
        for (int stopAt = 1; stopAt <= 5; stopAt++) {
            Path file = directory.resolve(stopAt + ".zip");
            int[] left = {stopAt + 1};
            MultiLayerNetwork interrupted = Networks.classifier(new Adam(1e-2), INPUTS, 2, layers);
            LayerwisePretrainer toBeStopped = LayerwisePretrainer.builder()
                    .epochs(3)
                    .checkpoint(file)
                    .listener(new PretrainListener() {
                        @Override
                        public void epochDone(PretrainProgress progress) {
                            if (--left[0] == 0) {
                                throw new IllegalStateException("interrupted");
                            }
                        }
                    })
                    .build();
            assertThrows(IllegalStateException.class, () -> toBeStopped.fit(interrupted, x));
            MultiLayerNetwork resumed = ModelFile.restoreNetwork(file);
            LayerwisePretrainer.builder()
                    .epochs(3)
                    .checkpoint(file)
                    .resume(true)
                    .build()
                    .fit(resumed, x);
            assertEquals(whole.params(), resumed.params(), "after " + stopAt);
        }
    }

    @Test
    void aStageForOtherTrainersAboveANewLayerIsRefusedWithTheWayOut() {
        MultiLayerNetwork net = Networks.classifier(new Sgd(0.01), INPUTS, 2, norm(true), lista(8));
        UnsupervisedStage stage = UnsupervisedStage.of(net, 1);
        DataSetIterator inputs = stage.inputs(data(x(30)));
        String said = assertThrows(IllegalStateException.class, inputs::next).getMessage();
        assertTrue(said.contains("\"layer0\" below layer \"layer1\"") && said.contains("estimateBelow"), said);
        assertEquals(1, RunningStatistics.estimateBelow(net, 1, data(x(30))));
        assertStandard(stage.input(x(30)).getFeatures(), 1e-4);
        // nothing below, nothing to refuse
        MultiLayerNetwork above = Networks.classifier(new Sgd(0.01), INPUTS, 2, lista(8), norm(true));
        assertEquals(30, UnsupervisedStage.of(above, 0).input(x(30)).numExamples());
        assertEquals(0, RunningStatistics.estimateBelow(above, 0, data(x(30))));
    }

    @Test
    void frozenLayersStayAndBadDataAreRefused() {
        MultiLayerNetwork net = Networks.classifier(new Sgd(0.01), INPUTS, 2, norm(true), lista(8));
        INDArray before = net.params().dup();
        INDArray bad = x(30).putScalar(3, 3, Float.NaN);
        String said = assertThrows(IllegalArgumentException.class, () -> RunningStatistics.estimate(net, data(bad)))
                .getMessage();
        assertTrue(said.startsWith("data must be finite"), said);
        assertEquals(before, net.params());
        MultiLayerNetwork frozen =
                new TransferLearning.Builder(net).setFeatureExtractor(0).build();
        assertEquals(0, RunningStatistics.estimate(frozen, data(x(30))));
        LayerwisePretrainer.builder().build().fit(frozen, data(x(30)));
        assertEquals(net.getLayer(0).params(), frozen.getLayer(0).params());
        assertNotEquals(net.getLayer(1).params(), frozen.getLayer(1).params());
    }
}
