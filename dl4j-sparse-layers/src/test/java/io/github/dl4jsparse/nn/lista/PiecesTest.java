package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.DoublePrecision;
import io.github.dl4jsparse.Samples;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.math.Rows;
import io.github.dl4jsparse.math.Shrinkage;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

@ExtendWith(DoublePrecision.class)
class PiecesTest {
    @Test
    void takeEveryExampleOnceWithTheRowsOfItsCode() {
        // an example has 2 rows of 100,000 units: two examples a piece
        INDArray examples = Nd4j.arange(7 * 6).castTo(DataType.DOUBLE).reshape('c', 7, 2, 3);
        INDArray codes = Nd4j.zeros(DataType.DOUBLE, 14, 100_000);
        List<Long> sizes = new ArrayList<>();
        new Pieces(examples, codes).forEach((some, own) -> {
            sizes.add(some.size(0));
            assertEquals(2 * some.size(0), own.size(0));
            for (int i = 0; i < own.size(0); i++) {
                own.getRow(i).addi(some.getDouble(i / 2, 0) + 1);
            }
        });
        assertEquals(List.of(1L, 2L, 2L, 2L), sizes);
        for (int row = 0; row < 14; row++) {
            assertEquals(6 * (row / 2) + 1, codes.getDouble(row, 99_999));
        }
    }

    @Test
    void areOneWhereTheBatchIsSmallAndOneAnExampleWhereItIsLarge() {
        List<Long> sizes = new ArrayList<>();
        new Pieces(Nd4j.ones(DataType.FLOAT, 5, 3), Nd4j.ones(DataType.FLOAT, 5, 4))
                .forEach((some, own) -> sizes.add(some.size(0)));
        new Pieces(Nd4j.ones(DataType.FLOAT, 2, 3), Nd4j.ones(DataType.FLOAT, 2, 600_000))
                .forEach((some, own) -> sizes.add(some.size(0)));
        assertEquals(List.of(5L, 1L, 1L), sizes);
    }

    private static INDArray matrix(INDArray array) {
        return array.reshape('c', array.size(0), array.length() / array.size(0));
    }

    /** The largest distance of the codes of a batch from those of its parts. */
    private static double distanceToParts(MultiLayerNetwork net, INDArray inputs, int part) {
        INDArray all = matrix(net.output(inputs));
        long[] shape = inputs.shape().clone();
        shape[0] = part;
        double distance = 0;
        for (int i = 0; i < inputs.size(0); i += part) {
            INDArray own = net.output(Rows.of(matrix(inputs), i, part).dup('c').reshape('c', shape));
            distance = Math.max(distance, Samples.distance(matrix(own), Rows.of(all, i, part)));
        }
        return distance;
    }

    private static MultiLayerNetwork net(Layer layer, InputType type) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .list()
                .layer(layer)
                .setInputType(type)
                .build());
        net.init();
        return net;
    }

    /** Every kind of step: in place, and into another array with an even and an odd number of them. */
    @ParameterizedTest
    @CsvSource({"SOFT,FREE,1", "SOFT,FREE,2", "NON_NEGATIVE,FREE,3", "SOFT,DICTIONARY,3", "NON_NEGATIVE,DICTIONARY,2"})
    void codesDoNotDependOnTheSizeOfTheBatch(Shrinkage shrinkage, Recurrence recurrence, int steps) {
        MultiLayerNetwork net = net(
                new ListaLayer.Builder()
                        .nOut(700)
                        .iterations(steps)
                        .shrinkage(shrinkage)
                        .recurrence(recurrence)
                        .penalty(new L1Penalty(0.1))
                        .build(),
                InputType.feedForward(6));
        assertTrue(distanceToParts(net, Samples.gaussian(5, 1000, 6), 250) < 1e-12);
    }

    @Test
    void imagesDoNotDependOnTheSizeOfTheBatch() {
        MultiLayerNetwork net = net(
                new ConvolutionalListaLayer.Builder(3, 3)
                        .nOut(40)
                        .iterations(3)
                        .penalty(new L1Penalty(0.1))
                        .build(),
                InputType.convolutional(20, 15, 1));
        assertTrue(distanceToParts(net, Samples.gaussian(5, 60, 1, 20, 15), 20) < 1e-12);
    }
}
