package io.github.dl4jsparse.examples;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.nn.constraint.LearnedInhibition;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.solver.InhibitionCoordinateDescent;
import io.github.dl4jsparse.solver.Solution;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The codes of held-out patches under a learned dictionary.
 *
 * @param dictionary D, {@code [pixels, units]}
 * @param inhibition S, as it was given or is learned
 * @param patches    x, {@code [patches, pixels]}
 * @param residual   {@code x - D z}
 * @param solution   the codes z and how exact they are
 */
record InhibitionCodes(
        INDArray dictionary, InhibitionMatrix inhibition, INDArray patches, INDArray residual, Solution solution) {
    /**
     * @param fixed the inhibition, where it is not learned
     */
    static InhibitionCodes of(MultiLayerNetwork net, InhibitionSettings s, InhibitionMatrix fixed, INDArray patches) {
        INDArray dictionary = net.getLayer(0).getParam(SparseCodingLayer.DICTIONARY);
        InhibitionMatrix inhibition = s.structure() == InhibitionSettings.Structure.LEARNED
                ? LearnedInhibition.matrix(net.getLayer(0).getParam(SparseCodingLayer.INHIBITION))
                : fixed;
        Energy energy = new Energy(new DenseOperator(dictionary), s.penalty(inhibition));
        Solution solution = new InhibitionCoordinateDescent(1000, 1e-4).solve(energy, patches);
        return new InhibitionCodes(
                dictionary, inhibition, patches, energy.residual(patches, solution.code()), solution);
    }

    INDArray codes() {
        return solution.code();
    }
}
