package io.github.dl4jsparse.examples.map;

import io.github.dl4jsparse.diagnostics.ColumnSpacing;
import io.github.dl4jsparse.diagnostics.Gratings;
import io.github.dl4jsparse.diagnostics.MapGrid;
import io.github.dl4jsparse.diagnostics.OrientationDifference;
import io.github.dl4jsparse.diagnostics.OrientationField;
import io.github.dl4jsparse.diagnostics.OrientationMap;
import io.github.dl4jsparse.diagnostics.PinwheelBaseline;
import io.github.dl4jsparse.diagnostics.PinwheelSupport;
import io.github.dl4jsparse.diagnostics.Pinwheels;
import io.github.dl4jsparse.diagnostics.ResponseInvariance;
import io.github.dl4jsparse.examples.run.StepProgress;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.lista.ListaConf;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.indexing.SpecifiedIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * What a map is like.
 *
 * @param filters       the atoms in map order, {@code [kernel * kernel, units]}
 * @param map           orientations, not smoothed
 * @param smooth        the field in which pinwheels are looked for
 * @param support       for the pinwheels in it
 * @param spacing       of the columns
 * @param baseline      random fields with the map's spectrum
 * @param difference    of neighbouring orientations
 * @param shiftRatios   variance of the windows' responses under shifts of 1, 2, 3 pixels as a part of that of the units'
 * @param phaseRatio    the same under the phase of gratings
 */
record MapMeasurement(
        INDArray filters,
        OrientationMap map,
        OrientationField smooth,
        PinwheelSupport support,
        ColumnSpacing spacing,
        PinwheelBaseline baseline,
        OrientationDifference difference,
        double[] shiftRatios,
        double phaseRatio) {
    /** Standard deviation in units of the Gaussian before pinwheels are counted. */
    static final double SMOOTHING = 1;

    private static final int DRAWS = 200;
    private static final int ORIENTATIONS = 12;
    private static final int PHASES = 16;

    static MapMeasurement of(MultiLayerNetwork net, MapSettings s, INDArray images, long seed, PrintWriter out) {
        int[] sheet = s.geometry().sheet(s.unitRows());
        long[] columns = IntStream.of(sheet).asLongStream().toArray();
        INDArray filters = net.getLayer(0)
                .getParam(ListaConf.DECODER)
                .get(NDArrayIndex.all(), new SpecifiedIndex(columns))
                .dup('c');
        OrientationMap map =
                OrientationMap.of(MapGrid.torus(s.mapSide(), s.mapSide()), filters, s.kernel(), s.kernel());
        OrientationField smooth = map.field().smoothed(SMOOTHING);
        Groups windows = s.windows();
        UnsupervisedLayer layer = (UnsupervisedLayer) net.getLayer(0);
        UnaryOperator<INDArray> units = x -> Transforms.abs(rows(layer.encode(x)));
        UnaryOperator<INDArray> pooled = x -> {
            INDArray code = rows(layer.encode(x));
            return Transforms.sqrt(windows.pool(code.mul(code)));
        };
        try (StepProgress progress = new StepProgress("measuring", MapImages.MARGIN + 5L, out)) {
            double[] shiftRatios = IntStream.rangeClosed(1, MapImages.MARGIN)
                    .mapToDouble(pixels -> progress.done(ResponseInvariance.underShifts(
                                    pooled, images, s.side(), s.side(), pixels)
                            .ratioTo(ResponseInvariance.underShifts(units, images, s.side(), s.side(), pixels))))
                    .toArray();
            double frequency = Arrays.stream(map.frequencies()).average().orElse(0.2);
            Gratings gratings = new Gratings(1, s.side(), s.side(), ORIENTATIONS, Math.min(0.45, frequency));
            double phaseRatio = progress.done(ResponseInvariance.underPhases(pooled, gratings, PHASES)
                    .ratioTo(ResponseInvariance.underPhases(units, gratings, PHASES)));
            return new MapMeasurement(
                    filters,
                    map,
                    smooth,
                    progress.done(PinwheelSupport.of(map.field(), SMOOTHING, PinwheelSupport.SHUFFLES, seed)),
                    progress.done(ColumnSpacing.of(map.field(), ColumnSpacing.PERMUTATIONS, seed)),
                    progress.done(PinwheelBaseline.of(map.field(), SMOOTHING, DRAWS, seed)),
                    progress.done(map.difference(OrientationDifference.PERMUTATIONS, seed)),
                    shiftRatios,
                    phaseRatio);
        }
    }

    private static INDArray rows(INDArray code) {
        return code.dup('c').reshape('c', code.size(0), code.length() / code.size(0));
    }

    /**
     * The numbers of {@code result.json}.
     *
     * @param neighbourOrientationRatio NaN where no two neighbours have an orientation, or all have the same one
     * @param neighbourOrientationRemark why there is no ratio; null where there is one
     * @param columnSpacing     in units, NaN where the spectrum has no peak that chance does not explain
     * @param pinwheels         that chance does not explain, each for itself
     * @param pinwheelsAndChance all of the smoothed map
     * @param pinwheelDensity   of all, per squared column spacing, NaN without one
     * @param randomDensity     mean density of random fields with the map's spectrum
     * @param invarianceRatio   mean over shifts of 1, 2 and 3 pixels: below 1, windows are more invariant than units
     */
    record Numbers(
            double neighbourOrientationRatio,
            String neighbourOrientationRemark,
            double neighbourOrientationP,
            double columnSpacing,
            double columnSpacingP,
            int pinwheels,
            int positivePinwheels,
            int negativePinwheels,
            int pinwheelsAndChance,
            double pinwheelDensity,
            double randomDensity,
            double orientationCoverage,
            double orientedFraction,
            double invarianceRatio,
            double phaseInvarianceRatio,
            double seconds) {
        static final String TOO_FEW = "too few oriented neighbours";

        /** Whether neighbours are alike, in words. */
        String neighbours() {
            return neighbourOrientationRemark != null
                    ? neighbourOrientationRemark
                    : String.format(
                            Locale.ROOT,
                            "neighbours differ %.3f times as much as any two (p = %.3f)",
                            neighbourOrientationRatio,
                            neighbourOrientationP);
        }
    }

    /** The pinwheels that chance does not explain. */
    Pinwheels pinwheels() {
        return support.significant(PinwheelSupport.LEVEL);
    }

    Numbers numbers(double seconds) {
        Pinwheels pinwheels = pinwheels();
        double columns = spacing.spacing();
        return new Numbers(
                difference.ratio(),
                Double.isNaN(difference.ratio()) ? Numbers.TOO_FEW : null,
                difference.pValue(),
                columns,
                spacing.pValue(),
                pinwheels.count(),
                pinwheels.positive(),
                pinwheels.negative(),
                support.pinwheels().count(),
                support.pinwheels().density(columns),
                Arrays.stream(baseline.densities(columns)).average().orElse(Double.NaN),
                map.coverage(),
                map.orientedFraction(),
                Arrays.stream(shiftRatios).average().orElse(Double.NaN),
                phaseRatio,
                Math.round(10 * seconds) / 10.0);
    }
}
