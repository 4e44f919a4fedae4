package io.github.dl4jsparse.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.group.Window;
import io.github.dl4jsparse.nn.inhibition.LateralInhibitionLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalDecoderLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.lista.ThresholdSchedule;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.nn.normalization.LocalContrastLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.nn.pooling.GroupSparsityLayer;
import io.github.dl4jsparse.testkit.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

class OnnxLayersTest {
    private static final InputType ROWS = InputType.feedForward(10);
    private static final InputType IMAGES = InputType.convolutional(9, 8, 3);
    private static final InputType CHANNELS_LAST = InputType.convolutional(9, 8, 3, CNN2DFormat.NHWC);

    private static Layer convolution() {
        return new ConvolutionLayer.Builder(3, 2)
                .nOut(4)
                .activation(Activation.TANH)
                .build();
    }

    private static ConvolutionLayer.Builder convolution(int... kernel) {
        return new ConvolutionLayer.Builder(kernel).nOut(4).activation(Activation.LEAKYRELU);
    }

    private static SubsamplingLayer.Builder pooling(PoolingType type) {
        return new SubsamplingLayer.Builder(type).kernelSize(3, 2).stride(2, 2);
    }

    /** Layers of images by a name; each below a classifier. */
    private static Map<String, Layer[]> ofImages() {
        Map<String, Layer[]> all = new LinkedHashMap<>();
        all.put("convolution", new Layer[] {convolution()});
        all.put(
                "strided",
                new Layer[] {convolution(3, 3).stride(2, 1).padding(1, 2).build()});
        all.put("same", new Layer[] {
            convolution(4, 3).stride(2, 3).convolutionMode(ConvolutionMode.Same).build()
        });
        all.put("dilated", new Layer[] {convolution(3, 3).dilation(2, 3).build()});
        all.put("dilated same", new Layer[] {
            convolution(3, 3)
                    .dilation(2, 2)
                    .convolutionMode(ConvolutionMode.Same)
                    .build()
        });
        all.put("strict", new Layer[] {
            convolution(3, 4)
                    .stride(3, 4)
                    .convolutionMode(ConvolutionMode.Strict)
                    .build()
        });
        all.put("no bias", new Layer[] {convolution(2, 2).hasBias(false).build()});
        all.put("max", new Layer[] {pooling(PoolingType.MAX).build()});
        all.put(
                "max padded",
                new Layer[] {pooling(PoolingType.MAX).padding(1, 1).build()});
        all.put("max same", new Layer[] {
            pooling(PoolingType.MAX).convolutionMode(ConvolutionMode.Same).build()
        });
        all.put("average", new Layer[] {pooling(PoolingType.AVG).build()});
        all.put("p-norm", new Layer[] {pooling(PoolingType.PNORM).pnorm(3).build()});
        all.put("batch normalisation", new Layer[] {convolution(), new BatchNormalization()});
        all.put("batch normalisation locked", new Layer[] {new BatchNormalization.Builder(true).build()});
        all.put("dropout", new Layer[] {new DropoutLayer(0.5), convolution()});
        all.put("activation", new Layer[] {convolution(), new ActivationLayer(Activation.ELU)});
        all.put(
                "local contrast",
                new Layer[] {new LocalContrastLayer.Builder().window(3).build()});
        all.put("wide contrast", new Layer[] {convolution(), new LocalContrastLayer.Builder().build()});
        all.put("pools", new Layer[] {
            new GroupL2PoolingLayer.Builder().window(2, 3).stride(2, 1).build()
        });
        all.put(
                "groups",
                new Layer[] {new GroupL2PoolingLayer.Builder(Groups.of(3, new int[][] {{0, 2}, {1, 2}})).build()});
        all.put("groups in windows", new Layer[] {
            convolution(),
            new GroupL2PoolingLayer.Builder(Groups.ring(4, Window.of(3)))
                    .window(2, 2)
                    .build()
        });
        all.put("sparsity", new Layer[] {
            new GroupSparsityLayer.Builder(Groups.blocks(3, 3)).penaltyWeight(1).build()
        });
        all.put("inhibition", new Layer[] {inhibition(3)});
        all.put("encoder and pooling", new Layer[] {
            new ConvolutionalListaLayer.Builder(3, 3)
                    .nOut(4)
                    .iterations(2)
                    .penalty(new L1Penalty(0.1))
                    .build(),
            pooling(PoolingType.MAX).build(),
            convolution()
        });
        return all;
    }

    private static LateralInhibitionLayer inhibition(int units) {
        return new LateralInhibitionLayer.Builder(InhibitionMatrix.ring(units, 0, 1.5, 0.6))
                .penaltyWeight(0.3)
                .steps(3)
                .build();
    }

