package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.converter.ConvertWith;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

@ExtendWith(DoublePrecision.class)
class InferencePassTest {
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
    void codesDoNotDependOnTheSizeOfTheBatch(
            @ConvertWith(Choice.class) Shrinkage shrinkage, @ConvertWith(Choice.class) Coupling coupling, int steps) {
        MultiLayerNetwork net = net(
                new ListaLayer.Builder()
                        .nOut(700)
                        .iterations(steps)
                        .shrinkage(shrinkage)
                        .coupling(coupling)
                        .penalty(new L1Penalty(0.1))
                        .build(),
                InputType.feedForward(6));
        assertTrue(distanceToParts(net, Samples.gaussian(5, 1600, 6), 400) < 1e-12);
    }

    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void imagesDoNotDependOnTheSizeOfTheBatch(CNN2DFormat format) {
        MultiLayerNetwork net = net(
                new ConvolutionalListaLayer.Builder(3, 3)
                        .nOut(40)
                        .iterations(3)
                        .gain(true)
                        .dataFormat(format)
                        .penalty(new L1Penalty(0.1))
                        .build(),
                InputType.convolutional(20, 15, 2, format));
        long[] shape = format == CNN2DFormat.NCHW ? new long[] {90, 2, 20, 15} : new long[] {90, 20, 15, 2};
        net.getLayer(0).getParam(ListaConf.GAIN).muli(1.5);
        assertTrue(distanceToParts(net, Samples.gaussian(5, shape), 30) < 1e-12);
        assertTrue(net.output(Samples.gaussian(5, shape)).norm2Number().doubleValue() > 1);
    }
}
