package io.github.dl4jsparse.examples.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.solver.Fista;
import io.github.dl4jsparse.solver.Solution;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CodeQualityTest {
    private record Codes(INDArray dictionary, INDArray patches, INDArray residual, Solution solution)
            implements HeldOutCodes {}

    private static Codes codes(double lambda) {
        Nd4j.getRandom().setSeed(3);
        INDArray dictionary = Nd4j.randn(9, 12);
        dictionary.diviRowVector(dictionary.norm2(0));
        // far from zero: the mean explains nothing
        INDArray patches = Nd4j.randn(40, 9).addi(3);
        Energy energy = new Energy(new DenseOperator(dictionary), new L1Penalty(lambda));
        Solution solution = new Fista(2000, 1e-5).solve(energy, patches);
        return new Codes(dictionary, patches, energy.residual(patches, solution.code()), solution);
    }

    @Test
    void varianceIsAboutTheMeanOfThePatches() {
        Codes codes = codes(0.3);
        INDArray centred = codes.patches().subRowVector(codes.patches().mean(0));
        double variance = centred.mul(centred).sumNumber().doubleValue();
        double lost = codes.residual().mul(codes.residual()).sumNumber().doubleValue();
        CodeQuality quality = CodeQuality.of(codes, 3);
        assertEquals(1 - lost / variance, quality.explainedVariance(), 1e-4);
        assertTrue(quality.energy() > 0);
        assertEquals("duality gap", quality.certificateKind());
        assertTrue(quality.converged());
    }

    @Test
    void codesOfZeroExplainNothing() {
        CodeQuality quality = CodeQuality.of(codes(1e6), 3);
        assertEquals(0, quality.meanActiveUnits());
        assertEquals(12, quality.deadUnits());
        assertTrue(quality.explainedVariance() <= 0);
    }
}
