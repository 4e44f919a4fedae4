package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.testkit.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * Problems with lateral inhibition: stored ones with answers, random ones, and an independent implementation of their
 * energy.
 */
final class InhibitionProblems {
    private InhibitionProblems() {}

    /**
     * A problem with the answers of {@code src/test/oracles/inhibition.py}.
     *
     * @param dictionary D, {@code [nIn, nCode]}
     * @param codes      where coordinate descent from 0.1 D'x ends
     * @param minima     for each input the energies of all points that no change of one unit improves
     */
    record Stored(
            double alpha,
            @JsonProperty("lambda") double l1,
            boolean nonNegative,
            double[][] inhibition,
            double[][] dictionary,
            double[][] inputs,
            double[][] codes,
            double[] energies,
            double[][] minima) {
        static List<Stored> all() {
            try (InputStream in = Stored.class.getResourceAsStream("/oracles/inhibition.json")) {
                return List.of(new ObjectMapper().readValue(in, Stored[].class));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        LateralInhibitionPenalty penalty() {
            L1Penalty l1Penalty = new L1Penalty(l1);
            return new LateralInhibitionPenalty(
                    alpha, InhibitionMatrix.of(inhibition), nonNegative ? l1Penalty.asNonNegative() : l1Penalty);
        }

        Energy energy() {
            return new Energy(new DenseOperator(Nd4j.create(dictionary)), penalty());
        }

        INDArray x() {
            return Nd4j.create(inputs);
        }
    }

    /** A problem, with one input or several. */
    record Drawn(INDArray dictionary, LateralInhibitionPenalty penalty, INDArray x) {
        Energy energy() {
            return new Energy(new DenseOperator(dictionary), penalty);
        }
    }

    /**
     * A random problem of every kind in turn.
     *
     * @param decades inhibition is from 0.01 to as many powers of ten above it
     */
    static Drawn draw(int seed, int batch, double decades) {
        Random random = new Random(seed);
        int inputs = 2 + random.nextInt(6);
        int units = 1 + random.nextInt(12);
        double strength = Math.pow(10, -2 + decades * random.nextDouble());
        InhibitionMatrix matrix =
                switch (seed % 4) {
                    case 0 -> InhibitionMatrix.uniform(units, strength);
                    case 1 -> InhibitionMatrix.ring(units, seed % 3, 3 + seed % 2, strength);
                    default -> InhibitionMatrix.of(symmetric(random, units, strength));
                };
        L1Penalty l1 = new L1Penalty(seed % 3 == 0 ? 0.2 * random.nextDouble() : 0);
        LateralInhibitionPenalty penalty = new LateralInhibitionPenalty(
                0.5 + random.nextDouble(),
                seed % 5 == 0 ? matrix.withDiagonal(random.nextDouble()) : matrix,
                seed % 7 == 0 ? l1.asNonNegative() : l1);
        INDArray dictionary = Samples.gaussian(seed + 1_000_000, inputs, units);
        return new Drawn(dictionary, penalty, Samples.gaussian(seed + 2_000_000, batch, inputs));
    }

    private static double[][] symmetric(Random random, int units, double strength) {
        double[][] s = new double[units][units];
        for (int i = 0; i < units; i++) {
            for (int j = 0; j < i; j++) {
                s[i][j] = random.nextInt(3) == 0 ? 0 : strength * random.nextDouble();
                s[j][i] = s[i][j];
            }
        }
        return s;
    }

    /** {@code 1/2 |x - D z|^2 + alpha |z|' S |z| + sum lambda |z|} by plain loops. */
    static double value(Energy energy, double[] x, double[][] dictionary, double[] z) {
        LateralInhibitionPenalty penalty = (LateralInhibitionPenalty) energy.penalty();
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            double rest = x[k];
            for (int i = 0; i < z.length; i++) {
                rest -= dictionary[k][i] * z[i];
            }
            sum += rest * rest / 2;
        }
        for (int i = 0; i < z.length; i++) {
            sum += penalty.l1().weight().of(i) * Math.abs(z[i]);
            for (int j = 0; j < z.length; j++) {
                sum += penalty.weight() * penalty.inhibition().get(i, j) * Math.abs(z[i] * z[j]);
            }
        }
        return sum;
    }
}
