package io.github.dl4jsparse.nn.spi;

import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.nn.LossTerms;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The terms of the loss of a batch before they are summed, over the batch or example by example.
 * <p>\[ E_b = \tfrac12 \lVert r_b \rVert_2^2 + \sum_p \mathrm{penalty}(z_{b,p}) + \ldots \]
 * where b is an example, r its residual, z its code, p one of its rows of penalised units; a layer may add further
 * terms.
 */
public final class LossParts {
    private final long examples;
    private final List<LossPart> parts;

    /**
     * @param examples the size of the batch, at least 1
     * @param parts    in the order in which they are summed
     */
    LossParts(long examples, List<LossPart> parts) {
        this.examples = Args.atLeast("examples", Math.toIntExact(examples), 1);
        this.parts = List.copyOf(Args.given("parts", parts));
    }

    /**
     * The parts of an auto-encoder's energy.
     *
     * @param residual  r, the batch first; with weights of pixels, times the roots of these weights
     * @param penalty   on the code
     * @param penalised z as the penalty takes it
     */
    public static LossParts of(INDArray residual, Penalty penalty, INDArray penalised) {
        LossPart reconstruction = LossPart.halfSquares(LossTerms.RECONSTRUCTION, 1, residual);
        return new LossParts(residual.size(0), List.of(reconstruction, LossPart.penalty(penalty, penalised)));
    }

    /**
     * These parts and one more at the end: the term {@code weight/2 |a|^2}.
     *
     * @param name   of the term among the others
     * @param weight finite and &gt;= 0
     * @param array  a, the batch first. Kept by reference, not modified.
     */
    public LossParts withHalfSquares(String name, double weight, INDArray array) {
        return with(LossPart.halfSquares(name, weight, array));
    }

    /** These parts and one more at the end. */
    LossParts with(LossPart part) {
        List<LossPart> more = new ArrayList<>(parts);
        more.add(Args.given("part", part));
        return new LossParts(examples, more);
    }

    /** The terms, each summed over the batch. */
    public LossTerms sums() {
        return new LossTerms(parts.stream()
                .map(part -> new LossTerms.Term(part.name(), part.sum()))
                .toList());
    }

    /**
     * The energy of each example.
     *
     * @return {@code [batch]}, DOUBLE, a new array
     */
    public INDArray energies() {
        double[] sums = new double[Math.toIntExact(examples)];
        parts.forEach(part -> part.addExamples(sums));
        return Nd4j.createFromArray(sums);
    }
}
