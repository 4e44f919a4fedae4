package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.Norms;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.internal.nn.AtomRevival;
import io.github.dl4jsparse.nn.spi.Prunable.Axis;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Reinitialises units of an unrolled encoder.
 * <p>\[ e_i = 0.2 \, \bar e \, u_i, \qquad b_i = 0, \qquad g_i = 1, \qquad d_i = u_i, \qquad
 * s_{i \cdot} = \delta_{i \cdot} - e_i^{\top} D, \qquad s_{ji} = 0 \]
 * where u is the direction, e a row of the encoder, with the mean norm of the rows of all other units in the same step, and S the
 * recurrent matrix: with row i the unit responds to the residual that the other units leave, as in ISTA; j runs over
 * the other units, which have no connection from the new unit. With a tied decoder the atom is the row of the encoder.
 * <p>Shapes: as in {@link ListaLayer}; directions {@code [units, nIn]}.
 */
final class EncoderRevival {
    private static final double SHARE_OF_NORM = 0.2;

    private EncoderRevival() {}

    static void revive(ListaLayer layer, Map<String, INDArray> params, int[] units, INDArray directions) {
        int nOut = Math.toIntExact(layer.getNOut());
        Args.subset("units", units, nOut);
        if (units.length == nOut) {
            throw Args.failure("units", "less than all " + nOut + " of the layer", units.length);
        }
        INDArray encoders = params.get(ListaLayer.ENCODER);
        AtomRevival.requireDirections(directions, units.length, layer.getNIn());
        INDArray decoder = params.get(ListaLayer.DECODER);
        if (decoder != null) {
            AtomRevival.write(decoder, units, directions, layer.getDecoderNorm());
        }
        for (int k = 0; encoders != null && k < encoders.size(0) / nOut; k++) {
            INDArray encoder = Rows.block(encoders, k, nOut);
            double norm = SHARE_OF_NORM * meanNorm(encoder, units);
            for (int i = 0; i < units.length; i++) {
                encoder.getRow(units[i]).assign(directions.getRow(i).mul(norm).castTo(encoder.dataType()));
            }
        }
        INDArray atoms = decoder != null ? decoder : encoders.transpose();
        INDArray recurrents = params.get(ListaLayer.RECURRENT);
        for (int k = 0; recurrents != null && k < recurrents.size(0) / nOut; k++) {
            // the encoder of the step that this matrix belongs to; only steps after the first have such a matrix
            int step = encoders.size(0) == nOut ? 0 : k + 1;
            recur(Rows.block(recurrents, k, nOut), Rows.block(encoders, step, nOut), atoms, units);
        }
        for (int unit : units) {
            if (layer.axes(ListaLayer.THRESHOLD).contains(Axis.UNITS)) {
                params.get(ListaLayer.THRESHOLD).getColumn(unit).assign(0);
            }
            if (params.containsKey(ListaLayer.GAIN)) {
                params.get(ListaLayer.GAIN).getColumn(unit).assign(1);
            }
        }
    }

    private static void recur(INDArray recurrent, INDArray encoder, INDArray atoms, int[] units) {
        INDArray rows = Nd4j.pullRows(encoder.dup('c'), 1, units).mmul(atoms).negi();
        for (int i = 0; i < units.length; i++) {
            rows.putScalar(i, units[i], rows.getDouble(i, units[i]) + 1);
        }
        for (int unit : units) {
            recurrent.getColumn(unit).assign(0);
        }
        for (int i = 0; i < units.length; i++) {
            recurrent.getRow(units[i]).assign(rows.getRow(i));
        }
    }

    /** The mean norm of the rows of all other units. */
    private static double meanNorm(INDArray encoder, int[] units) {
        double[] norms = Norms.rows(encoder);
        return IntStream.range(0, norms.length)
                .filter(unit -> Arrays.binarySearch(units, unit) < 0)
                .mapToDouble(unit -> norms[unit])
                .average()
                .orElseThrow();
    }
}
