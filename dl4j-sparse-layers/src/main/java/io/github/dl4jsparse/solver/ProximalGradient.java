package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.Majorizable;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.Proximal;
import io.github.dl4jsparse.internal.backend.SerialNative;
import io.github.dl4jsparse.internal.math.Buffers;
import io.github.dl4jsparse.internal.math.Norms;
import io.github.dl4jsparse.solver.Solution.Certificate;
import java.util.Arrays;
import org.nd4j.linalg.api.blas.Level1;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The iteration of ISTA and FISTA, for blocks of a batch; for a smooth penalty with a quadratic majoriser, the
 * minimiser of that quadratic replaces the proximal operator.
 * <p>\[ z_{k+1} = \mathrm{prox}_{1/L}\bigl(y_k - \tfrac1L (H y_k - c)\bigr), \qquad
 * y_{k+1} = z_{k+1} + \beta_k (z_{k+1} - z_k) \]
 * where beta is 0 for ISTA and that of {@link Momentum} for FISTA. As {@code H y} is a linear combination of products
 * {@code H z}, one product per iteration gives the next gradient and, without cancellation, the energy.
 */
final class ProximalGradient {
    private static final String ITERATION = "ITERATION";
    /** The rounding error of a certificate in single precision, with a margin. */
    private static final double ROUNDING = 1e-6;
    /** Iterations between two certificates, which cost more than an iteration of a small problem. */
    private static final int CERTIFY_EVERY = 10;
    /** Examples of a block. */
    private static final int EXAMPLES = 64;
    /** Growth of L in backtracking, after koraykv/unsup. */
    private static final double GROWTH = 1.5;

    private static final double FIRST_STEP = 0.1;

    /** The shrinkage of the result of a gradient step. */
    private interface Shrink {
        /**
         * @param drive     {@code y - (H y - c) / L}, shrunk in place
         * @param point     y. Not modified.
         * @param lipschitz L
         */
        void apply(INDArray drive, INDArray point, double lipschitz);
    }

    private final Options options;
    private final Quadratic quadratic;
    private final Penalty penalty;
    private final Shrink shrink;
    private final Certifier certifier;
    private final Level1 blas = Nd4j.getBlasWrapper().level1();
    private double lipschitz;

    /**
     * The options by which proximal gradient methods differ.
     *
     * @param accelerated  whether the next point is extrapolated
     * @param backtracking whether the step size is searched instead of computed
     * @param restart      whether momentum is reset where a step goes against it
     */
    record Options(Solver solver, boolean accelerated, boolean backtracking, boolean restart) {}

    private ProximalGradient(Options options, Energy energy, INDArray input, SharedGram shared) {
        this.options = options;
        penalty = energy.penalty();
        shrink = shrink(penalty);
        quadratic = Quadratic.of(energy, input, shared).requireFinite();
        certifier = new Certifier(quadratic, penalty);
    }

    /** Whether a penalty has a proximal operator or a majoriser. */
    static boolean supports(Penalty penalty) {
        return penalty instanceof Proximal || penalty instanceof Majorizable;
    }

    /** The text of {@code supported()} of a proximal gradient method. */
    static String supported(Solver solver) {
        return "one with a proximal operator or a majoriser for "
                + solver.getClass().getSimpleName();
    }

    private static Shrink shrink(Penalty penalty) {
        if (penalty instanceof Proximal proximal) {
            return (drive, point, lipschitz) -> proximal.prox(drive, 1 / lipschitz);
        }
        // the minimum of L/2 |z - v|^2 + 1/2 sum q z^2, a majoriser of the energy at the point
        Majorizable smooth = (Majorizable) penalty;
        return (drive, point, lipschitz) ->
                drive.muli(lipschitz).divi(smooth.curvature(point).addi(lipschitz));
    }

    /**
     * Solves a problem in its own precision, and continues in double precision where rounding keeps the certificate
     * above the tolerance.
     *
     * @param start null for zeros
     */
    static Solution solve(Options options, Energy energy, INDArray input, INDArray start) {
        options.solver().requireSupport(energy.penalty());
        return SerialNative.get(() -> solveBlocks(options, energy, input, start))
                .reported(options.solver());
    }

    private static Solution solveBlocks(Options options, Energy energy, INDArray input, INDArray start) {
        SharedGram shared = new SharedGram(energy, input.dataType(), input.shape());
        Energy wide = DoublePrecision.isFiner(energy, input) ? DoublePrecision.ofDecoder(energy) : null;
        SharedGram fine = wide == null ? null : new SharedGram(wide, DataType.DOUBLE, input.shape());
        shared.gram();
        return new ExampleBlocks(energy, input, EXAMPLES).solve(start, (own, inputs, starts) -> {
            Solution solution = new ProximalGradient(options, own, inputs, shared)
                    .run(starts, options.solver().maxIterations(), wide != null);
            return wide == null ? solution : finished(options, wideOf(own, wide), inputs, fine, solution);
        });
    }

    private static Energy wideOf(Energy own, Energy wide) {
        return new Energy(wide.decoder(), own.penalty(), own.predictionWeight(), own.prediction());
    }

