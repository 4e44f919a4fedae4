package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class FeatureNetworkTest {
    private static final FeatureNetwork NETWORK = new FeatureNetwork(2, 10, 9, 0.1, 0.3, 5);

    @Test
    void takesImagesOrRowsOfPixelsWithTheSameWeights() {
        INDArray images = Nd4j.rand(3, 2, 10, 9);
        MultiLayerNetwork net = NETWORK.init(4);
        MultiLayerNetwork flat = NETWORK.init(4, InputType.convolutionalFlat(10, 9, 2), 0);
        INDArray answers = net.output(images);
        assertArrayEquals(new long[] {3, 4}, answers.shape());
        assertEquals(answers, flat.output(images.dup('c').reshape('c', 3, 180)));
    }

    @Test
    void theEnergyOfTheStagesCountsWhereItHasAWeight() {
        INDArray images = Nd4j.rand(3, 2, 10, 9);
        INDArray labels = Nd4j.eye(4).get(NDArrayIndex.interval(0, 3), NDArrayIndex.all());
        DataSet data = new DataSet(images, labels.dup('c'));
        InputType type = InputType.convolutional(10, 9, 2);
        FeatureNetwork withoutDropout = new FeatureNetwork(2, 10, 9, 0.1, 0, 5);
        double alone = withoutDropout.init(4, type, 0).score(data, true);
        double jointly = withoutDropout.init(4, type, 0.1).score(data, true);
        assertTrue(jointly > alone + 1e-3, jointly + " " + alone);
    }

    @Test
    void largeImagesHaveAThirdStageAndSmallOnesAreRefused() {
        assertEquals(2, NETWORK.stages());
        assertEquals(3, new FeatureNetwork(1, 48, 50, 0.1, 0, 1).stages());
        IllegalArgumentException small =
                assertThrows(IllegalArgumentException.class, () -> new FeatureNetwork(1, 7, 50, 0.1, 0, 1));
        assertTrue(small.getMessage().contains("at least 8 pixels a side"), small.getMessage());
    }
}
