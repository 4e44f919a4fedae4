package io.github.dl4jsparse.examples.dictionary;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.examples.patch.CodeStructure;
import io.github.dl4jsparse.examples.patch.HeldOutCodes;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.solver.Solution;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The codes of held-out patches under a learned dictionary.
 *
 * @param structure  how the units of the code belong together
 * @param dictionary D, {@code [pixels, units]}
 * @param patches    x, {@code [patches, pixels]}
 * @param residual   {@code x - D z}
 * @param solution   the codes z and how exact they are
 */
record DictionaryCodes(
        CodeStructure structure, INDArray dictionary, INDArray patches, INDArray residual, Solution solution)
        implements HeldOutCodes {
    static DictionaryCodes of(MultiLayerNetwork net, CodeStructure structure, double lambda, INDArray patches) {
        INDArray dictionary = net.getLayer(0).getParam(SparseCodingLayer.DICTIONARY);
        Energy energy = new Energy(new DenseOperator(dictionary), structure.exactPenalty(lambda));
        Solution solution = structure.exactSolver().solve(energy, patches);
        return new DictionaryCodes(structure, dictionary, patches, energy.residual(patches, solution.code()), solution);
    }

    /** The energy that the codes minimise. */
    Energy energy(double lambda) {
        return new Energy(new DenseOperator(dictionary), structure.exactPenalty(lambda));
    }

    /** The mean energy of a patch with other codes, or of other patches. */
    double meanEnergyOf(double lambda, INDArray x, INDArray z) {
        return energy(lambda).value(x, z) / x.size(0);
    }
}
