package io.github.dl4jsparse.integration.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.integration.EveryLayer;
import io.github.dl4jsparse.serve.OnnxExport;
import io.github.dl4jsparse.serve.OnnxLaw;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.train.Decoders;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Networks that were trained are the same in ONNX Runtime, in single precision. */
class ExportedNetworksTest {
    private static final Set<EveryLayer> SOLVERS =
            EnumSet.of(EveryLayer.SPARSE_CODING, EveryLayer.SPARSE_CODING_WITH_INHIBITION);

    private static NeuralNetConfiguration.Builder settings() {
        return EveryLayer.settings().dataType(DataType.FLOAT);
    }

    private static void check(EveryLayer layer, Model net) throws IOException {
        OnnxLaw.check(net, batch -> new INDArray[] {layer.inputs(batch, 99).castTo(DataType.FLOAT)}, layer.inputType());
    }

    private static void train(EveryLayer layer, AnyNetwork net) {
        for (int i = 0; i < 3; i++) {
            net.fit(layer.data(6, i));
        }
    }

    @ParameterizedTest
    @EnumSource
    void stacksAndGraphs(EveryLayer layer, @TempDir Path directory) throws IOException {
        for (AnyNetwork net : layer.both(settings())) {
            train(layer, net);
            if (SOLVERS.contains(layer)) {
                IllegalArgumentException e = assertThrows(
                        IllegalArgumentException.class,
                        () -> OnnxExport.write(net.model(), directory.resolve("net.onnx"), layer.inputType()));
                assertTrue(e.getMessage().contains("SparseCodingLayer"), e.getMessage());
                assertEquals(0, directory.toFile().list().length);
            } else {
                check(layer, net.model());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void preTrainedFrozenAndWithoutDecoders(EveryLayer layer) throws IOException {
        if (SOLVERS.contains(layer) || !layer.isUnsupervised()) {
            return;
        }
        MultiLayerNetwork net = layer.network(settings());
        LayerwisePretrainer.builder()
                .epochs(1)
                .build()
                .fit(net, new ListDataSetIterator<>(layer.data(12, 5).asList(), 6));
        MultiLayerNetwork bare = Decoders.remove(net);
        check(layer, bare);
        check(layer, new TransferLearning.Builder(bare).setFeatureExtractor(0).build());
    }
}
