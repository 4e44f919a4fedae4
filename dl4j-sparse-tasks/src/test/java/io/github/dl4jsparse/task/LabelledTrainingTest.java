package io.github.dl4jsparse.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.examples.Digits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class FittingTest {
    private static MultiLayerNetwork net(Unlabelled images) {
        return Networks.init(Networks.builder(1)
                .list()
                .layer(Networks.classifier(Digits.CLASSES, 0))
                .setInputType(Networks.rows(images)));
    }

    @Test
    void makesSoManyUpdatesWithAllImagesOfAnEpochOnce() throws IOException {
        CompareData data = CompareData.of(Digits.embedded(3), 50, 50);
        DataSet labelled = data.task(40, 1).labelled();
        List<DataSet> batches = new ArrayList<>();
        MultiLayerNetwork net = net(data.unlabelled());
        Fitting.fit(net, labelled, 10, 7, 1e-2, 3, batch -> {
            batches.add(batch.copy());
            return batch;
        });
        assertEquals(7, net.getIterationCount());
        assertEquals(7, batches.size());
        INDArray epoch = Nd4j.vstack(
                batches.subList(0, 4).stream().map(DataSet::getFeatures).toList());
        assertEquals(
                labelled.getFeatures().sumNumber().doubleValue(),
                epoch.sumNumber().doubleValue(),
                1e-3);
    }

    @Test
    void theRateFallsToZeroAfterTheLastUpdate() {
        assertEquals(0.1, new LinearFall(0.1, 50).valueAt(0, 0), 1e-12);
        assertEquals(0.05, new LinearFall(0.1, 50).valueAt(25, 0), 1e-12);
        assertEquals(0, new LinearFall(0.1, 50).valueAt(50, 0), 1e-12);
    }

    @Test
    void countsTheRightAnswersOfAllBatches() throws IOException {
        DataSet test = Digits.embedded(3).test();
        int[] classes = test.getLabels().argMax(1).toIntVector();
        long ones = IntStream.of(classes).filter(c -> c == 1).count();
        double accuracy = Fitting.accuracy(
                images -> Nd4j.eye(Digits.CLASSES).getRow(1, true).repeat(0, images.size(0)), test);
        assertEquals(100.0 * ones / classes.length, accuracy, 1e-9);
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
