package io.github.dl4jsparse.nn;

import java.util.function.DoubleFunction;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;

/**
 * One way to configure the layer under test.
 *
 * @param name    shown in the test report
 * @param builder makes a new builder for a given unsupervised weight, with everything set but name and input size
 */
public record LayerVariant(String name, DoubleFunction<FeedForwardLayer.Builder<?>> builder) {
    /** A new builder of this variant. */
    public FeedForwardLayer.Builder<?> builder(double unsupervisedWeight) {
        return builder.apply(unsupervisedWeight);
    }

    /** A new configuration of this variant. */
    public FeedForwardLayer layer(double unsupervisedWeight) {
        return builder(unsupervisedWeight).build();
    }

    @Override
    public String toString() {
        return name;
    }
}
