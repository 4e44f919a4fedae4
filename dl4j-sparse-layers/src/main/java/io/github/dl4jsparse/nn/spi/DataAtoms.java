package io.github.dl4jsparse.nn.spi;

import io.github.dl4jsparse.operator.LinearOperator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A dictionary from examples: the receptive fields of the layer's units in random examples, which are whole inputs, or
 * patches of images at random positions.
 * <p>\[ D_i \propto P_{p(i)} x_{s(i)} - c, \qquad \lVert D_i \rVert_2 = 1 \]
 * where s(i) is a random example, a different one for each unit as long as there are enough, P the receptive field of
 * unit i at the random position p(i), and c the mean of a patch of an image, 0 for vectors. In images, the unit takes
 * the patch of highest contrast of four; a unit with constant patches only keeps its atom.
 * <p>Shapes: examples as the layer takes them, in the layer's order; the dictionary {@code [atom, units]}.
 */
final class DataAtoms {
    private static final int CANDIDATES = 4;

    private final LinearOperator decoder;
    private final INDArray examples;
    private final int units;
    private final Random random;
    private List<Integer> order = new ArrayList<>();

    /**
     * @param decoder  of the layer, for inputs of the shape of the examples
     * @param examples not modified
     */
    DataAtoms(LinearOperator decoder, INDArray examples, int units, long seed) {
        this.decoder = decoder;
        this.examples = examples;
        this.units = units;
        this.random = new Random(seed);
    }

    /**
     * Draws the dictionary.
     *
     * @param like    the decoder's weights, {@code [atom, units]}, or {@code [units, atom]} where they are the encoder's. Not modified.
     * @param columns whether an atom is a column of the weights
     * @return {@code [atom, units]}, a new array
     */
    INDArray draw(INDArray like, boolean columns) {
        boolean images = examples.rank() == 4;
        INDArray best = (columns ? like : like.transpose()).dup('c');
        double[] longest = new double[units];
        for (int round = 0; round < (images ? CANDIDATES : 1); round++) {
            INDArray seen = seen(like);
            INDArray atoms = (columns ? seen : seen.transpose()).dup('c');
            if (images) {
                atoms.subiRowVector(atoms.mean(true, 0));
            }
            double[] lengths = atoms.norm2(0).toDoubleVector();
            double largest = atoms.amaxNumber().doubleValue();
            for (int unit = 0; unit < units; unit++) {
                // a constant patch without its mean consists of rounding errors
                if (lengths[unit] > longest[unit] && lengths[unit] > 1e-5 * largest) {
                    longest[unit] = lengths[unit];
                    column(best, unit).assign(column(atoms, unit).div(lengths[unit]));
                }
            }
        }
        return best;
    }

    private static INDArray column(INDArray matrix, int index) {
        return matrix.get(NDArrayIndex.all(), NDArrayIndex.point(index));
    }

    /**
     * The receptive field of each unit in an example of its own at one position: the weight gradient of codes with a
     * single 1.
     */
    private INDArray seen(INDArray like) {
        INDArray code = Nd4j.zeros(examples.dataType(), decoder.inputShape(examples.shape()));
        INDArray rows = code.reshape('c', code.length() / units, units);
        int places = (int) (rows.size(0) / examples.size(0));
        for (int unit = 0; unit < units; unit++) {
            rows.putScalar((long) nextExample() * places + random.nextInt(places), unit, 1);
        }
        INDArray result = Nd4j.zeros(like.dataType(), like.shape());
        decoder.weightGradient(code, examples, result, 0);
        return result;
    }

    private int nextExample() {
        if (order.isEmpty()) {
            order = new ArrayList<>(
                    IntStream.range(0, (int) examples.size(0)).boxed().toList());
            Collections.shuffle(order, random);
        }
        return order.remove(order.size() - 1);
    }
}
