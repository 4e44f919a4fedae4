package io.github.dl4jsparse.integration.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.integration.EveryLayer;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.ops.transforms.Transforms;

/** DL4J's l1 and l2 on the weights and biases of a network count for every layer as they do for DL4J's dense one. */
@ExtendWith(DoublePrecision.class)
class WeightPenaltiesTest {
    private static final double L1 = 0.02;
    private static final double L2 = 0.03;
    private static final double L1_BIAS = 0.01;
    private static final double L2_BIAS = 0.04;

    private static NeuralNetConfiguration.Builder settings() {
        return EveryLayer.settings().updater(new NoOp());
    }

    private static NeuralNetConfiguration.Builder penalised() {
        return settings().l1(L1).l2(L2).l1Bias(L1_BIAS).l2Bias(L2_BIAS);
    }

    private static List<AnyNetwork> networks(EveryLayer layer, NeuralNetConfiguration.Builder settings) {
        return layer.both(settings, EveryLayer::differentiable);
    }

    private static double terms(Layer layer) {
        double sum = 0;
        for (Map.Entry<String, INDArray> e : layer.paramTable().entrySet()) {
            boolean weight = EveryLayer.isWeight(layer, e.getKey());
            boolean bias = e.getKey().equals("b");
            double l1 = weight ? L1 : bias ? L1_BIAS : 0;
            double l2 = weight ? L2 : bias ? L2_BIAS : 0;
            for (double w : e.getValue().dup('c').data().asDouble()) {
                sum += l1 * Math.abs(w) + l2 / 2 * w * w;
            }
        }
        return sum;
    }

    @ParameterizedTest
    @EnumSource
    void theScoreHasTheTermsOfTheWeights(EveryLayer layer) {
        DataSet data = layer.data(5, 1);
        List<AnyNetwork> plain = networks(layer, settings());
        List<AnyNetwork> penalised = networks(layer, penalised());
        for (int i = 0; i < plain.size(); i++) {
            AnyNetwork net = penalised.get(i);
            moved(net, plain.get(i));
            double terms = 0;
            for (Layer each : net.layers()) {
                terms += terms(each);
            }
            assertTrue(terms > 0.01, "terms of " + terms + " tell nothing");
            for (boolean training : new boolean[] {true, false}) {
                assertEquals(terms, net.score(data, training) - plain.get(i).score(data, training), 1e-10);
            }
        }
    }

    /** Gives two networks the same parameters, none of them at the kink of l1 or of a shrinkage. */
    private static void moved(AnyNetwork net, AnyNetwork other) {
        for (Layer each : net.layers()) {
            each.paramTable().forEach((name, array) -> {
                if (!EveryLayer.isInhibition(each, name)) {
                    array.addi(Samples.gaussian(array.length(), array.shape()).muli(0.03));
                }
                if (name.equals("b")) {
                    Transforms.abs(array, false).addi(0.02);
                }
            });
        }
        other.params().assign(net.params());
    }

    @ParameterizedTest
    @EnumSource
    void theGradientHasThemToo(EveryLayer layer) {
        DataSet data = layer.data(3, 1);
        for (AnyNetwork net : networks(layer, penalised())) {
            moved(net, net);
            assertTrue(net.gradientsPass(data.getFeatures(), data.getLabels(), null));
        }
    }
}
