package io.github.dl4jsparse.examples.inhibition;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.examples.patch.HeldOutCodes;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.solver.Solution;
import io.github.dl4jsparse.solver.Solvers;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The codes of held-out patches under a learned dictionary.
 *
 * @param dictionary D, {@code [pixels, units]}
 * @param inhibition S, as it was given or is learned
 * @param tree       of the units; null without
 * @param patches    x, {@code [patches, pixels]}
 * @param residual   {@code x - D z}
 * @param solution   the codes z and how exact they are
 */
record InhibitionCodes(
        INDArray dictionary,
        InhibitionMatrix inhibition,
        Tree tree,
        INDArray patches,
        INDArray residual,
        Solution solution)
        implements HeldOutCodes {
    /**
     * @param fixed the inhibition, where it is not learned
     * @param tree  of the units; null without
     */
    static InhibitionCodes of(
            MultiLayerNetwork net, InhibitionSettings s, InhibitionMatrix fixed, Tree tree, INDArray patches) {
        return of(net.getLayer(0).getParam(SparseCodingLayer.DICTIONARY), inhibition(net, fixed), tree, s, patches);
    }

    private static InhibitionCodes of(
            INDArray dictionary, InhibitionMatrix inhibition, Tree tree, InhibitionSettings s, INDArray patches) {
        Energy energy = new Energy(new DenseOperator(dictionary), s.penalty(inhibition));
        Solution solution = Solvers.bestFor(energy, 1000, 1e-4).solve(energy, patches);
        return new InhibitionCodes(
                dictionary, inhibition, tree, patches, energy.residual(patches, solution.code()), solution);
    }

    /** The inhibition as a network has learned it so far, or the fixed one. */
    static InhibitionMatrix inhibition(MultiLayerNetwork net, InhibitionMatrix fixed) {
        INDArray learned = net.getLayer(0).paramTable().get(SparseCodingLayer.INHIBITION);
        return learned == null ? fixed : LearnedInhibition.matrix(learned);
    }

    /** Codes of the same patches under the same dictionary with another inhibition. */
    InhibitionCodes with(InhibitionMatrix other, InhibitionSettings s) {
        return of(dictionary, other, tree, s, patches);
    }
}
