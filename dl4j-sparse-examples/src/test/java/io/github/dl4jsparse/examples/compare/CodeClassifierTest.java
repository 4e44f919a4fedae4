package io.github.dl4jsparse.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.testkit.Samples;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class CodeClassifierTest {
    private static final int EXAMPLES = 300;

    /** The class is the larger of two coordinates, which the codes tell whatever the length of the input. */
    private static DataSet data() {
        INDArray x = Samples.gaussian(DataType.FLOAT, 7, EXAMPLES, 2);
        INDArray labels = Nd4j.zeros(EXAMPLES, 2);
        for (int i = 0; i < EXAMPLES; i++) {
            labels.putScalar(i, x.getDouble(i, 0) > x.getDouble(i, 1) ? 0 : 1, 1);
        }
        return new DataSet(x, labels);
    }

    @Test
    void learnsOnCodesAndLeavesTheEncoderAlone() {
        MultiLayerNetwork encoder = Networks.init(Networks.builder(3)
                .list()
                .layer(new L2NormalizeLayer.Builder().build())
                .layer(Networks.classifier(2, 0))
                .setInputType(InputType.feedForward(2)));
        INDArray before = encoder.params().dup();
        DataSet data = data();
        CodeClassifier classifier = new CodeClassifier(encoder, 0, 0, 1);
        classifier.fit(data, 20, 600, 0.1, 1);
        assertTrue(Accuracy.of(classifier, data) > 90);
        assertEquals(before, encoder.params());
        INDArray one = data.getFeatures().getRow(0, true);
        assertEquals(0, classifier.scores(one).distance2(classifier.scores(one.mul(5))), 1e-5);
    }
}
