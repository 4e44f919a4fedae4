package io.github.dl4jsparse.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.examples.data.Digits;
import java.io.IOException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

class WithUnlabelledTest {
    private static MultiLayerNetwork net(Unlabelled images) {
        return Networks.init(Networks.builder(1)
                .list()
                .layer(Networks.classifier(Digits.CLASSES, 0))
                .setInputType(Networks.rows(images)));
    }

    @Test
    void unlabelledImagesCountForTheEnergyAlone() throws IOException {
        CompareData data = CompareData.of(Digits.embedded(3), 50, 50);
        DataSet labelled = data.task(20, 1).labelled();
        DataSet mixed = new WithUnlabelled(data.unlabelled().images(), 30, 1).apply(labelled);
        assertEquals(50, mixed.numExamples());
        assertEquals(20, mixed.getLabelsMaskArray().sumNumber().intValue());
        MultiLayerNetwork net = net(data.unlabelled());
        net.setInput(labelled.getFeatures());
        net.setLabels(labelled.getLabels());
        net.computeGradientAndScore();
        INDArray alone = net.gradient().gradient().dup();
        net.setLayerMaskArrays(null, mixed.getLabelsMaskArray());
        net.setInput(mixed.getFeatures());
        net.setLabels(mixed.getLabels());
        net.computeGradientAndScore();
        INDArray with = net.gradient().gradient();
        assertTrue(alone.norm2Number().doubleValue() > 0);
        // the gradient of a classifier is a sum over the examples of the batch
        assertEquals(0, with.sub(alone).norm2Number().doubleValue(), 1e-5);
    }
}
