/**
 * Contracts: tests that a penalty, shrinkage, operator, solver or layer of your own inherits.
 * <p>A contract is an abstract JUnit class. Extend it in your own tests, say how your object is made, and its tests run with yours:
 * <table>
 * <caption>Contracts by what is written</caption>
 * <tr><th>what you write</th><th>what its test extends</th></tr>
 * <tr><td>{@link io.github.dl4jsparse.energy.Penalty}, {@code Proximal}, {@code RowPenalty}</td>
 *     <td>{@link io.github.dl4jsparse.testkit.PenaltyContract}</td></tr>
 * <tr><td>{@link io.github.dl4jsparse.energy.LearnedPenalty}</td>
 *     <td>{@link io.github.dl4jsparse.testkit.LearnedPenaltyContract}</td></tr>
 * <tr><td>{@link io.github.dl4jsparse.shrinkage.Shrinkage}</td>
 *     <td>{@link io.github.dl4jsparse.testkit.ShrinkageContract}</td></tr>
 * <tr><td>{@link io.github.dl4jsparse.operator.LinearOperator}</td>
 *     <td>{@link io.github.dl4jsparse.testkit.OperatorContract}</td></tr>
 * <tr><td>{@link io.github.dl4jsparse.solver.Solver}</td>
 *     <td>{@link io.github.dl4jsparse.testkit.SolverContract}</td></tr>
 * <tr><td>any layer of Deeplearning4j</td>
 *     <td>{@link io.github.dl4jsparse.testkit.LayerContract}</td></tr>
 * <tr><td>a layer with an unsupervised loss, of {@code SparseLayerConf}</td>
 *     <td>{@link io.github.dl4jsparse.testkit.UnsupervisedLayerContract}</td></tr>
 * </table>
 * <p>A penalty's test, whole:
 * <pre>{@code
 * class ElasticNetTest extends PenaltyContract {
 *     @Override
 *     protected Penalty penalty() {
 *         return new ElasticNet(0.4, 0.3);
 *     }
 *
 *     @Override
 *     protected Penalty otherPenalty() {
 *         return new ElasticNet(0.4, 0.2);
 *     }
 * }
 * }</pre>
 * <p>and a layer's:
 * <pre>{@code
 * class CompressionLayerTest extends LayerContract {
 *     @Override
 *     public Stream<LayerVariant> variants() {
 *         return Stream.of(new LayerVariant("strength 2", () -> new CompressionLayer.Builder().strength(2)));
 *     }
 * }
 * }</pre>
 * <p>Beside the contracts, for tests of your own: arrays from a seed ({@link io.github.dl4jsparse.testkit.Samples}), the same bits on any
 * number of threads ({@link io.github.dl4jsparse.testkit.ThreadsLaw}), a network of either kind
 * ({@link io.github.dl4jsparse.testkit.AnyNetwork}), double precision for a test class
 * ({@link io.github.dl4jsparse.testkit.DoublePrecision}), gradients that a layer passes on
 * ({@link io.github.dl4jsparse.testkit.PassedGradient}), and what must hold for the parameters of a network
 * ({@link io.github.dl4jsparse.testkit.ParameterLaws}).
 * <p>The module needs {@code dl4j-sparse-layers}, {@code junit-jupiter-api} and {@code junit-jupiter-params}. JUnit's engine and ND4J's
 * backend are those of your project.
 */
package io.github.dl4jsparse.testkit;
