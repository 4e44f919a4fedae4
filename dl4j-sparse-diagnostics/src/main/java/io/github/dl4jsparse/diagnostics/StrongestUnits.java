package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Finds the units that are strongest in the code of each example.
 * <p>\[ \text{example } b: \quad \text{the } n \text{ units } i \text{ of largest } \max_p |z_{b,p,i}| > 0 \]
 * where z are the codes and p the positions of a map; without maps there is one position. A unit is listed once for an
 * example, at the position where it is strongest; of equal magnitudes the unit of lower index comes first.
 * <p>Shapes: codes {@code [batch, units]}, or maps {@code [batch, units, height, width]} (NCHW) or
 * {@code [batch, height, width, units]} (NHWC).
 */
public final class StrongestUnits {
    private StrongestUnits() {}

    /**
     * The strongest units of each example of codes without maps, or maps in the order NCHW.
     *
     * @param codes as the class says. Not modified.
     * @param count n, at least 1
     * @return for each example at most n responses, the strongest first
     * @throws IllegalArgumentException if the count is less than 1, or the codes have another rank or hold NaN or infinity
     */
    public static List<List<UnitResponse>> of(INDArray codes, int count) {
        return of(codes, CNN2DFormat.NCHW, count);
    }

    /**
     * The strongest units of each example of codes without maps, or maps in a given order.
     *
     * @param codes  as the class says. Not modified.
     * @param format order of the axes of maps; not used for codes without maps
     * @param count  n, at least 1
     * @return for each example at most n responses, the strongest first
     * @throws IllegalArgumentException if the count is less than 1, or the codes have another rank or hold NaN or infinity
     */
    public static List<List<UnitResponse>> of(INDArray codes, CNN2DFormat format, int count) {
        Args.atLeast("count", count, 1);
        CodeValues values = CodeValues.of(codes, format);
        List<List<UnitResponse>> examples = new ArrayList<>();
        for (int b = 0; b < values.batch(); b++) {
            int example = b;
            examples.add(IntStream.range(0, values.units())
                    .mapToObj(unit -> values.strongest(example, unit, 0))
                    .filter(response -> response.value() != 0)
                    .sorted(UnitResponse.STRONGEST_FIRST)
                    .limit(count)
                    .toList());
        }
        return examples;
    }
}
