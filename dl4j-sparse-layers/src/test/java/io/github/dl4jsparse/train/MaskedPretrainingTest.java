package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;

/** Masked elements have no effect on training: for any values of them the parameters are the same to the bit. */
class MaskedPretrainingTest {
    private static final int STEPS = 20;

    static Stream<Boolean> kinds() {
        return Stream.of(false, true);
    }

    private static ConvolutionalListaLayer maps(int number) {
        return new ConvolutionalListaLayer.Builder(5)
                .nOut(number)
                .convolutionMode(ConvolutionMode.Same)
                .iterations(2)
                .penalty(new L1Penalty(0.05))
                .build();
    }

    /** Two stages of sequences with a pool of maps between. */
    private static AnyNetwork sequences(boolean graph) {
        NeuralNetConfiguration.Builder settings =
                new NeuralNetConfiguration.Builder().seed(3).updater(new Adam(1e-2));
        InputType type = InputType.recurrent(2, STEPS);
        if (!graph) {
            MultiLayerNetwork net = new MultiLayerNetwork(settings.list()
                    .layer(maps(4))
                    .layer(new GroupL2PoolingLayer.Builder(io.github.dl4jsparse.group.Groups.blocks(4, 2)).build())
                    .layer(maps(3))
                    .setInputType(type)
                    .build());
            net.init();
            return new AnyNetwork.Stack(net);
        }
        ComputationGraph net = new ComputationGraph(settings.graphBuilder()
                .addInputs("in")
                .addLayer("first", maps(4), "in")
                .addLayer("second", maps(3), "first")
                .setOutputs("second")
                .setInputTypes(type)
                .build());
        net.init();
        return new AnyNetwork.Graph(net);
    }

    private static DataSet sequences(double hidden, boolean masked) {
        INDArray values = Samples.gaussian(DataType.FLOAT, 8, 6, 2, STEPS);
        INDArray mask = Nd4j.ones(DataType.FLOAT, 6, STEPS);
        for (int i = 0; i < 6; i++) {
            var end = NDArrayIndex.interval(STEPS - 2 * i - 3, STEPS);
            values.get(NDArrayIndex.point(i), NDArrayIndex.all(), end).assign(hidden);
            mask.get(NDArrayIndex.point(i), end).assign(0);
        }
        return new DataSet(values, values, masked ? mask : null, null);
    }

    private static INDArray pretrained(AnyNetwork net, DataSet data) {
        LayerwisePretrainer pretrainer =
                LayerwisePretrainer.builder().epochs(3).seed(1).build();
        // ListDataSetIterator of DL4J 1.0.0-M2.1 makes a mask of one column as wide as the features
        ExistingDataSetIterator batches = new ExistingDataSetIterator(List.of(data));
        if (net.model() instanceof MultiLayerNetwork stack) {
            pretrainer.fit(stack, batches);
            for (var layer : stack.getLayers()) {
                assertNull(layer.getMaskArray());
            }
        } else {
            pretrainer.fit((ComputationGraph) net.model(), batches);
        }
        return net.params();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void maskedStepsTrainNothing(boolean graph) {
        INDArray one = pretrained(sequences(graph), sequences(0.5, true));
        assertEquals(one, pretrained(sequences(graph), sequences(-7, true)));
        assertNotEquals(one, pretrained(sequences(graph), sequences(-7, false)));
        assertNotEquals(one, sequences(graph).params());
    }

    /** An example of a mask of one column a row counts or does not. */
    @ParameterizedTest
    @MethodSource("kinds")
    void maskedExamplesTrainNothing(boolean other) {
        INDArray rows = Samples.gaussian(DataType.FLOAT, 9, 8, 5);
        INDArray mask = Nd4j.ones(DataType.FLOAT, 8, 1);
        mask.putScalar(2, 0, 0);
        mask.putScalar(7, 0, 0);
        INDArray params = null;
        for (double hidden : new double[] {1, other ? -3 : 40}) {
            INDArray features = rows.dup();
            features.getRow(2).assign(hidden);
            features.getRow(7).assign(-hidden);
            MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                    .seed(3)
                    .updater(new Adam(1e-2))
                    .list()
                    .layer(new ListaLayer.Builder()
                            .nOut(6)
                            .penalty(new L1Penalty(0.05))
                            .build())
                    .setInputType(InputType.feedForward(5))
                    .build());
            net.init();
            INDArray trained = pretrained(new AnyNetwork.Stack(net), new DataSet(features, features, mask, null));
            assertEquals(params == null ? trained : params, trained);
            params = trained;
        }
    }
}
