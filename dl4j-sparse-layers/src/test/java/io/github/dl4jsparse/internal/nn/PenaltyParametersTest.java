package io.github.dl4jsparse.internal.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LearnedL1Penalty;
import io.github.dl4jsparse.testkit.Samples;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PenaltyParametersTest {
    private static final LearnedL1Penalty LEARNED = new LearnedL1Penalty(3, 0.5, false);
    private static final PenaltyParameters OWN = new PenaltyParameters(LEARNED, name -> name + "1");

    private static Map<String, INDArray> params() {
        Map<String, INDArray> params = new LinkedHashMap<>();
        params.put("D", Nd4j.ones(DataType.DOUBLE, 2, 3));
        params.put("lambda1", Nd4j.zeros(DataType.DOUBLE, 1, 3));
        return params;
    }

    @Test
    void aFixedPenaltyHasNone() {
        L1Penalty fixed = new L1Penalty(1);
        PenaltyParameters none = new PenaltyParameters(fixed, UnaryOperator.identity());
        assertEquals(Set.of(), none.keys());
        assertNull(none.perUnit("D"));
        assertSame(fixed, none.with(params()));
        assertEquals(List.of(), none.limits(List.of()));
        Map<String, INDArray> params = params();
        none.start(params);
        none.writeGradients(params, () -> fail("nobody needs the code"), 1, params);
        assertEquals(params(), params);
    }

    @Test
    void thoseOfALearnedOneGoByTheLayersNames() {
        assertEquals(Set.of("lambda1"), OWN.keys());
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("D", new long[] {2, 3});
        OWN.addShapes(shapes);
        assertEquals(List.of("D", "lambda1"), List.copyOf(shapes.keySet()));
        assertArrayEquals(new long[] {1, 3}, shapes.get("lambda1"));
        assertEquals(List.of(false, true), OWN.perUnit("lambda1"));
        assertNull(OWN.perUnit("D"));

        Map<String, INDArray> params = params();
        OWN.start(params);
        assertEquals(0.5, params.get("lambda1").getDouble(1));
        params.get("lambda1").putScalar(1, 2.0);
        assertEquals(new L1Penalty(new double[] {0.5, 2, 0.5}), OWN.with(params));
        assertEquals(Nd4j.ones(DataType.DOUBLE, 2, 3), params.get("D"));
    }

    @Test
    void gradientsAreZeroWhereThePenaltyIsNoPartOfTheLoss() {
        Map<String, INDArray> gradients = params();
        INDArray code = Samples.gaussian(1, 4, 3);
        OWN.writeGradients(params(), () -> code, 2, gradients);
        double expected = 0;
        for (int i = 0; i < 4; i++) {
            expected += 2 * Math.abs(code.getDouble(i, 1));
        }
        assertEquals(expected, gradients.get("lambda1").getDouble(1), 1e-12);
        OWN.writeGradients(params(), () -> fail("nobody needs the code"), 0, gradients);
        assertEquals(params(), gradients);
    }

    @Test
    void theLimitsComeLastAndAreForTheLayersParameters() {
        LayerConstraint first = new org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint();
        List<LayerConstraint> limits = OWN.limits(List.of(first));
        assertEquals(2, limits.size());
        assertSame(first, limits.get(0));
        assertEquals(Set.of("lambda1"), limits.get(1).getParams());
        assertThrows(UnsupportedOperationException.class, () -> limits.get(1).setParams(Set.of()));
    }
}