    static Stream<String> imageLayers() {
        return ofImages().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("imageLayers")
    void layersOfImages(String name) throws IOException {
        checkWithStatistics(IMAGES, ofImages().get(name));
    }

    @ParameterizedTest
    @MethodSource("imageLayers")
    void layersOfImagesWithChannelsLast(String name) throws IOException {
        checkWithStatistics(CHANNELS_LAST, ofImages().get(name));
    }

    /** The input type is given, as layers without weights know no size; parameters are not those of the start. */
    private static void checkWithStatistics(InputType type, Layer... layers) throws IOException {
        MultiLayerNetwork net = OnnxExportTest.network(type, layers);
        net.params()
                .addi(Samples.gaussian(DataType.FLOAT, 3, net.params().shape()).muli(0.1));
        for (var layer : net.getLayers()) {
            if (layer.paramTable().containsKey("var")) {
                layer.getParam("var").assign(2);
            }
            if (layer.paramTable().containsKey("log10stdev")) {
                layer.getParam("log10stdev").assign(0.2);
            }
        }
        OnnxLaw.check(net, batch -> new INDArray[] {OnnxExportTest.input(type, batch)}, type);
    }

    static Stream<Arguments> rowLayers() {
        return Stream.of(
                        new Layer[] {
                            new DenseLayer.Builder()
                                    .nOut(7)
                                    .activation(Activation.SIGMOID)
                                    .build()
                        },
                        new Layer[] {
                            new DenseLayer.Builder()
                                    .nOut(7)
                                    .hasBias(false)
                                    .dropOut(0.5)
                                    .build()
                        },
                        new Layer[] {new BatchNormalization()},
                        new Layer[] {
                            new BatchNormalization.Builder().useLogStd(true).build()
                        },
                        new Layer[] {new L2NormalizeLayer.Builder().build()},
                        new Layer[] {inhibition(10)},
                        new Layer[] {
                            new LateralInhibitionLayer.Builder(InhibitionMatrix.uniform(10, 0.1))
                                    .penaltyWeight(0.1)
                                    .build()
                        },
                        new Layer[] {
                            new LateralInhibitionLayer.Builder(InhibitionMatrix.uniform(10, 0.1))
                                    .penaltyWeight(0.1)
                                    .steps(2)
                                    .learn(LearnedInhibition.ascent(0.5, 1))
                                    .build()
                        },
                        new Layer[] {
                            new GroupL2PoolingLayer.Builder(Groups.of(10, new int[][] {{0, 4, 9}, {1, 4}})).build()
                        },
                        new Layer[] {
                            new GroupL2PoolingLayer.Builder(Groups.of(
                                            10, new int[][] {{0, 4}, {1, 4, 5}}, new double[][] {{1, 2}, {0.5, 1, 3}}))
                                    .build()
                        },
                        new Layer[] {
                            new FrozenLayer(
                                    new DenseLayer.Builder().nIn(10).nOut(7).build())
                        },
                        new Layer[] {
                            new FrozenLayerWithBackprop(new ListaLayer.Builder()
                                    .nIn(10)
                                    .nOut(12)
                                    .penalty(new L1Penalty(0.1))
                                    .build())
                        })
                .map(layers -> Arguments.of((Object) layers));
    }

    @ParameterizedTest
    @MethodSource("rowLayers")
    void layersOfRows(Layer[] layers) throws IOException {
        checkWithStatistics(ROWS, layers);
    }

    @Test
    void zerosHaveNoDirectionAndNoContrast() throws IOException {
        for (InputType type : List.of(ROWS, IMAGES)) {
            Layer layer =
                    type == ROWS ? new L2NormalizeLayer.Builder().build() : new LocalContrastLayer.Builder().build();
            MultiLayerNetwork net = OnnxExportTest.network(type, layer);
            OnnxLaw.check(
                    net,
                    batch -> new INDArray[] {OnnxExportTest.input(type, batch).muli(0)},
                    type);
        }
    }

    @Test
    void poolingOverAllOfAnImage() throws IOException {
        for (PoolingType pooling : PoolingType.values()) {
            checkWithStatistics(IMAGES, convolution(), new GlobalPoolingLayer(pooling));
        }
    }

    @Test
    void flattenedImagesAndALossLayer() throws IOException {
        InputType type = InputType.convolutionalFlat(9, 8, 3);
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(convolution())
                .layer(new DenseLayer.Builder()
                        .nOut(4)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new LossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(type)
                .build());
        net.init();
        OnnxLaw.check(net, batch -> new INDArray[] {OnnxExportTest.input(InputType.feedForward(216), batch)});
    }

    @Test
    void sequences() throws IOException {
        for (RNNFormat format : RNNFormat.values()) {
            InputType type = InputType.recurrent(6, 7, format);
            MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                    .list()
                    .layer(new GroupL2PoolingLayer.Builder(Groups.blocks(6, 2)).build())
                    .layer(new L2NormalizeLayer.Builder().build())
                    .layer(inhibition(3))
                    .setInputType(type)
                    .build());
            net.init();
            OnnxLaw.check(net, batch -> new INDArray[] {OnnxExportTest.input(type, batch)}, type);
        }
    }

