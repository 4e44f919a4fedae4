package io.github.dl4jsparse.examples;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.solver.Solution;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The codes of held-out patches under a learned dictionary.
 *
 * @param dictionary D, {@code [pixels, units]}
 * @param patches    x, {@code [patches, pixels]}
 * @param residual   {@code x - D z}
 * @param solution   the codes z and how exact they are
 */
record DictionaryCodes(INDArray dictionary, INDArray patches, INDArray residual, Solution solution) {
    static DictionaryCodes of(MultiLayerNetwork net, DictionarySettings s, INDArray patches) {
        CodeStructure structure = s.structure();
        INDArray dictionary = net.getLayer(0).getParam(SparseCodingLayer.DICTIONARY);
        Energy energy = new Energy(new DenseOperator(dictionary), structure.exactPenalty(s.lambda()));
        Solution solution = structure.exactSolver().solve(energy, patches);
        return new DictionaryCodes(dictionary, patches, energy.residual(patches, solution.code()), solution);
    }

    INDArray codes() {
        return solution.code();
    }

    /** {@code D z}. */
    INDArray reconstructions() {
        return patches.sub(residual);
    }
}
