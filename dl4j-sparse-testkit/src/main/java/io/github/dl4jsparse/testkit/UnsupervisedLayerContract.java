package io.github.dl4jsparse.testkit;

import io.github.dl4jsparse.nn.spi.SparseLayerConf;

/**
 * What every layer with an unsupervised loss keeps besides {@link LayerContract}: extend this class, give its
 * {@link #variants()}, and inherit the tests. They are grouped by what they are about:
 * <ul>
 *   <li>{@link UnsupervisedGradientContract}: gradients of pre-training against finite differences;
 *   <li>{@link UnsupervisedScoreContract}: the score is the supervised loss plus the weighted energy;
 *   <li>{@link UnsupervisedThreadsContract}: pre-training, codes and energies are the same to the bit on any number of threads;
 *   <li>{@link UnsupervisedInputContract}: bad input is refused and the layer named;
 *   <li>{@link UnsupervisedExamplesContract}: energies and reconstructions of single examples;
 *   <li>{@link UnsupervisedParametersContract}: parameters are in c order, taken by value, and checked.
 * </ul>
 */
public abstract class UnsupervisedLayerContract extends LayerContract
        implements UnsupervisedGradientContract,
                UnsupervisedScoreContract,
                UnsupervisedThreadsContract,
                UnsupervisedInputContract,
                UnsupervisedExamplesContract,
                UnsupervisedParametersContract {
    /** {@inheritDoc} A penalty of one size cannot take another number of units. */
    @Override
    public boolean isOfOneSize(LayerVariant variant) {
        return ((SparseLayerConf) variant.layer(0)).getPenalty().units() > 0;
    }
}
