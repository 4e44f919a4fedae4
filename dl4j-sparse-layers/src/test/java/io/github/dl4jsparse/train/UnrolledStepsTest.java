package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.lista.Coupling;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

@ExtendWith(DoublePrecision.class)
class UnrolledStepsTest {
    private static final int BATCH = 4;

    private static ListaLayer.Builder encoder(int steps) {
        return new ListaLayer.Builder()
                .nOut(6)
                .iterations(steps)
                .penalty(new L1Penalty(0.05))
                .unsupervisedWeight(0.5);
    }

    static List<ListaLayer.Builder> encoders() {
        return List.of(
                encoder(2),
                encoder(5),
                encoder(3).gain(true),
                encoder(3).untied(true).gain(true),
                encoder(3).tiedDecoder(true),
                encoder(3).coupling(Coupling.dictionary()),
                encoder(3).coupling(Coupling.dictionary()).untied(true),
                encoder(3).coupling(Coupling.dictionary()).tiedDecoder(true),
                encoder(1).shrinkage(Shrinkage.SOFT),
                encoder(3).shrinkage(Shrinkage.SOFT).gain(true),
                encoder(3).shrinkage(Shrinkage.SOFT).untied(true));
    }

    /** Trained a little on random labels, so that no two steps, units or thresholds are alike. */
    private static MultiLayerNetwork network(ListaLayer.Builder encoder) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(new Adam(0.02))
                .list()
                .layer(encoder.build())
                .layer(new DenseLayer.Builder()
                        .nOut(4)
                        .activation(Activation.TANH)
                        .build())
                .layer(encoder(2).nOut(5).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.feedForward(7))
                .build());
        net.init();
        for (int i = 0; i < 20; i++) {
            net.fit(new DataSet(Samples.gaussian(i, BATCH, 7), Samples.oneHot(BATCH, 3)));
        }
        return net;
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void outputsStayAndClassesAreDl4js(ListaLayer.Builder encoder) {
        MultiLayerNetwork net = network(encoder);
        INDArray x = Samples.gaussian(77, BATCH, 7);
        INDArray expected = net.output(x);
        assertTrue(Samples.distance(expected.getRow(0), expected.getRow(1)) > 1e-3, "says nothing");
        ComputationGraph graph = StandardLayers.convertToGraph(net);
        assertEquals(0, Samples.distance(expected, graph.outputSingle(x)), 1e-12);
        assertFalse(graph.getConfiguration().toJson().contains("dl4jsparse"));
        // the codes themselves, at the vertex that has the encoder's name
        assertEquals(
                0,
                Samples.distance(
                        net.feedForward(x).get(1), graph.feedForward(x, false).get("0")),
                1e-12);
        assertEquals(0, Samples.distance(expected, net.output(x)), 0, "the original is as it was");
    }

    @Test
    void theGraphTrainsOn() {
        ComputationGraph graph = StandardLayers.convertToGraph(network(encoder(3)));
        DataSet data = new DataSet(Samples.gaussian(1, BATCH, 7), Samples.oneHot(BATCH, 3));
        double before = graph.score(data);
        for (int i = 0; i < 30; i++) {
            graph.fit(data);
        }
        assertTrue(graph.score(data) < before, () -> before + " to " + graph.score(data));
    }

    @Test
    void aFrozenEncoderStaysFrozen() {
        ComputationGraph source = network(encoder(3)).toComputationGraph();
        ComputationGraph frozen = new TransferLearning.GraphBuilder(source)
                .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                        .updater(new Sgd(0.1))
                        .build())
                .setFeatureExtractor("0")
                .build();
        ComputationGraph graph = StandardLayers.convert(frozen);
        INDArray x = Samples.gaussian(77, BATCH, 7);
        assertEquals(0, Samples.distance(frozen.outputSingle(x), graph.outputSingle(x)), 1e-12);
        assertTrue(graph.getLayer("0-drive-1") instanceof FrozenLayer);
        INDArray before = graph.feedForward(x, false).get("0").dup();
        graph.fit(new DataSet(x, Samples.oneHot(BATCH, 3)));
        assertEquals(0, Samples.distance(before, graph.feedForward(x, false).get("0")), 0);
    }

    @Test
    void aStackCantHoldSeveralSteps() {
        String message = assertThrows(IllegalArgumentException.class, () -> StandardLayers.convert(network(encoder(3))))
                .getMessage();
        for (String word : Arrays.asList("layer \"layer0\"", "one step", "convertToGraph", "got 3 steps")) {
            assertTrue(message.contains(word), () -> word + " is not in: " + message);
        }
    }
}
