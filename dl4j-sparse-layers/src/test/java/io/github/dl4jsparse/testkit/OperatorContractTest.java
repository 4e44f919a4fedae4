package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.opentest4j.AssertionFailedError;

/** Shows that the contract fails an operator that is slightly wrong: one product 1 % off, or one argument modified. */
class OperatorContractTest {
    private static OperatorContract contract(UnaryOperator<LinearOperator> mutation) {
        return new OperatorContract() {
            @Override
            protected long[] weightShape() {
                return new long[] {3, 4};
            }

            @Override
            protected LinearOperator operator(INDArray weights) {
                return mutation.apply(new DenseOperator(weights));
            }

            @Override
            protected long[] inputShape(int batch) {
                return new long[] {batch, 4};
            }

            @Override
            protected long[] outputShape(int batch) {
                return new long[] {batch, 3};
            }
        };
    }

    /** Passes on to a right operator; each mutation changes one product. */
    private static class Mutation implements LinearOperator {
        private final LinearOperator right;

        Mutation(LinearOperator right) {
            this.right = right;
        }

        @Override
        public void apply(INDArray input, INDArray result, double beta) {
            right.apply(input, result, beta);
        }

        @Override
        public void adjoint(INDArray output, INDArray result, double beta) {
            right.adjoint(output, result, beta);
        }

        @Override
        public void weightGradient(INDArray input, INDArray delta, INDArray gradient, double beta) {
            right.weightGradient(input, delta, gradient, beta);
        }

        @Override
        public long[] inputShape(long... outputShape) {
            return right.inputShape(outputShape);
        }

        @Override
        public long[] outputShape(long... inputShape) {
            return right.outputShape(inputShape);
        }
    }

    private static final class WrongAdjoint extends Mutation {
        WrongAdjoint(LinearOperator right) {
            super(right);
        }

        @Override
        public void adjoint(INDArray output, INDArray result, double beta) {
            super.adjoint(output.mul(1.01), result, beta);
        }
    }

    private static final class WrongWeightGradient extends Mutation {
        WrongWeightGradient(LinearOperator right) {
            super(right);
        }

        @Override
        public void weightGradient(INDArray input, INDArray delta, INDArray gradient, double beta) {
            super.weightGradient(input, delta.mul(1.01), gradient, beta);
        }
    }

    private static final class IgnoredBeta extends Mutation {
        IgnoredBeta(LinearOperator right) {
            super(right);
        }

        @Override
        public void apply(INDArray input, INDArray result, double beta) {
            super.apply(input, result, 0);
        }
    }

    private static final class TouchedInput extends Mutation {
        TouchedInput(LinearOperator right) {
            super(right);
        }

        @Override
        public void apply(INDArray input, INDArray result, double beta) {
            super.apply(input, result, beta);
            input.muli(2);
        }
    }

    private static final class Affine extends Mutation {
        Affine(LinearOperator right) {
            super(right);
        }

        @Override
        public void apply(INDArray input, INDArray result, double beta) {
            super.apply(input, result, beta);
            result.addi(0.01);
        }
    }

    @Test
    void wrongAdjointFails() {
        assertThrows(AssertionFailedError.class, contract(WrongAdjoint::new)::adjointIdentity);
    }

    @Test
    void wrongWeightGradientFails() {
        OperatorContract contract = contract(WrongWeightGradient::new);
        assertThrows(AssertionFailedError.class, contract::weightGradientAgreesWithFiniteDifferences);
        assertThrows(AssertionFailedError.class, contract::weightGradientIsTheAdjointInTheWeights);
    }

    @Test
    void ignoredBetaFails() {
        assertThrows(AssertionFailedError.class, contract(IgnoredBeta::new)::betaOneAdds);
    }

    @Test
    void touchedInputFails() {
        assertThrows(AssertionFailedError.class, contract(TouchedInput::new)::argumentsAreNotModified);
    }

    @Test
    void affineMapFails() {
        assertThrows(AssertionFailedError.class, contract(Affine::new)::applyIsLinear);
    }
}