    /** As a restorer of images has it: a mask and a noise level behind the channels, and images again at the end. */
    @Test
    void encoderAndDecoderOfImages() throws IOException {
        for (InputType type :
                List.of(InputType.convolutional(8, 6, 3), InputType.convolutional(8, 6, 3, CNN2DFormat.NHWC))) {
            CNN2DFormat format = ((InputType.InputTypeConvolutional) type).getFormat();
            MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                    .list()
                    .layer(new ConvolutionalListaLayer.Builder(3, 3)
                            .stride(2, 2)
                            .thresholds(ThresholdSchedule.byNoise())
                            .nOut(6)
                            .iterations(3)
                            .penalty(new L1Penalty(0.1))
                            .build())
                    .layer(new ConvolutionalDecoderLayer.Builder(3, 3)
                            .stride(2, 2)
                            .nOut(2)
                            .build())
                    .layer(new CnnLossLayer.Builder(LossFunction.MSE)
                            .activation(Activation.IDENTITY)
                            .format(format)
                            .build())
                    .setInputType(type)
                    .build());
            net.init();
            OnnxLaw.check(net, batch -> new INDArray[] {Transforms.abs(OnnxExportTest.input(type, batch), true)});
        }
    }

    @Test
    void encodersOfSequences() throws IOException {
        for (RNNFormat format : RNNFormat.values()) {
            InputType type = InputType.recurrent(3, 12, format);
            MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                    .list()
                    .layer(new ConvolutionalListaLayer.Builder(4)
                            .stride(2)
                            .nOut(6)
                            .iterations(3)
                            .penalty(new L1Penalty(0.1))
                            .build())
                    .layer(new GroupL2PoolingLayer.Builder(Groups.blocks(6, 2))
                            .window(2)
                            .build())
                    .layer(new LocalContrastLayer.Builder().window(3).build())
                    .layer(new ConvolutionalListaLayer.Builder(3)
                            .convolutionMode(ConvolutionMode.Truncate)
                            .nOut(4)
                            .penalty(new L1Penalty(0.1))
                            .build())
                    .setInputType(type)
                    .build());
            net.init();
            OnnxLaw.check(net, batch -> new INDArray[] {OnnxExportTest.input(type, batch)});
        }
    }

    @Test
    void imagesOfAnySizeWhereNoLayerAsks() throws IOException {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3)
                        .nIn(3)
                        .nOut(4)
                        .convolutionMode(ConvolutionMode.Same)
                        .stride(2, 2)
                        .activation(Activation.RELU)
                        .build())
                .layer(new GlobalPoolingLayer(PoolingType.AVG))
                .build());
        net.init();
        OnnxLaw.check(net, batch -> new INDArray[] {Samples.gaussian(DataType.FLOAT, 2, batch, 3, 7 + batch % 5, 9)});
    }

    @Test
    void aNetworkInDoublePrecisionIsRounded() throws IOException {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new ListaLayer.Builder()
                        .nIn(10)
                        .nOut(12)
                        .penalty(new L1Penalty(0.1))
                        .build())
                .layer(OnnxExportTest.classifier())
                .setInputType(ROWS)
                .build());
        net.init();
        OnnxLaw.check(net, batch -> new INDArray[] {OnnxExportTest.input(ROWS, batch)});
    }

    @Test
    void otherLayersAreRefusedByName(@TempDir Path directory) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new LSTM.Builder().name("memory").nIn(3).nOut(4).build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MSE)
                        .nIn(4)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
        net.init();
        InputType type = InputType.recurrent(3);
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> OnnxExport.write(net, directory.resolve("net.onnx"), type));
        assertTrue(e.getMessage().contains("got a LSTM (layer \"memory\", LSTM)"), e.getMessage());
        assertEquals(0, directory.toFile().list().length);
    }

    @Test
    void optionsThatDl4jIgnoresForSomeInputsAreRefused(@TempDir Path directory) {
        MultiLayerNetwork net = OnnxExportTest.network(ROWS, new BatchNormalization.Builder(2, 0, true).build());
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> OnnxExport.write(net, directory.resolve("net.onnx"), ROWS));
        assertTrue(e.getMessage().startsWith("locked gamma and beta must be 1 and 0"), e.getMessage());
    }
}
