package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.Samples;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class PartlyLabelledMultiIteratorTest {
    private static ListaLayer lista(double weight) {
        return new ListaLayer.Builder()
                .nOut(5)
                .iterations(2)
                .penalty(new L1Penalty(0.05))
                .unsupervisedWeight(weight)
                .build();
    }

    private static OutputLayer output(int units, LossFunction loss, Activation activation) {
        return new OutputLayer.Builder(loss).nOut(units).activation(activation).build();
    }

    private static ComputationGraph graph(double weight) {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(0.1))
                .graphBuilder()
                .addInputs("left", "right")
                .setInputTypes(InputType.feedForward(4), InputType.feedForward(6))
                .addLayer("a", lista(weight), "left")
                .addLayer("b", lista(weight), "right")
                .addVertex("both", new MergeVertex(), "a", "b")
                .addLayer("class", output(3, LossFunction.MCXENT, Activation.SOFTMAX), "both")
                .addLayer("value", output(2, LossFunction.MSE, Activation.IDENTITY), "both")
                .setOutputs("class", "value")
                .build());
        graph.init();
        return graph;
    }

    private static INDArray[] features(long seed, int n) {
        return new INDArray[] {Samples.gaussian(seed, n, 4), Samples.gaussian(seed + 1, n, 6)};
    }

    private static INDArray[] labels(int n) {
        return new INDArray[] {Samples.oneHot(n, 3), Samples.gaussian(9, n, 2)};
    }

    private static PartlyLabelledMultiIterator.Builder data() {
        return PartlyLabelledMultiIterator.builder()
                .labelled(features(1, 8), labels(8))
                .unlabelled(features(3, 40))
                .batch(16)
                .labelledPerBatch(4);
    }

    private static INDArray gradient(ComputationGraph graph, INDArray[] x, INDArray[] y, INDArray[] masks) {
        graph.setInputs(x);
        graph.setLabels(y);
        graph.setLayerMaskArrays(null, masks);
        graph.computeGradientAndScore();
        graph.clearLayerMaskArrays();
        return graph.gradient().gradient().dup().divi(x[0].size(0));
    }

    private static INDArray[] first(INDArray[] arrays, int n) {
        int[] rows = java.util.stream.IntStream.range(0, n).toArray();
        return new ExampleArrays("arrays", arrays).take(rows);
    }

    @Test
    void theGradientIsThatOfTheLabelledAndThatOfAllExamples() {
        org.nd4j.linalg.dataset.api.MultiDataSet mixed = data().build().next();
        INDArray[] x = mixed.getFeatures();
        INDArray together = gradient(graph(0.6), x, mixed.getLabels(), mixed.getLabelsMaskArrays());
        INDArray[] any = labels(16);
        INDArray sum = gradient(graph(0), first(x, 4), first(mixed.getLabels(), 4), null)
                .mul(4 / 16.0)
                .add(gradient(graph(0.6), x, any, null))
                .sub(gradient(graph(0), x, any, null));
        assertEquals(0, Samples.distance(together, sum), 1e-12);
        // the labels of both outputs are those of the same examples
        int[] order = ExampleArrays.shuffled(8, 0);
        assertArrayEquals(new long[] {16, 1}, mixed.getLabelsMaskArray(1).shape());
        for (int i = 0; i < 4; i++) {
            assertEquals(0, Samples.distance(x[0].getRow(i), features(1, 8)[0].getRow(order[i])), 0);
            assertEquals(0, Samples.distance(mixed.getLabels(1).getRow(i), labels(8)[1].getRow(order[i])), 0);
        }
    }

    @Test
    void fitTrainsOnEveryBatch() {
        ComputationGraph graph = graph(1);
        INDArray before = graph.params().dup();
        graph.fit(data().build(), 2);
        assertEquals(8, graph.getIterationCount());
        assertTrue(Samples.distance(before, graph.params()) > 0);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        PartlyLabelledMultiIterator.Builder builder = data();
        assertThrows(
                IllegalArgumentException.class,
                () -> builder.unlabelled(Samples.gaussian(1, 9, 4)).build().next());
        assertThrows(
                IllegalArgumentException.class,
                () -> builder.unlabelled(Samples.gaussian(1, 9, 4), Samples.gaussian(1, 8, 6)));
        MultiDataSet masked =
                new MultiDataSet(features(1, 8), labels(8), null, new INDArray[] {Nd4j.ones(8, 1), Nd4j.ones(8, 1)});
        assertThrows(IllegalArgumentException.class, () -> builder.labelled(masked));
        assertThrows(UnsupportedOperationException.class, () -> data().build().next(3));
    }
}
