package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.opentest4j.AssertionFailedError;

/** Shows that the contract holds for a layer of DL4J's own, and fails one whose gradient is 1 % off, by its name. */
class LayerContractTest {
    private static final Pattern NUMBERS = Pattern.compile(
            "element \\[.*?] of parameter \\S+_[Wb] \\[.*?] is (\\S+), the difference of scores (\\S+)");

    @Nested
    class OfDl4jsDenseLayer extends LayerContract {
        @Override
        public Stream<LayerVariant> variants() {
            return Stream.of(
                    new LayerVariant(
                            "tanh", () -> new DenseLayer.Builder().nOut(4).activation(Activation.TANH)),
                    LayerVariant.of("sigmoid, without bias", () -> new DenseLayer.Builder()
                            .nOut(3)
                            .hasBias(false)
                            .activation(Activation.SIGMOID)
                            .build()));
        }
    }

    /** DL4J's layer of an activation function, with a gradient off by a factor. */
    private static final class OffByFactor extends ActivationLayer {
        private static final long serialVersionUID = 1;
        private final double factor;

        OffByFactor(double factor) {
            super(Activation.TANH);
            this.factor = factor;
        }

        @Override
        public org.deeplearning4j.nn.api.Layer instantiate(
                NeuralNetConfiguration conf,
                Collection<TrainingListener> listeners,
                int index,
                INDArray params,
                boolean initialise,
                DataType type) {
            var layer = new org.deeplearning4j.nn.layers.ActivationLayer(conf, type) {
                private static final long serialVersionUID = 1;

                @Override
                public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
                    return super.backpropGradient(epsilon.mul(factor), workspaces);
                }
            };
            layer.setIndex(index);
            layer.setParamsViewArray(params);
            layer.setParamTable(initializer().init(conf, params, initialise));
            layer.setConf(conf);
            return layer;
        }
    }

    private static LayerContract contract(double factor) {
        return new LayerContract() {
            @Override
            public Stream<LayerVariant> variants() {
                return Stream.of(LayerVariant.of("factor " + factor, () -> new OffByFactor(factor)));
            }
        };
    }

    @Nested
    @ExtendWith(DoublePrecision.class)
    class OfAWrongLayer {
        private void check(double factor, NetworkKind kind) {
            LayerContract contract = contract(factor);
            contract.gradientsAgreeWithFiniteDifferences(
                    contract.variants().findFirst().orElseThrow(), kind);
        }

        @Test
        void rightGradientPasses() {
            for (NetworkKind kind : NetworkKind.values()) {
                assertDoesNotThrow(() -> check(1, kind));
            }
        }

        @Test
        void gradientOnePercentOffIsNamed() {
            for (NetworkKind kind : NetworkKind.values()) {
                String message = assertThrows(AssertionFailedError.class, () -> check(1.01, kind))
                        .getMessage();
                Matcher numbers = NUMBERS.matcher(message);
                assertTrue(numbers.find(), message);
                double ratio = Double.parseDouble(numbers.group(1)) / Double.parseDouble(numbers.group(2));
                assertEquals(1.01, ratio, 1e-4, message);
            }
        }
    }
}
