package io.github.dl4jsparse.testkit;

import java.util.function.DoubleFunction;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * One way to configure the layer under test.
 *
 * @param name    shown in the test report
 * @param builder creates a new builder for a given weight of the layer's own loss, with everything set but name and
 *      input size
 */
public record LayerVariant(String name, DoubleFunction<? extends Layer.Builder<?>> builder) {
    /** Of a layer that has no loss of its own. */
    public LayerVariant(String name, Supplier<? extends Layer.Builder<?>> builder) {
        this(name, weight -> builder.get());
    }

    /**
     * Of a layer that has no builder.
     *
     * @param layer makes a new configuration each time, which gets its name by {@code setLayerName}
     */
    public static LayerVariant of(String name, Supplier<? extends Layer> layer) {
        return new LayerVariant(name, () -> new WithoutBuilder(layer));
    }

    /** A new builder of this variant. */
    public Layer.Builder<?> builder(double unsupervisedWeight) {
        return builder.apply(unsupervisedWeight);
    }

    /** A new configuration of this variant. */
    public Layer layer(double unsupervisedWeight) {
        return builder(unsupervisedWeight).build();
    }

    @Override
    public String toString() {
        return name;
    }

    private static final class WithoutBuilder extends Layer.Builder<WithoutBuilder> {
        private final Supplier<? extends Layer> layer;

        WithoutBuilder(Supplier<? extends Layer> layer) {
            this.layer = layer;
        }

        @Override
        @SuppressWarnings("unchecked") // DL4J declares build() with a type of the caller's choice
        public <E extends Layer> E build() {
            Layer result = layer.get();
            result.setLayerName(layerName);
            result.setIDropout(iDropout);
            return (E) result;
        }
    }
}
