package io.github.dl4jsparse.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;
import org.nd4j.linalg.api.ndarray.INDArray;

class OnnxActivationsTest {
    private static final Set<Activation> REFUSED = EnumSet.of(Activation.RRELU);

    private static MultiLayerNetwork network(IActivation activation) {
        return OnnxExportTest.network(
                InputType.feedForward(5),
                new DenseLayer.Builder().nOut(9).activation(Activation.IDENTITY).build(),
                new ActivationLayer(activation));
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void everyActivationOfDl4j(Activation activation, @TempDir Path directory) throws IOException {
        MultiLayerNetwork net = network(activation.getActivationFunction());
        if (REFUSED.contains(activation)) {
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class, () -> OnnxExport.write(net, directory.resolve("net.onnx")));
            assertTrue(e.getMessage().startsWith("activation must be one of"), e.getMessage());
            return;
        }
        OnnxLaw.check(net, OnnxActivationsTest::inputs);
    }

    /** Inputs from small to large ones of both signs. */
    private static INDArray[] inputs(int batch) {
        return new INDArray[] {
            OnnxExportTest.input(InputType.feedForward(5), batch).muli(2)
        };
    }

    @Test
    void activationsWithParameters() throws IOException {
        for (IActivation activation : List.of(
                new ActivationELU(0.3),
                new ActivationLReLU(0.4),
                new ActivationThresholdedReLU(0.2),
                new ActivationGELU(true),
                new ActivationHardTanH())) {
            OnnxLaw.check(network(activation), OnnxActivationsTest::inputs);
        }
    }

    @Test
    void aRectifierWithAMaximumIsRefused(@TempDir Path directory) {
        MultiLayerNetwork net = network(new ActivationReLU(2.0, 0.0, 0.0));
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> OnnxExport.write(net, directory.resolve("net.onnx")));
        assertEquals(
                "relu must be without maximum, threshold and negative slope (or take relu6 or leakyrelu), got",
                e.getMessage().substring(0, e.getMessage().indexOf(", got") + 5));
    }
}
