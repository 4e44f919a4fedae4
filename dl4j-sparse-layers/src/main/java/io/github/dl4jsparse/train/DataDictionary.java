package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.check.Shapes;
import io.github.dl4jsparse.internal.dl4j.LayerWrappers;
import io.github.dl4jsparse.internal.math.Finite;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a dictionary from samples of the data plus noise.
 * <p>\[ D_i \propto u_i + f \, x_{s(i)}, \qquad \lVert D_i \rVert_2 = 1, \qquad u_{ij} \sim U(-1, 1) / \sqrt{n} \]
 * where s(i) is a random sample that is not blank, f the fraction and n the number of units. The encoder, the recurrent matrix and the
 * thresholds are then those of ISTA with this dictionary.
 * <p>Shapes: samples {@code [any, nIn]}, D {@code [nIn, nCode]}.
 * <p>Reference: Rolfe and LeCun, Discriminative recurrent sparse auto-encoders, ICLR 2013.
 */
public final class DataDictionary {
    private static final Logger log = LoggerFactory.getLogger(DataDictionary.class);

    private DataDictionary() {}

    /**
     * Draws a dictionary and starts a layer from it.
     *
     * @param layer    an {@link UnsupervisedLayer} of a network. Its parameters are modified in place.
     * @param samples  {@code [any, nIn]}. Not modified.
     * @param fraction f, finite and &gt;= 0
     * @param seed     of the noise and of the choice of samples
     * @throws IllegalArgumentException if the layer has no dictionary or is frozen, or the samples do not fit it, hold NaN or
     *                                  infinite values, or are all blank
     */
    public static void start(Layer layer, INDArray samples, double fraction, long seed) {
        UnsupervisedLayer sparse = LayerWrappers.trainedDictionary(layer);
        sparse.startFrom(draw(samples, sparse.codeSize(), fraction, seed));
    }

    /**
     * Draws a dictionary.
     *
     * @return {@code [nIn, nCode]}, columns of norm 1
     */
    static INDArray draw(INDArray samples, long nCode, double fraction, long seed) {
        Args.nonNegative("fraction", fraction);
        long nIn = Shapes.matrix("samples", samples, samples.size(-1)).size(1);
        Random random = new Random(seed);
        double scale = 1 / Math.sqrt(nCode);
        // without repetition as long as there are enough samples
        List<Integer> order = usable(samples, fraction);
        Collections.shuffle(order, random);
        double[][] atoms = new double[(int) nCode][(int) nIn];
        for (int i = 0; i < nCode; i++) {
            double[] sample = samples.getRow(order.get(i % order.size())).toDoubleVector();
            for (int j = 0; j < nIn; j++) {
                atoms[i][j] = scale * (2 * random.nextDouble() - 1) + fraction * sample[j];
            }
            normalize(atoms[i]);
        }
        return Nd4j.create(atoms).transpose().dup('c').castTo(samples.dataType());
    }

    /** The samples that have a direction; all where the fraction is 0. */
    private static List<Integer> usable(INDArray samples, double fraction) {
        if (samples.isEmpty()) {
            throw Args.failure("samples", "at least one", Arrays.toString(samples.shape()));
        }
        if (!Finite.all(samples)) {
            throw Args.failure(
                    "samples",
                    "finite",
                    Finite.countBad(samples) + " NaN or infinite values: clean the data, or leave such samples out");
        }
        double[] largest = samples.amax(1).toDoubleVector();
        List<Integer> usable = new ArrayList<>();
        for (int i = 0; i < largest.length; i++) {
            if (largest[i] > 0 || fraction == 0) {
                usable.add(i);
            }
        }
        if (usable.isEmpty()) {
            throw Args.failure("samples", "at least one that is not blank", "all " + largest.length + " blank");
        }
        if (usable.size() < largest.length) {
            log.info(
                    "{} of {} samples are blank: no atom starts from them",
                    largest.length - usable.size(),
                    largest.length);
        }
        return usable;
    }

    /** Divides by the largest magnitude first, so that squares neither over- nor underflow. */
    private static void normalize(double[] atom) {
        double largest = Arrays.stream(atom).map(Math::abs).max().orElse(0);
        double norm = largest
                * Math.sqrt(Arrays.stream(atom)
                        .map(x -> x / largest * (x / largest))
                        .sum());
        Arrays.setAll(atom, j -> atom[j] / norm);
    }
}
