package io.github.dl4jsparse.examples.dictionary;

import io.github.dl4jsparse.examples.dictionary.EncoderTraining.Trained;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.solver.Fista;
import java.util.Arrays;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What is measured of an encoder on held-out patches; its names are keys of {@code result.json}.
 *
 * @param steps             K
 * @param coupling          the best by validation
 * @param learningRate      the best by validation
 * @param validationEnergy  mean of a patch, of the patches for choices
 * @param energy            mean of a held-out patch
 * @param excessPercent     above the solver's
 * @param istaEnergy        after K steps of ISTA: of the encoder before training
 * @param fistaEnergy       after K steps of FISTA
 * @param zeroGroupsPercent of all groups of all patches, exactly zero
 * @param partlyZeroGroups  active groups with a unit that is exactly zero; null where groups overlap
 * @param orphans           active units whose parent is not; null without tree
 * @param microseconds      a patch, in one batch: the median of five passes
 */
record EncoderMeasurement(
        int steps,
        String coupling,
        double learningRate,
        double validationEnergy,
        double energy,
        double excessPercent,
        double istaEnergy,
        double fistaEnergy,
        double zeroGroupsPercent,
        Integer partlyZeroGroups,
        Integer orphans,
        double microseconds) {
    private static final int PASSES = 5;

    static EncoderMeasurement of(EncoderTraining training, int steps, Trained best) {
        DictionaryCodes solved = training.codes();
        double lambda = training.lambda();
        INDArray x = solved.patches();
        INDArray z = best.net().output(x);
        MultiLayerNetwork ista = training.start(best.kind(), steps, best.learningRate());
        INDArray fista = Fista.steps(steps).solve(solved.energy(lambda), x).code();
        double energy = solved.meanEnergyOf(lambda, x, z);
        return new EncoderMeasurement(
                steps,
                best.kind().toString(),
                best.learningRate(),
                best.validation(),
                energy,
                100 * (energy / solved.meanEnergyOf(lambda, x, solved.codes()) - 1),
                solved.meanEnergyOf(lambda, x, ista.output(x)),
                solved.meanEnergyOf(lambda, x, fista),
                zeroGroupsPercent(solved.structure().groups(), z),
                partlyZeroGroups(solved.structure().groups(), z),
                solved.structure().orphans(z).orElse(null),
                microseconds(x.size(0), () -> best.net().output(x)));
    }

    /** Units that break the structure's rule: partly active groups, or children without their parent; null without one. */
    Integer violations() {
        return orphans == null ? partlyZeroGroups : orphans;
    }

    /** The median time of five passes, after one that is not counted. */
    static double microseconds(long patches, Runnable pass) {
        pass.run();
        double[] times = new double[PASSES];
        for (int i = 0; i < PASSES; i++) {
            long start = System.nanoTime();
            pass.run();
            times[i] = (System.nanoTime() - start) / 1e3 / patches;
        }
        Arrays.sort(times);
        return times[PASSES / 2];
    }

    /** The share of groups of {@code [batch, units]} codes that are exactly zero. */
    static double zeroGroupsPercent(Groups groups, INDArray z) {
        INDArray active = activeUnits(groups, z);
        return 100 * active.eq(0).castTo(z.dataType()).meanNumber().doubleValue();
    }

    /** The number of groups with active units and others that are exactly zero; null where groups overlap. */
    static Integer partlyZeroGroups(Groups groups, INDArray z) {
        if (!groups.isDisjoint()) {
            return null;
        }
        INDArray active = activeUnits(groups, z);
        INDArray all = groups.pool(z.mul(0).add(1));
        INDArray partly = active.gt(0).castTo(z.dataType()).mul(active.lt(all).castTo(z.dataType()));
        return partly.sumNumber().intValue();
    }

    private static INDArray activeUnits(Groups groups, INDArray z) {
        return groups.pool(z.neq(0).castTo(z.dataType()));
    }
}
