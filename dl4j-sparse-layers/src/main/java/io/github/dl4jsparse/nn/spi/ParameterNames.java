package io.github.dl4jsparse.nn.spi;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.nn.ScaledLearningRate;
import java.util.ArrayList;
import java.util.List;

/** Names of the parameters of a layer and of its penalty. */
final class ParameterNames {
    private ParameterNames() {}

    /**
     * Refuses a penalty with a parameter whose name the layer uses already, and learning-rate factors of parameters
     * that do not exist.
     *
     * @param builder with the factors of learning rates
     */
    static void require(SparseLayerConf conf, SparseLayerBuilder<?> builder) {
        List<String> names = new ArrayList<>(conf.initializer().ownKeys(conf));
        for (String key : conf.penaltyParameters().keys()) {
            if (names.contains(key)) {
                throw Args.failure("parameter of the penalty", "named otherwise than " + names + " of the layer", key);
            }
            names.add(key);
        }
        ScaledLearningRate.requireKnown(builder.learningRateFactors, names);
    }
}