    /** Continues a solution in double precision if it has not converged. */
    private static Solution finished(
            Options options, Energy energy, INDArray input, SharedGram shared, Solution solution) {
        int left = options.solver().maxIterations() - solution.iterations();
        if (solution.converged() || left == 0) {
            return solution;
        }
        DoublePrecision wide = DoublePrecision.of(energy, input, solution.code());
        Solution rest =
                new ProximalGradient(options, wide.energy(), wide.input(), shared).run(wide.start(), left, false);
        return wide.narrowed(solution.then(rest));
    }

    /** @param untilRounding whether to stop when rounding exceeds the tolerance */
    private Solution run(INDArray start, int maxIterations, boolean untilRounding) {
        double tolerance = options.solver().tolerance();
        INDArray code = quadratic.start(start);
        INDArray product = quadratic.newCode();
        quadratic.product(code, product);
        INDArray point = code.dup('c');
        INDArray pointProduct = product.dup('c');
        INDArray next = quadratic.newCode();
        INDArray nextProduct = quadratic.newCode();
        lipschitz = options.backtracking() ? FIRST_STEP : quadratic.lipschitz();
        double[] energies = new double[maxIterations + 1];
        energies[0] = energy(code, product);
        double worst = worst(code);
        double magnitude = quadratic.linear().amaxNumber().doubleValue() / lipschitz;
        Momentum momentum = new Momentum(code.size(0), options.restart(), magnitude);
        int done = 0;
        boolean isRounded = untilRounding && isRounded(energies[0]);
        while (!(worst <= tolerance) && done < maxIterations && !isRounded) {
            done++;
            energies[done] = step(point, pointProduct, next, nextProduct);
            moveOn(momentum, point, pointProduct, next, nextProduct, code, product);
            INDArray freed = code;
            code = next;
            next = freed;
            freed = product;
            product = nextProduct;
            nextProduct = freed;
            if (done % CERTIFY_EVERY == 0 || done == maxIterations) {
                worst = worst(code);
                isRounded = untilRounding && isRounded(energies[done]);
            }
        }
        boolean converged = worst <= tolerance;
        return new Solution(
                quadratic.natural(code), Arrays.copyOf(energies, done + 1), certifier.kind(), worst, done, converged);
    }

    /**
     * Whether rounding of inputs in single precision is more than the tolerance: a gap is relative to the energy, which
     * is small for inputs that are reconstructed well; a distance is relative to the correlations with the input.
     */
    private boolean isRounded(double energy) {
        double size = certifier.kind() == Certificate.DUALITY_GAP ? energy : quadratic.constant();
        return options.solver().tolerance() * size < ROUNDING * quadratic.constant();
    }

    private double energy(INDArray code, INDArray product) {
        return quadratic.value(code, product) + penalty.value(quadratic.wide(code));
    }

    /** The certificate, in a buffer that every iteration reuses. */
    private double worst(INDArray code) {
        return Buffers.get(ITERATION, () -> certifier.worst(code));
    }

    /** One proximal gradient step and the energy after it, in a buffer that every iteration reuses. */
    private double step(INDArray point, INDArray pointProduct, INDArray next, INDArray nextProduct) {
        return Buffers.get(ITERATION, () -> {
            descend(point, pointProduct, next, nextProduct);
            return energy(next, nextProduct);
        });
    }

    /** One proximal gradient step from a point; with backtracking, L grows until the step's model bounds the energy. */
    private void descend(INDArray point, INDArray pointProduct, INDArray next, INDArray nextProduct) {
        while (true) {
            next.assign(point);
            blas.axpy(next.length(), 1 / lipschitz, quadratic.linear(), next);
            blas.axpy(next.length(), -1 / lipschitz, pointProduct, next);
            shrink.apply(next, point, lipschitz);
            quadratic.product(next, nextProduct);
            if (!options.backtracking() || isBounded(point, pointProduct, next, nextProduct)) {
                return;
            }
            lipschitz *= GROWTH;
        }
    }

    /** Whether {@code <d, H d> <= L <d, d>} for the step d. */
    private boolean isBounded(INDArray point, INDArray pointProduct, INDArray next, INDArray nextProduct) {
        INDArray difference = next.sub(point);
        INDArray image = nextProduct.sub(pointProduct);
        double size = Norms.of(difference);
        // rounding of a vanishing step must not increase L without bound
        return size == 0 || Quadratic.dot(difference.divi(size), image.divi(size)) <= lipschitz * (1 + 1e-6);
    }

    /** The points of the next gradient step: the codes, or with momentum their extrapolation. */
    private void moveOn(
            Momentum momentum,
            INDArray point,
            INDArray pointProduct,
            INDArray next,
            INDArray nextProduct,
            INDArray code,
            INDArray product) {
        if (!options.accelerated()) {
            point.assign(next);
            pointProduct.assign(nextProduct);
            return;
        }
        Buffers.run(ITERATION, () -> momentum.extrapolate(point, pointProduct, next, nextProduct, code, product));
    }
}
