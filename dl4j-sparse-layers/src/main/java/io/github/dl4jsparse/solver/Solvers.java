package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.operator.DenseOperator;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Selects the fastest solver with a certificate that supports a penalty.
 * <p>The first of this table whose penalties and decoders match:
 * <table>
 * <caption>Solvers, the fastest first</caption>
 * <tr><th>solver</th><th>penalties</th><th>decoders</th></tr>
 * <tr><td>{@link CoordinateDescent}</td><td>sums over disjoint blocks: L1, disjoint groups</td><td>dense</td></tr>
 * <tr><td>{@link Fista}</td><td>with a proximal operator or a majoriser</td><td>all</td></tr>
 * <tr><td>{@link InhibitionCoordinateDescent}</td><td>lateral inhibition</td><td>dense</td></tr>
 * <tr><td>{@link MajorizedIsta}</td><td>lateral inhibition</td><td>all</td></tr>
 * </table>
 * <p>Coordinate descent keeps the Gram matrix of all atoms; where memory is too small for three matrices of
 * {@code units * units} elements in double precision, take {@link Fista} or {@link MajorizedIsta}.
 * <p>Errors: {@link IllegalArgumentException} for a penalty that no solver supports, such as a sum of penalties that has no proximal
 * operator as a whole.
 */
public final class Solvers {
    /** Default limit of iterations or rounds. */
    private static final int CAP = 1000;
    /** Default relative certificate. */
    private static final double TOLERANCE = 1e-3;

    private enum Kind {
        BLOCKS(true, CoordinateDescent::new),
        PROXIMAL(false, Fista::new),
        INHIBITION(true, InhibitionCoordinateDescent::new),
        MAJORIZED_INHIBITION(false, MajorizedIsta::new);

        private final boolean denseOnly;
        private final BiFunction<Integer, Double, Solver> constructor;

        Kind(boolean denseOnly, BiFunction<Integer, Double, Solver> constructor) {
            this.denseOnly = denseOnly;
            this.constructor = constructor;
        }

        private Solver of(int maxIterations, double tolerance) {
            return constructor.apply(maxIterations, tolerance);
        }
    }

    private Solvers() {}

    /**
     * The solver for a penalty and a dense decoder, with at most 1000 iterations to a relative certificate of 1e-3.
     *
     * @throws IllegalArgumentException if none supports the penalty
     */
    public static Solver bestFor(Penalty penalty) {
        return bestFor(penalty, CAP, TOLERANCE);
    }

    /**
     * The solver for a penalty and a dense decoder.
     *
     * @param maxIterations cap on iterations, at least 1
     * @param tolerance     relative certificate at which to stop, finite and &gt; 0
     * @throws IllegalArgumentException if none supports the penalty, or a number is out of its range
     */
    public static Solver bestFor(Penalty penalty, int maxIterations, double tolerance) {
        return find(penalty, maxIterations, tolerance).orElseThrow(() -> unsupported(penalty));
    }

    /**
     * The solver for an energy, with at most 1000 iterations to a relative certificate of 1e-3.
     *
     * @throws IllegalArgumentException if none supports its penalty
     */
    public static Solver bestFor(Energy energy) {
        return bestFor(energy, CAP, TOLERANCE);
    }

    /**
     * The solver for an energy: its penalty and its decoder.
     *
     * @param maxIterations cap on iterations, at least 1
     * @param tolerance     relative certificate at which to stop, finite and &gt; 0
     * @throws IllegalArgumentException if none supports the penalty, or a number is out of its range
     */
    public static Solver bestFor(Energy energy, int maxIterations, double tolerance) {
        boolean dense = Args.given("energy", energy).decoder() instanceof DenseOperator;
        return first(energy.penalty(), dense, maxIterations, tolerance)
                .orElseThrow(() -> unsupported(energy.penalty()));
    }

    /**
     * The solver for a penalty and a dense decoder, where there is one.
     *
     * @param maxIterations cap on iterations, at least 1
     * @param tolerance     relative certificate at which to stop, finite and &gt; 0
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static Optional<Solver> find(Penalty penalty, int maxIterations, double tolerance) {
        return first(penalty, true, maxIterations, tolerance);
    }

    private static Optional<Solver> first(Penalty penalty, boolean dense, int maxIterations, double tolerance) {
        Args.given("penalty", penalty);
        return Stream.of(Kind.values())
                .filter(kind -> dense || !kind.denseOnly)
                .map(kind -> kind.of(maxIterations, tolerance))
                .filter(solver -> solver.supports(penalty))
                .findFirst();
    }

    private static IllegalArgumentException unsupported(Penalty penalty) {
        return Args.failure(
                "penalty",
                "one that a solver supports: with a proximal operator, a majoriser, or lateral inhibition (penalty.plus joins an L1"
                        + " norm with groups, trees or inhibition to one that has)",
                penalty.getClass().getSimpleName());
    }

    /**
     * The gradient of a loss by the linear term of the energy, through the code that minimises it: through {@code D'x}
     * it gives the gradients of x and D.
     * <p>\[ u = H^{-1} g \text{ on the active units}, \quad 0 \text{ elsewhere} \]
     * where H is the second derivative of the energy there and g the gradient of the loss by the code.
     *
     * @param energy   with a penalty that {@link #requireDifferentiable} lets through
     * @param input    x. Not modified.
     * @param code     its minimiser. Not modified.
     * @param gradient g. Not modified.
     * @return u, a new array
     */
    public static INDArray differentiate(Energy energy, INDArray input, INDArray code, INDArray gradient) {
        return ImplicitDifferentiation.solve(energy, input, code, gradient);
    }

    /**
     * Requires a penalty through whose minimum gradients go.
     *
     * @throws IllegalArgumentException if it is none, with the way out
     */
    public static void requireDifferentiable(Penalty penalty) {
        ImplicitDifferentiation.requireSupport(penalty);
    }
}
