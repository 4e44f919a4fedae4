package io.github.dl4jsparse.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Data of one precision and a dictionary of the other give the codes of the data's precision. */
class MixedPrecisionTest {
    @Test
    void solversTakeADictionaryOfAnotherPrecision() {
        INDArray dictionary = Samples.gaussian(DataType.DOUBLE, 1, 8, 4);
        INDArray input = Samples.gaussian(DataType.DOUBLE, 2, 3, 8);
        L1Penalty penalty = new L1Penalty(0.1);
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            DataType other = type == DataType.FLOAT ? DataType.DOUBLE : DataType.FLOAT;
            Energy mixed = new Energy(new DenseOperator(dictionary.castTo(other)), penalty);
            for (Solver solver :
                    new Solver[] {new Ista(3000, 1e-5), new Fista(3000, 1e-5), new CoordinateDescent(100, 1e-5)}) {
                INDArray expected = new CoordinateDescent(100, 1e-9)
                        .solve(new Energy(new DenseOperator(dictionary), penalty), input)
                        .code();
                INDArray code = solver.solve(mixed, input.castTo(type)).code();
                assertEquals(type, code.dataType());
                assertEquals(0, Samples.distance(expected, code.castTo(DataType.DOUBLE)), 1e-2, solver + " " + type);
            }
        }
    }
}
