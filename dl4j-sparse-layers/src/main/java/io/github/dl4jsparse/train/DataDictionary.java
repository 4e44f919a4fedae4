package io.github.dl4jsparse.train;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.check.Shapes;
import io.github.dl4jsparse.nn.common.LayerWrappers;
import io.github.dl4jsparse.nn.common.UnsupervisedLayer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Starts a dictionary from samples of the data instead of from noise alone.
 * <p>\[ D_i \propto u_i + f \, x_{s(i)}, \qquad \lVert D_i \rVert_2 = 1, \qquad u_{ij} \sim U(-1, 1) / \sqrt{n} \]
 * where s(i) is a random sample, f the fraction and n the number of units. The encoder, the recurrent matrix and the
 * thresholds are then those of ISTA with this dictionary.
 * <p>Shapes: samples {@code [any, nIn]}, D {@code [nIn, nCode]}.
 * <p>Reference: Rolfe and LeCun, Discriminative recurrent sparse auto-encoders, ICLR 2013.
 */
public final class DataDictionary {
    private DataDictionary() {}

    /**
     * Draws a dictionary and starts a layer from it.
     *
     * @param layer    an {@link UnsupervisedLayer} of a network. Its parameters are modified in place.
     * @param samples  {@code [any, nIn]}. Not modified.
     * @param fraction f, finite and &gt;= 0
     * @param seed     of the noise and of the choice of samples
     * @throws IllegalArgumentException if the layer has no dictionary or is frozen, or the samples do not fit it
     */
    public static void seed(Layer layer, INDArray samples, double fraction, long seed) {
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
        // without repetition as far as the samples go
        List<Integer> order = new ArrayList<>(
                IntStream.range(0, (int) samples.size(0)).boxed().toList());
        Collections.shuffle(order, random);
        float[][] atoms = new float[(int) nCode][(int) nIn];
        for (int i = 0; i < nCode; i++) {
            float[] sample = samples.getRow(order.get(i % order.size())).toFloatVector();
            for (int j = 0; j < nIn; j++) {
                atoms[i][j] = (float) (scale * (2 * random.nextDouble() - 1) + fraction * sample[j]);
            }
        }
        INDArray dictionary = Nd4j.create(atoms).transpose().dup('c').castTo(samples.dataType());
        return dictionary.diviRowVector(dictionary.norm2(0));
    }
}
