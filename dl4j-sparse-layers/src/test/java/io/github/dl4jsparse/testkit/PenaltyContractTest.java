package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.Proximal;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.opentest4j.AssertionFailedError;

/** Shows that the contract fails a penalty that is slightly wrong. */
class PenaltyContractTest {
    private static final L1Penalty RIGHT = new L1Penalty(0.4);

    private static PenaltyContract contract(Penalty penalty) {
        return new PenaltyContract() {
            @Override
            protected Penalty penalty() {
                return penalty;
            }

            @Override
            protected Penalty otherPenalty() {
                return RIGHT;
            }
        };
    }

    /** An L1 penalty whose gradient and proximal operator are off by factors. */
    private record Mutation(double gradientFactor, double proxFactor) implements Proximal {
        private static final long serialVersionUID = 1;

        @Override
        public INDArray values(INDArray code) {
            return RIGHT.values(code);
        }

        @Override
        public INDArray subdifferentialDistance(INDArray code, INDArray point) {
            return RIGHT.subdifferentialDistance(code, point);
        }

        @Override
        public void addHessianProduct(INDArray code, INDArray direction, INDArray result) {
            RIGHT.addHessianProduct(code, direction, result);
        }

        @Override
        public void addGradient(INDArray code, double scale, INDArray gradient) {
            RIGHT.addGradient(code, scale * gradientFactor, gradient);
        }

        @Override
        public INDArray prox(INDArray code, double step) {
            return RIGHT.prox(code, step * proxFactor);
        }
    }

    @Test
    void rightPenaltyPasses() {
        assertDoesNotThrow(contract(new Mutation(1, 1))::gradientAgreesWithFiniteDifferences);
        assertDoesNotThrow(contract(new Mutation(1, 1))::proxBeatsRandomChanges);
    }

    @Test
    void gradientOnePercentOffFails() {
        assertThrows(AssertionFailedError.class, contract(new Mutation(1.01, 1))::gradientAgreesWithFiniteDifferences);
    }

    @Test
    void proxTenPercentOffFails() {
        assertThrows(AssertionFailedError.class, contract(new Mutation(1, 1.1))::proxBeatsRandomChanges);
        assertThrows(AssertionFailedError.class, contract(new Mutation(1, 0.9))::proxBeatsRandomChanges);
    }
}
