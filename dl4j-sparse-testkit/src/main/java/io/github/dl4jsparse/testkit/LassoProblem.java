package io.github.dl4jsparse.testkit;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.operator.DenseOperator;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * A lasso problem with scikit-learn's answer; {@code src/test/oracles/lasso.py} made them.
 *
 * @param dictionary D, {@code [nIn, nCode]}
 */
record LassoProblem(
        double weight,
        boolean nonNegative,
        double[][] dictionary,
        double[][] inputs,
        double[][] codes,
        double[] energies) {

    static List<LassoProblem> all() {
        try (InputStream in = LassoProblem.class.getResourceAsStream("lasso.json")) {
            return List.of(new ObjectMapper().readValue(in, LassoProblem[].class));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    INDArray decoder() {
        return Nd4j.create(dictionary);
    }

    INDArray x(DataType type) {
        return Nd4j.create(inputs).castTo(type);
    }

    L1Penalty penalty() {
        L1Penalty penalty = new L1Penalty(weight);
        return nonNegative ? penalty.asNonNegative() : penalty;
    }

    Energy energy(DataType type) {
        return new Energy(new DenseOperator(decoder().castTo(type)), penalty());
    }
}
