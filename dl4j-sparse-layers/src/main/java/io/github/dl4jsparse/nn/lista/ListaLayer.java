package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.energy.LearnedPenalty;
import io.github.dl4jsparse.internal.dl4j.MemoryReports;
import io.github.dl4jsparse.internal.math.PowerIteration;
import io.github.dl4jsparse.nn.spi.SparseLayer;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import lombok.AccessLevel;
import lombok.EqualsAndHashCode;
import lombok.NoArgsConstructor;
import lombok.ToString;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Encodes its input sparsely by a fixed number of learned shrinkage steps: the unrolled LISTA encoder, with a decoder.
 * <p>\[ z_{t+1} = h_b(E x + S z_t), \quad z_0 = 0, \quad t = 0 \dots K-1 \]
 * \[ L = w \left( \tfrac12 \lVert x - D z_K \rVert_2^2 + \mathrm{penalty}(z_K) \right) \]
 * where h is the {@link Shrinkage} with a threshold b per unit, E the encoder, S the recurrent matrix, D the decoder
 * (dictionary) and w the unsupervised weight. K = 1 is the plain sparse encoder. With a gain the code is
 * \( g \odot z_K \). At the start \( E = a D^{\top} \), \( S = I - a D^{\top} D \) and \( b = a \lambda \), so that K
 * steps are K steps of ISTA with step size a.
 * <p>With w &gt; 0 the loss L is part of the score and the gradient of {@code fit()}, next to any supervised loss above:
 * the discriminative recurrent sparse auto-encoder. With w = 0 only pre-training uses it, and {@code fit()} does not
 * change D. {@link PredictiveSparseDecomposition} replaces L by its own loss. Dropout acts on the input of the encoder;
 * the target of the reconstruction is the input before dropout.
 * <p>Shapes: input {@code [batch, nIn]}, output {@code [batch, nOut]}. Parameters: {@value #ENCODER}
 * {@code [nOut, nIn]}, {@value #RECURRENT} {@code [nOut, nOut]} (K &gt; 1), {@value #THRESHOLD} {@code [1, nOut]},
 * {@value #GAIN} {@code [1, nOut]} (with gain), {@value #DECODER} {@code [nIn, nOut]} (decoder not tied); untied
 * steps have K, K - 1 and K such blocks of rows in the first three; and those of a {@link LearnedPenalty}, which only the unsupervised
 * loss trains: {@value #INHIBITION} {@code [nOut, nOut]} of learned inhibition.
 * <p>Errors: {@link DL4JInvalidConfigException} when the configuration is built,
 * {@code DL4JInvalidInputException} for input of a wrong shape or with NaN or infinite values.
 * <p>Reference: Gregor and LeCun, Learning fast approximations of sparse coding, ICML 2010; Rolfe and LeCun,
 * Discriminative recurrent sparse auto-encoders, ICLR 2013.
 */
@NoArgsConstructor(access = AccessLevel.PRIVATE)
@EqualsAndHashCode(callSuper = true)
@ToString(callSuper = true)
public final class ListaLayer extends ListaConf {
    private static final long serialVersionUID = 1;

    private ListaLayer(Builder builder) {
        super(builder);
        addConstraints(builder);
    }

    @Override
    long[] recurrentShape() {
        return new long[] {nOut, nOut};
    }

    @Override
    double squaredNorm(INDArray dictionary) {
        return PowerIteration.squaredSpectralNorm(dictionary);
    }

    @Override
    INDArray istaRecurrence(INDArray dictionary, double step) {
        INDArray gram = Nd4j.gemm(dictionary, dictionary, true, false);
        return Nd4j.eye(gram.rows()).castTo(gram.dataType()).subi(gram.muli(step));
    }

    @Override
    boolean isDense() {
        return true;
    }

    @Override
    protected SparseLayer<?> newLayer(NeuralNetConfiguration conf, DataType dataType) {
        return new ListaLayerImpl(conf, dataType);
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        // per example: K codes, the drive and the residual forward; K deltas, drive gradient and scratch backward
        long forward = (getIterations() + 1) * nOut + nIn;
        long backward = (getIterations() + 2) * nOut;
        return MemoryReports.of(this, inputType, 2 * nOut + nIn, forward + backward);
    }

    /**
     * Builds a {@link ListaLayer}; {@link #build()} or the setter refuses invalid values with an error that names the
     * layer.
     */
    @SuppressWarnings("unchecked") // DL4J declares build() with a type parameter of the caller
    public static final class Builder extends ListaBuilder<Builder> {
        /** Eleven steps with free recurrent weights and the non-negative shrinkage, to be configured. */
        public Builder() {
            super(Coupling.free());
        }

        @Override
        public ListaLayer build() {
            requireValid(ListaLayer.class);
            return new ListaLayer(this);
        }
    }
}
