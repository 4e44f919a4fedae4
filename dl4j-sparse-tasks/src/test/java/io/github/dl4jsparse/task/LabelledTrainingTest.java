package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

class LabelledTrainingTest {
    private static MultiLayerNetwork net(InputType type) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam())
                .list()
                .layer(new OutputLayer.Builder().nOut(2).build())
                .setInputType(type)
                .build());
        net.init();
        return net;
    }

    private static DataSet examples(int number) {
        INDArray images = Nd4j.arange(number)
                .reshape(number, 1, 1, 1)
                .broadcast(number, 1, 2, 3)
                .dup('c');
        INDArray labels = Nd4j.zeros(number, 2);
        for (int i = 0; i < number; i++) {
            labels.putScalar(i, i % 2, 1);
        }
        return new DataSet(images, labels);
    }

    @Test
    void makesSoManyUpdatesWithAllImagesOfAnEpochOnce() {
        List<DataSet> batches = new ArrayList<>();
        MultiLayerNetwork net = net(InputType.convolutional(2, 3, 1));
        new LabelledTraining(10, 7, 1e-2, 3).fit(net, examples(40), batch -> {
            batches.add(batch.copy());
            return batch;
        });
        assertEquals(7, net.getIterationCount());
        assertEquals(7, batches.size());
        double[] epoch = batches.subList(0, 4).stream()
                .flatMap(batch -> Stream.of(batch.getFeatures().slice(0, 1)))
                .mapToDouble(each -> each.sumNumber().doubleValue())
                .toArray();
        assertEquals(40 * 39 / 2 * 6, java.util.Arrays.stream(epoch).sum(), 1e-3);
        for (DataSet batch : batches) {
            for (int i = 0; i < 10; i++) {
                int image = batch.getFeatures().getInt(i, 0, 1, 2);
                assertEquals(1, batch.getLabels().getInt(i, image % 2), "an image keeps its label");
            }
        }
    }

    @Test
    void sameSeedGivesTheSameNetworkToTheBit() {
        double[][] params = new double[2][];
        for (int i = 0; i < 2; i++) {
            MultiLayerNetwork net = net(InputType.convolutional(2, 3, 1));
            new LabelledTraining(8, 5, 1e-2, 3).fit(net, examples(20));
            params[i] = net.params().dup().data().asDouble();
        }
        assertArrayEquals(params[0], params[1]);
    }

    @Test
    void fewerExamplesThanABatchAreOneBatch() {
        MultiLayerNetwork net = net(InputType.convolutional(2, 3, 1));
        new LabelledTraining(25, 3, 1e-2, 3).fit(net, examples(4), batch -> {
            assertEquals(4, batch.numExamples());
            return batch;
        });
        assertEquals(3, net.getIterationCount());
    }

    @Test
    void badNumbersAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new LabelledTraining(0, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LabelledTraining(1, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LabelledTraining(1, 1, 0, 1));
    }
}
