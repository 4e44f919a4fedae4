package io.github.dl4jsparse.testkit;

import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The contract of every layer of Deeplearning4j: extend this class, implement {@link #variants()}, and inherit the
 * tests.
 * <p>Every test runs once for each variant, in double precision, in a MultiLayerNetwork and where it matters in a ComputationGraph too:
 * <ul>
 *   <li>gradients against finite differences, with weight penalties, dropout, a mask of examples, and frozen below other layers;
 *   <li>batches of one, views and orders, float beside double, answers to several threads, training that reaches every parameter;
 *   <li>the same bits on any number of threads;
 *   <li>input of a wrong shape refused by the layer's name, input of another precision cast;
 *   <li>JSON, YAML, zip, Java serialisation, clones, equality field by field, arrays that no caller can change later;
 *   <li>parameters that survive a new head, freezing, averaging, and are set by their names;
 *   <li>transfer learning, early stopping, weight noise, memory reports, listeners.
 * </ul>
 * <p>By default the layer takes matrices {@code [batch, 3]} and gives matrices. For another width override {@link #width()}; for images
 * or sequences override {@link #inputType()}, {@link #below()}, {@link #above()}, {@link #unitAxis()} and {@link #maskOfExamples()}. A
 * test that cannot hold for a layer is overridden by an empty method, with the reason.
 * <p>Own fields of a type that the contract does not know need {@link #otherValue}.
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
