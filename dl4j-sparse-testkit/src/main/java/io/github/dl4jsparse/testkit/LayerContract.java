package io.github.dl4jsparse.testkit;

import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every layer of DL4J's networks keeps: extend this class, give its {@link #variants()}, and inherit the tests. They are
 * grouped by what they are about:
 * <ul>
 *   <li>{@link LayerGradientContract}: gradients against finite differences, with masks, dropout and frozen;
 *   <li>{@link LayerOutputContract}: batches, views and orders, number types, several threads, what training changes;
 *   <li>{@link LayerThreadsContract}: the same bits on any number of threads;
 *   <li>{@link LayerInputContract}: bad input is refused and the layer named;
 *   <li>{@link LayerPersistenceContract}: JSON, YAML, zip, clones, equality, copied arrays;
 *   <li>{@link LayerParametersContract}: parameters survive what reads and sets them;
 *   <li>{@link LayerToolsContract}: transfer learning, early stopping, weight noise, reports.
 * </ul>
 * <p>Every test runs once for each variant, in double precision, in a MultiLayerNetwork and where it matters in a
 * ComputationGraph too. By default the layer takes matrices and gives matrices.
 */
@ExtendWith(DoublePrecision.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class LayerContract
        implements LayerGradientContract,
                LayerOutputContract,
                LayerThreadsContract,
                LayerInputContract,
                LayerPersistenceContract,
                LayerParametersContract,
                LayerToolsContract {}
