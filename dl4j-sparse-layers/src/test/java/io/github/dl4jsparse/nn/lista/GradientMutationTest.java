package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.LayerVariant;
import io.github.dl4jsparse.testkit.NetworkKind;
import io.github.dl4jsparse.testkit.UnsupervisedLayerContract;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Shows that the gradient contract can fail: one wrong term, 1 % off, and each of its checks returns false. */
@ExtendWith(DoublePrecision.class)
class GradientMutationTest {
    /** An L1 penalty whose gradient is off by a factor. */
    private record OffByFactor(double factor) implements Penalty {
        private static final long serialVersionUID = 1;
        private static final L1Penalty RIGHT = new L1Penalty(0.3);

        @Override
        public INDArray values(INDArray code) {
            return RIGHT.values(code);
        }

        @Override
        public void addGradient(INDArray code, double scale, INDArray gradient) {
            RIGHT.addGradient(code, scale * factor, gradient);
        }
    }

    /** The contract's checks, called here one by one; JUnit does not run this class on its own. */
    private static final class Checks extends UnsupervisedLayerContract {
        private final LayerVariant variant;

        Checks(Shrinkage shrinkage, Penalty penalty) {
            variant = new LayerVariant("mutation", weight -> new ListaLayer.Builder()
                    .nOut(4)
                    .iterations(3)
                    .shrinkage(shrinkage)
                    .initialThreshold(0.1)
                    .penalty(penalty)
                    .unsupervisedWeight(weight));
        }

        @Override
        public Stream<LayerVariant> variants() {
            return Stream.of(variant);
        }

        boolean jointLossPasses() {
            return passes(network(NetworkKind.MULTI_LAYER, settings(), named(variant, WEIGHT)), null);
        }

        boolean graphPasses() {
            return passes(network(NetworkKind.GRAPH, settings(), named(variant, WEIGHT)), null);
        }

        boolean pretrainingPasses() {
            return pretrainingPasses(network(variant, 0).getLayer(NAME));
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.dl4jsparse.nn.lista.Choice#shrinkages")
    void rightGradientPasses(Shrinkage shrinkage) {
        Checks checks = new Checks(shrinkage, new OffByFactor(1));
        assertTrue(checks.jointLossPasses());
        assertTrue(checks.graphPasses());
        assertTrue(checks.pretrainingPasses());
    }

    @ParameterizedTest
    @MethodSource("io.github.dl4jsparse.nn.lista.Choice#shrinkages")
    void penaltyGradientOnePercentOffFails(Shrinkage shrinkage) {
        for (double factor : new double[] {0.99, 1.01}) {
            Checks checks = new Checks(shrinkage, new OffByFactor(factor));
            assertFalse(checks.jointLossPasses(), "joint loss, factor " + factor);
            assertFalse(checks.graphPasses(), "graph, factor " + factor);
            assertFalse(checks.pretrainingPasses(), "pre-training, factor " + factor);
        }
    }

    @Test
    void lossThatReachesTheScoreButNotTheGradientFails() {
        assertFalse(new Checks(Shrinkage.NON_NEGATIVE, new OffByFactor(0)).jointLossPasses());
    }
}
