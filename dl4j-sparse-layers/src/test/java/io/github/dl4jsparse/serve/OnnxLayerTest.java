package io.github.dl4jsparse.serve;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;

class OnnxLayerTest {
    private static final InputType ROWS = InputType.feedForward(10);

    /** A layer of somebody else's: DL4J runs it as a dense layer. */
    static final class Own extends DenseLayer implements OnnxLayer {
        private static final long serialVersionUID = 1;

        Own() {
            setNOut(6);
            setHasBias(true);
            setBiasInit(0);
            setActivationFn(new ActivationTanH());
        }

        @Override
        public OnnxValue toOnnx(OnnxValue input, Map<String, INDArray> params) {
            OnnxGraph graph = input.graph();
            return input.product(graph.constant(params.get("W")))
                    .plus(graph.constant(params.get("b")))
                    .each("Tanh");
        }
    }

    /** The same that does not say what it is. */
    static final class Silent extends DenseLayer {
        private static final long serialVersionUID = 1;

        Silent() {
            setNOut(6);
            setHasBias(true);
            setBiasInit(0);
            setActivationFn(new ActivationTanH());
        }
    }

    @Test
    void onesOwnLayerSaysWhatItIs() throws IOException {
        MultiLayerNetwork net = OnnxExportTest.network(ROWS, new Own());
        OnnxLaw.check(net, batch -> new INDArray[] {OnnxExportTest.input(ROWS, batch)});
    }

    @Test
    void aSubclassOfAKnownLayerMayComputeSomethingElse(@TempDir Path directory) {
        MultiLayerNetwork net = OnnxExportTest.network(ROWS, new Silent());
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> OnnxExport.write(net, directory.resolve("net.onnx")));
        assertTrue(e.getMessage().contains("or an OnnxLayer, got a Silent"), e.getMessage());
    }
}
