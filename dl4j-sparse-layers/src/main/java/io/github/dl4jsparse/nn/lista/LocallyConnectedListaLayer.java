package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.MemoryReports;
import io.github.dl4jsparse.internal.math.PowerIteration;
import io.github.dl4jsparse.nn.ChannelOrder;
import io.github.dl4jsparse.nn.spi.SparseLayer;
import io.github.dl4jsparse.operator.LinearOperator;
import io.github.dl4jsparse.operator.LocalGeometry;
import lombok.AccessLevel;
import lombok.EqualsAndHashCode;
import lombok.Getter;
import lombok.NoArgsConstructor;
import lombok.ToString;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Encodes images sparsely by a map of units, each connected to a patch of the image by a filter of its own: local
 * connections without weight sharing, the layer of topographic maps.
 * <p>\[ z_{t+1} = h_b(E x + S z_t), \quad z_0 = 0, \quad t = 0 \dots K-1, \qquad S z = z - a\, D^{\top} M D z \]
 * \[ L = w \left( \tfrac12 \sum_i m_i (x - D z_K)_i^2 + \mathrm{penalty}(z_K) \right) \]
 * where {@code E x} sums over each unit's patch and {@code D z} adds up the units' atoms, M is the diagonal of the
 * pixels' weights m, and the rest as in {@link ListaLayer}. At the start {@code E = a D'}, and K steps are K steps of
 * ISTA with step size a. Steps go through the decoder; free recurrent weights between any two units would be too many.
 * <p>With a penalty of overlapping windows over the map, neighbouring units learn similar orientations. The penalty is
 * one on all {@code nOut * outHeight * outWidth} units; {@link LocalGeometry#sheet} gives the position of each unit in
 * a map in which the units of one position are neighbours.
 * <p>On a torus opposite borders of the image meet. Otherwise patches lie inside the image, and pixels at the border
 * are covered by fewer patches and reconstructed with larger error; with {@code weightBorder} each has the share of
 * patches that cover it as its weight.
 * <p>Shapes: input {@code [batch, channels, height, width]}, output {@code [batch, nOut, outHeight, outWidth]}, or both with the
 * channels last (NHWC). Parameters, with {@code patch = channels * kernel * kernel} and {@code units = nOut * outHeight *
 * outWidth} in this order, a filter a column: {@value #ENCODER} and {@value #DECODER} (decoder not tied) {@code [patch, units]},
 * {@value #STEP} {@code [1, 1]} (K &gt; 1, decoder not tied), {@value #THRESHOLD} and {@value #GAIN} (with gain)
 * {@code [1, units]}; untied steps have K, and of {@value #STEP} K - 1, such blocks of rows, except the decoder.
 * <p>Errors: {@link DL4JInvalidConfigException} when the configuration is built and when it gets its input type,
 * {@code DL4JInvalidInputException} for input of a wrong shape or with NaN or infinite values.
 * <p>Reference: Gregor and LeCun, Emergence of complex-like cells in a temporal product network with local receptive fields,
 * arXiv:1006.0448, 2010; Kavukcuoglu, Ranzato, Fergus and LeCun, Learning invariant features through topographic filter maps, CVPR
 * 2009.
 */
@Getter
@NoArgsConstructor(access = AccessLevel.PRIVATE)
@EqualsAndHashCode(callSuper = true)
@ToString(callSuper = true)
public final class LocallyConnectedListaLayer extends ImageListaConf {
    private static final long serialVersionUID = 1;

    @JsonProperty
    private int kernelSize;

    @JsonProperty
    private int stride;

    @JsonProperty
    private boolean torus;

    private LocallyConnectedListaLayer(Builder builder) {
        super(builder);
        this.kernelSize = builder.kernelSize;
        this.stride = builder.stride;
        this.torus = builder.torus;
        addConstraints(builder);
    }

    /**
     * The positions and patches of the map.
     *
     * @throws IllegalArgumentException if the size of the images is not known, or the kernel or the stride does not fit them
     */
    public LocalGeometry geometry() {
        if (!isSized()) {
            throw Args.failure(
                    "input type", "given, InputType.convolutional(height, width, channels): it sizes the map", null);
        }
        return geometry(getImageSize()[0], getImageSize()[1]);
    }

    private LocalGeometry geometry(int height, int width) {
        return new LocalGeometry(Math.toIntExact(nIn), height, width, kernelSize, stride, Math.toIntExact(nOut), torus);
    }

    /** {@inheritDoc} This layer has them first, as the weights of a map are adjacent in memory. */
    @Override
    public ChannelOrder channelOrder() {
        return ChannelOrder.firstInLayer(getDataFormat());
    }

    @Override
    long ownUnits() {
        return nOut * geometry().positions();
    }

    @Override
    boolean mayRecurFreely() {
        return false;
    }

    @Override
    boolean isEncoderTransposed() {
        return true;
    }

    @Override
    public long atomSize() {
        return nIn * kernelSize * kernelSize;
    }

    @Override
    long[] recurrentShape() {
        throw new IllegalStateException("units of a map have no free recurrent weights");
    }

    @Override
    INDArray istaRecurrence(INDArray dictionary, double step) {
        throw new IllegalStateException("units of a map have no free recurrent weights");
    }

    @Override
    double squaredNorm(INDArray dictionary) {
        LocalGeometry geometry = geometry();
        LocalWiring wiring = LocalWiring.of(geometry, isWeightBorder() && stepsUseDecoder());
        LinearOperator decoder = wiring.decoder(dictionary);
        return PowerIteration.upperBound(
                images -> {
                    INDArray result = images.dup('c');
                    wiring.pixels().byRoots(result);
                    INDArray codes = Nd4j.createUninitialized(images.dataType(), wiring.codeShape(images.size(0)));
                    decoder.adjoint(result, codes, 0);
                    decoder.apply(codes, result, 0);
                    wiring.pixels().byRoots(result);
                    return result;
                },
                dictionary.dataType(),
                1,
                geometry.channels(),
                geometry.height(),
                geometry.width());
    }

    @Override
    protected void requirePenalty(Penalty penalty, long units) {
        if (isSized()) {
            requirePenaltyFits(penalty, geometry());
        } else if (penalty.units() % units != 0) {
            throw Args.failure(
                    "penalty", "for the units of the map, a multiple of nOut = " + units, penalty.units() + " units");
        }
    }

    private void requirePenaltyFits(Penalty penalty, LocalGeometry geometry) {
        long found = penalty.units();
        long all = nOut * geometry.positions();
        if (found != 0 && found != all) {
            throw Args.failure(
                    "penalty",
                    "for the " + all + " units of the map, nOut = " + nOut + " at each of " + geometry.outHeight()
                            + " x " + geometry.outWidth() + " positions",
                    found + " units");
        }
    }

    @Override
    public String whyNotPrunable() {
        return "every unit has a position in the map and a filter of its own over all channels, so that the map would have"
                + " holes";
    }

    @Override
    protected SparseLayer<?> newLayer(NeuralNetConfiguration conf, DataType dataType) {
        return new LocallyConnectedListaLayerImpl(conf, dataType);
    }

    @Override
    long[] outputSize(int height, int width) {
        LocalGeometry geometry = geometry(height, width);
        requirePenaltyFits(getPenalty(), geometry);
        return new long[] {geometry.outHeight(), geometry.outWidth()};
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        // as the dense layer, with the images of the steps
        long code = ownUnits();
        long image = inputType.arrayElementsPerExample();
        long forward = (getIterations() + 2) * (code + image);
        return MemoryReports.of(this, inputType, 3 * code + 3 * image, forward + (getIterations() + 4) * code);
    }

    /**
     * Builds a {@link LocallyConnectedListaLayer}; {@link #build()} refuses invalid values with an error that names the
     * layer.
     */
    @SuppressWarnings("unchecked") // DL4J declares build() with a type parameter of the caller
    public static final class Builder extends ImageListaConf.Builder<Builder> {
        private final int kernelSize;
        private int stride = 1;
        private boolean torus;

        /**
         * The builder of a layer with square filters of a given side; the default is one step; {@code nOut} is the
         * number of units at each position.
         */
        public Builder(int kernelSize) {
            this.kernelSize = kernelSize;
        }

        /** Stride in pixels, at most the kernel's side; default 1. */
        public Builder stride(int stride) {
            this.stride = stride;
            return this;
        }

        /** Whether opposite borders of the image meet; default no. */
        public Builder torus(boolean torus) {
            this.torus = torus;
            return this;
        }

        @Override
        public LocallyConnectedListaLayer build() {
            requireValid(LocallyConnectedListaLayer.class);
            return new LocallyConnectedListaLayer(this);
        }

        @Override
        protected void validate() {
            super.validate();
            Args.atLeast("kernel", kernelSize, 1);
            Args.atLeast("stride", stride, 1);
            if (stride > kernelSize) {
                throw Args.failure("stride", "at most the kernel's side " + kernelSize, stride);
            }
        }
    }
}
