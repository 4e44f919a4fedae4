package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.Norms;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The angle between a unit's encoder row and decoder column, which separates part-units from categorical-units.
 * <p>\[ \theta_i = \arccos \frac{E_i \cdot D_i}{\lVert E_i \rVert \lVert D_i \rVert} \]
 * where E_i is the encoder's row and D_i the decoder's column of unit i. A part-unit, with theta below
 * {@value #PART_BELOW} rad, acts as a unit of ISTA does and has a stroke as its decoder column; a categorical-unit,
 * above {@value #CATEGORICAL_ABOVE} rad, has a prototype of a class as its decoder column and is driven by other units.
 * Where a row or column is zero there is no angle: it is NaN, and the unit is counted as neither.
 * <p>Shapes: {@code encoder: [nCode, nIn]}, {@code decoder: [nIn, nCode]}.
 * <p>Reference: Rolfe and LeCun, Discriminative recurrent sparse auto-encoders, ICLR 2013, section 4.
 */
public final class UnitAngles {
    /** A part-unit's angle is smaller, in rad. */
    public static final double PART_BELOW = 0.5;
    /** A categorical-unit's angle is larger, in rad. */
    public static final double CATEGORICAL_ABOVE = 0.7;

    private final double[] angles;

    private UnitAngles(double[] angles) {
        this.angles = angles;
    }

    /**
     * Measures the angle of every unit.
     *
     * @param encoder {@code [nCode, nIn]}. Not modified.
     * @param decoder {@code [nIn, nCode]}. Not modified.
     * @throws IllegalArgumentException unless each is a matrix and has the other's shape, transposed
     */
    public static UnitAngles of(INDArray encoder, INDArray decoder) {
        if (Args.given("encoder", encoder).rank() != 2
                || Args.given("decoder", decoder).rank() != 2
                || encoder.size(0) != decoder.size(1)
                || encoder.size(1) != decoder.size(0)) {
            throw Args.failure(
                    "decoder",
                    "of the encoder's shape " + Arrays.toString(encoder.shape()) + ", transposed",
                    Arrays.toString(decoder.shape()));
        }
        double[][] rows = encoder.castTo(DataType.DOUBLE).toDoubleMatrix();
        double[][] columns = decoder.castTo(DataType.DOUBLE).transpose().toDoubleMatrix();
        return new UnitAngles(IntStream.range(0, rows.length)
                .mapToDouble(i -> angle(rows[i], columns[i]))
                .toArray());
    }

    /** 2 atan2(|u - v|, |u + v|) of the unit vectors: precise at small angles, where arccos loses half the digits. */
    private static double angle(double[] a, double[] b) {
        double normA = norm(a);
        double normB = norm(b);
        double difference = 0;
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            double u = a[k] / normA;
            double v = b[k] / normB;
            difference += (u - v) * (u - v);
            sum += (u + v) * (u + v);
        }
        return 2 * Math.atan2(Math.sqrt(difference), Math.sqrt(sum));
    }

    private static double norm(double[] a) {
        return Norms.of(a, 0, a.length);
    }

    /** The angles in rad, from 0 to pi, NaN for none; a new array. */
    public double[] angles() {
        return angles.clone();
    }

    /** Number of units with an angle below {@value #PART_BELOW} rad. */
    public int partUnits() {
        return (int) Arrays.stream(angles).filter(a -> a < PART_BELOW).count();
    }

    /** Number of units with an angle above {@value #CATEGORICAL_ABOVE} rad. */
    public int categoricalUnits() {
        return (int) Arrays.stream(angles).filter(a -> a > CATEGORICAL_ABOVE).count();
    }

    /** Mean of the angles that are not NaN, in rad; NaN if there are none. */
    public double mean() {
        return Arrays.stream(angles).filter(a -> !Double.isNaN(a)).average().orElse(Double.NaN);
    }

    /** The units in order of ascending angle, part-units first and those without an angle last. */
    public int[] order() {
        // Double.compare puts NaN behind every number
        return IntStream.range(0, angles.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> angles[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
