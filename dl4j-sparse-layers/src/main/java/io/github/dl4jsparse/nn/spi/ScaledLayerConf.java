package io.github.dl4jsparse.nn.spi;

import io.github.dl4jsparse.internal.backend.NativeStart;
import io.github.dl4jsparse.internal.nn.InputScale;
import java.util.Map;
import java.util.function.Supplier;
import lombok.AccessLevel;
import lombok.EqualsAndHashCode;
import lombok.Getter;
import lombok.NoArgsConstructor;
import lombok.ToString;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The part of the configuration of a layer with a dictionary that makes it independent of the scale of the data. The layer itself is
 * a {@link ScaledLayer}.
 * <p>\[ z(x) = \mathrm{code}(x / s) \]
 * where s is the {@link InputScale}.
 */
@Getter
@NoArgsConstructor(access = AccessLevel.PACKAGE)
@EqualsAndHashCode(callSuper = true)
@ToString(callSuper = true)
abstract class ScaledLayerConf extends FeedForwardLayer {
    private static final long serialVersionUID = 1;

    static {
        // where the service file that registers KernelChoice was lost in packing
        NativeStart.prepare();
    }

    @JsonProperty
    private boolean inputScaling;

    ScaledLayerConf(Builder<?> builder) {
        super(builder);
        this.inputScaling = builder.inputScaling;
    }

    /** Length of an atom, the size of a unit's receptive field; by default all inputs. */
    public long atomSize() {
        return nIn;
    }

    /** The name of the parameter with the decoder's weights. */
    protected String decoderKey() {
        return "D";
    }

    /**
     * Fits step sizes to examples after the dictionary was set; by default does nothing.
     *
     * @param params of the layer. Modified in place.
     * @param x      examples. Not modified.
     * @param image  computes their reconstructions
     */
    protected void fitSteps(Map<String, INDArray> params, INDArray x, Supplier<INDArray> image) {
        // a layer without step sizes
    }

    /**
     * Takes the option.
     *
     * @param <T> the layer's builder
     */
    @SuppressWarnings("unchecked") // as in DL4J's builders: T is the type of this builder
    public abstract static class Builder<T extends Builder<T>> extends FeedForwardLayer.Builder<T> {
        static {
            // as above: a builder's checks use ND4J before a configuration is constructed
            NativeStart.prepare();
        }

        private boolean inputScaling;

        /**
         * Whether the layer divides its input by a scale that it measures on its first data and keeps with its parameters; default
         * no. The receptive field of an atom then has a mean squared norm of 1, so that penalty, thresholds and
         * learning rates do not depend on the scale of the data: with an L1 weight of 1, the code of an input of that
         * norm is zero for any dictionary. Codes and energies are those of the divided input. The pre-trainer also
         * starts such a layer's dictionary from the data.
         *
         * @see InputScale
         */
        public T inputScaling(boolean scaling) {
            this.inputScaling = scaling;
            return (T) this;
        }
    }
}
