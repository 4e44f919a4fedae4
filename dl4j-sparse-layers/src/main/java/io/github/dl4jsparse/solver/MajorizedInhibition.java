package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.internal.backend.SerialNative;
import io.github.dl4jsparse.internal.math.Rectification;
import java.util.Arrays;
import org.nd4j.linalg.api.blas.Level1;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.same.Sign;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The iteration of {@link MajorizedIsta}. One product with H and one with S give the energy, the certificate and the
 * next step.
 */
final class MajorizedInhibition {
    /** Iterations between two certificates. */
    private static final int CERTIFY_EVERY = 10;

    /** Examples of a block. */
    private static final int EXAMPLES = 64;

    private final MajorizedIsta solver;
    private final LateralInhibitionPenalty penalty;
    private final Quadratic quadratic;
    private final Certifier certifier;
    private final double lipschitz;
    private final double rho;
    private final Level1 blas = Nd4j.getBlasWrapper().level1();
    /** {@code L v}. */
    private final INDArray drive;

    private INDArray code;
    private final INDArray product;
    private final INDArray magnitudes;
    private final INDArray thresholds;
    private final INDArray lambda;

    private MajorizedInhibition(MajorizedIsta solver, Energy energy, INDArray input, SharedGram shared) {
        this.solver = solver;
        penalty = InhibitionProblem.requireSupport(energy.penalty(), solver);
        quadratic = Quadratic.of(energy, input, shared).requireFinite();
        certifier = new Certifier(quadratic, penalty);
        lipschitz = quadratic.lipschitz();
        rho = 2 * penalty.weight() * penalty.inhibition().spectralBound();
        drive = quadratic.newCode();
        product = quadratic.newCode();
        magnitudes = quadratic.newCode();
        thresholds = quadratic.newCode();
        // the thresholds of a code of zeros are those of the L1 term
        lambda = quadratic.newCode();
        penalty.thresholds(magnitudes.assign(0), lambda);
    }

    /**
     * Solves a batch in blocks of examples.
     *
     * @param start null for the solver's own
     */
    static Solution solve(MajorizedIsta solver, Energy energy, INDArray input, INDArray start) {
        InhibitionProblem.requireSupport(energy.penalty(), solver);
        return SerialNative.get(() -> solveBlocks(solver, energy, input, start)).reported(solver);
    }

    private static Solution solveBlocks(MajorizedIsta solver, Energy energy, INDArray input, INDArray start) {
        // computed once, before blocks use it in parallel
        ((LateralInhibitionPenalty) energy.penalty()).inhibition().spectralBound();
        SharedGram shared = new SharedGram(energy, input.dataType(), input.shape());
        shared.gram();
        return new ExampleBlocks(energy, input, EXAMPLES)
                .solve(start, (own, inputs, starts) -> new MajorizedInhibition(solver, own, inputs, shared)
                        .solve(starts));
    }

    private Solution solve(INDArray start) {
        code = InhibitionProblem.start(quadratic, penalty, start);
        refresh();
        double[] energies = new double[solver.maxIterations() + 1];
        energies[0] = energy();
        double worst = certifier.worst(code);
        int done = 0;
        while (!(worst <= solver.tolerance()) && done < solver.maxIterations()) {
            step();
            refresh();
            done++;
            energies[done] = energy();
            if (done % CERTIFY_EVERY == 0 || done == solver.maxIterations()) {
                worst = certifier.worst(code);
            }
        }
        return new Solution(
                quadratic.natural(code),
                Arrays.copyOf(energies, done + 1),
                certifier.kind(),
                worst,
                done,
                worst <= solver.tolerance());
    }

    /** Recomputes all values that depend on the code. */
    private void refresh() {
        quadratic.product(code, product);
        Nd4j.getExecutioner().exec(new Abs(code, magnitudes));
        penalty.thresholds(magnitudes, thresholds);
    }

    private double energy() {
        // 1/2 <m, 2 alpha S m> + <lambda, m>
        double inhibited = (Quadratic.dot(magnitudes, thresholds) + Quadratic.dot(magnitudes, lambda)) / 2;
        return quadratic.value(code, product) + inhibited;
    }

    private void step() {
        drive.assign(quadratic.linear());
        blas.axpy(drive.length(), lipschitz, code, drive);
        blas.axpy(drive.length(), -1, product, drive);
        boolean nonNegative = penalty.l1().nonNegative();
        // from here on the array holds the next magnitudes
        magnitudes.muli(rho);
        blas.axpy(drive.length(), -1, thresholds, magnitudes);
        if (nonNegative) {
            magnitudes.addi(drive);
        } else {
            Nd4j.getExecutioner().exec(new Abs(drive, thresholds));
            blas.axpy(drive.length(), 1, thresholds, magnitudes);
        }
        Rectification.inPlace(magnitudes).muli(1 / (lipschitz + rho));
        if (nonNegative) {
            code.assign(magnitudes);
            return;
        }
        if (thresholds.minNumber().doubleValue() == 0) {
            // the drive is zero: the sign is that of the code
            drive.addi(code.mul(thresholds.eq(0).castTo(code.dataType())));
        }
        Nd4j.getExecutioner().exec(new Sign(drive, code));
        code.muli(magnitudes);
    }
}
