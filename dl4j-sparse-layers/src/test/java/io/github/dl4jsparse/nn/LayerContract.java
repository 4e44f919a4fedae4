package io.github.dl4jsparse.nn;

import io.github.dl4jsparse.DoublePrecision;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every layer with an unsupervised loss keeps: extend this class, give its {@link #variants()}, and inherit the
 * tests. They are grouped by what they are about:
 * <ul>
 *   <li>{@link LayerGradientContract}: gradients of the joint loss and of pre-training against finite differences;
 *   <li>{@link LayerScoreContract}: scores, batches, number types, threads, what training changes;
 *   <li>{@link LayerThreadsContract}: the same bits on any number of threads;
 *   <li>{@link LayerInputContract}: bad input is refused and the layer named;
 *   <li>{@link LayerExamplesContract}: energies and reconstructions of single examples;
 *   <li>{@link LayerPersistenceContract}: JSON, YAML, zip, clones, equality;
 *   <li>{@link LayerParametersContract}: parameters survive whatever reads and sets them;
 *   <li>{@link LayerToolsContract}: transfer learning, early stopping, parallel inference, weight noise, reports.
 * </ul>
 * <p>Every test runs once for each variant, in double precision. The layer takes matrices and gives matrices.
 */
@ExtendWith(DoublePrecision.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class LayerContract
        implements LayerGradientContract,
                LayerScoreContract,
                LayerThreadsContract,
                LayerInputContract,
                LayerExamplesContract,
                LayerPersistenceContract,
                LayerParametersContract,
                LayerToolsContract {}
