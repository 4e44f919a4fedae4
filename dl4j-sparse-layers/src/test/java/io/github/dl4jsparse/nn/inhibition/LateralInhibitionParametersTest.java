package io.github.dl4jsparse.nn.inhibition;

import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.ParameterLaws;
import io.github.dl4jsparse.testkit.Samples;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A learned inhibition matrix is preserved by everything that reads and sets parameters; S is not symmetric here, so
 * that order matters.
 */
@ExtendWith(DoublePrecision.class)
class LateralInhibitionParametersTest {
    private static final int UNITS = 5;
    private static final int LAYER = 1;

    static Stream<Arguments> networks() {
        return Stream.of(Arguments.of(stack(0.02), stack(0.03)), Arguments.of(graph(0.02), graph(0.03)));
    }

    private static NeuralNetConfiguration.Builder settings(double rate) {
        return new NeuralNetConfiguration.Builder()
                .seed(7)
                .dataType(DataType.DOUBLE)
                .updater(new Adam(rate));
    }

    private static DenseLayer below() {
        return new DenseLayer.Builder().nOut(UNITS).activation(Activation.RELU).build();
    }

    private static LateralInhibitionLayer layer() {
        return new LateralInhibitionLayer.Builder(InhibitionMatrix.uniform(UNITS, 0.1))
                .penaltyWeight(0.05)
                .steps(2)
                .learn(LearnedInhibition.ascent(0.5, 1))
                .build();
    }

    private static OutputLayer classifier() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static AnyNetwork stack(double rate) {
        MultiLayerNetwork net = new MultiLayerNetwork(settings(rate)
                .list()
                .layer(below())
                .layer(layer())
                .layer(classifier())
                .setInputType(InputType.feedForward(4))
                .build());
        net.init();
        return new AnyNetwork.Stack(net);
    }

    private static AnyNetwork graph(double rate) {
        ComputationGraph graph = new ComputationGraph(settings(rate)
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.feedForward(4))
                .addLayer("below", below(), "in")
                .addLayer("inhibition", layer(), "below")
                .addLayer("out", classifier(), "inhibition")
                .setOutputs("out")
                .build());
        graph.init();
        return new AnyNetwork.Graph(graph);
    }

    private static DataSet data(long seed) {
        return new DataSet(Samples.gaussian(seed, 6, 4), Samples.oneHot(6, 3));
    }

    /** After training a layer's S is symmetric; numbers that are not would show an order that was lost. */
    private static ParameterLaws laws(AnyNetwork[] networks) {
        ParameterLaws laws = ParameterLaws.of(networks[0], networks[1], data(1), data(2));
        for (int i = 0; i < 2; i++) {
            networks[i].layers()[LAYER].params().assign(Samples.gaussian(3 + i, 1, UNITS * UNITS));
        }
        return laws;
    }

    @ParameterizedTest
    @MethodSource("networks")
    void aNewHeadKeepsTheMatrix(AnyNetwork first, AnyNetwork second) {
        AnyNetwork[] networks = {first, second};
        laws(networks).aNewHeadKeepsAllParameters(0);
        laws(networks).aNewHeadKeepsAllParameters(2);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void theMatrixIsSetInWhateverWay(AnyNetwork first, AnyNetwork second) {
        AnyNetwork[] networks = {first, second};
        laws(networks).layersTakeEachOthersParams();
        laws(networks).tablesAreTakenByValue();
        laws(networks).aLayerTakesATableByValue(LAYER);
        laws(networks).networksTakeEachOthersParams();
        laws(networks).averagesAreThoseOfEachParameter();
        laws(networks).aSingleParameterIsSet(LAYER);
        laws(networks).theFlatArrayIsInOrder(LAYER);
        laws(networks).misfitsAreRefused(LAYER);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void trainingOnFeaturesGoesOnFromTheMatrix(AnyNetwork first, AnyNetwork second) {
        ParameterLaws.of(first, second, data(1), data(2)).featurisedTrainingGoesOnFromTheParameters(1);
    }
}
