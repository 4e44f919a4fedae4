package io.github.dl4jsparse.testkit;

import io.github.dl4jsparse.nn.spi.SparseLayerConf;

/**
 * The contract of every layer with an unsupervised loss, in addition to {@link LayerContract}: extend this class,
 * implement {@link #variants()}, and inherit the tests. The layer's configuration is a {@link SparseLayerConf}.
 * <ul>
 *   <li>gradients of pre-training against finite differences, and the supervised loss alone;
 *   <li>the score is the supervised loss plus the weighted energy, and {@code fit()} leaves what only pre-training trains;
 *   <li>pre-training, codes and energies have the same bits on any number of threads;
 *   <li>NaN, infinite and misshapen input of pre-training, codes and energies is refused by the layer's name;
 *   <li>energies and reconstructions of single examples;
 *   <li>parameters are in c order, taken by value, and checked.
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
