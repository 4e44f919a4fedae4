package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LearnedPenalty;
import io.github.dl4jsparse.energy.LearnedPenalty.Parameter;
import io.github.dl4jsparse.energy.Penalty;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.indexing.SpecifiedIndex;

/**
 * The contract of every {@link LearnedPenalty}, in addition to that of every {@link Penalty}: extend this class, and
 * inherit the tests.
 */
public abstract class LearnedPenaltyContract extends PenaltyContract {
    /** The penalty under test, of {@link #units} units. */
    @Override
    protected abstract LearnedPenalty penalty();

    /** 1 where the updater goes down the energy, -1 where it goes up. */
    protected abstract double sign();

    private Map<String, INDArray> zeros(LearnedPenalty penalty) {
        Map<String, INDArray> zeros = new LinkedHashMap<>();
        penalty.parameters().forEach(p -> zeros.put(p.name(), Nd4j.zeros(DataType.DOUBLE, p.dimensions())));
        return zeros;
    }

    /** Values above zero, each another, which need not be within the limits. */
    private Map<String, INDArray> values(long seed) {
        Map<String, INDArray> values = zeros(penalty());
        values.values()
                .forEach(array -> array.assign(
                        Samples.gaussian(seed, array.shape()).muli(0.1).addi(1)));
        return values;
    }

    private static Map<String, INDArray> copy(Map<String, INDArray> arrays) {
        Map<String, INDArray> copy = new LinkedHashMap<>();
        arrays.forEach((name, array) -> copy.put(name, array.dup()));
        return copy;
    }

    private static double distance(Map<String, INDArray> a, Map<String, INDArray> b) {
        return a.keySet().stream()
                .mapToDouble(name -> Samples.distance(a.get(name), b.get(name)))
                .max()
                .orElseThrow();
    }

    @Test
    protected void namesItsParametersOnce() {
        List<Parameter> parameters = penalty().parameters();
        assertFalse(parameters.isEmpty());
        Set<String> names =
                new HashSet<>(parameters.stream().map(Parameter::name).toList());
        assertEquals(parameters.size(), names.size());
        for (Parameter parameter : parameters) {
            for (int axis = 0; axis < parameter.shape().size(); axis++) {
                assertTrue(!parameter.perUnit().get(axis) || parameter.shape().get(axis) == units());
            }
        }
    }

    @Test
    protected void startsWithinItsLimits() {
        Map<String, INDArray> values = zeros(penalty());
        values.put("another", Nd4j.ones(DataType.DOUBLE, 2, 2));
        penalty().start(values);
        Map<String, INDArray> limited = copy(values);
        penalty().limits().accept(limited);
        assertEquals(0, distance(values, limited), 1e-9);
        assertEquals(Nd4j.ones(DataType.DOUBLE, 2, 2), values.get("another"));
        assertTrue(distance(zeros(penalty()), limited) > 0, "a start at zero tells nothing");
    }

    @Test
    protected void isAsAPenaltyTheOneThatItStartsFrom() {
        assertFalse(penalty().initial() instanceof LearnedPenalty);
        INDArray codes = codes(3);
        assertEquals(penalty().initial().value(codes), penalty().value(codes));
        assertEquals(penalty().initial().values(codes), penalty().values(codes));
        assertEquals(penalty().initial().units(), penalty().units());
        assertEquals(penalty().initial().shrinkageThreshold(), penalty().shrinkageThreshold());
        assertArrayEquals(
                penalty().initial().shrinkageThresholds(units()), penalty().shrinkageThresholds(units()));
        assertEquals(penalty().initial().activeGroups(codes), penalty().activeGroups(codes));
        assertEquals(penalty().initial().onNonNegativeCodes(), penalty().onNonNegativeCodes());
        assertEquals(penalty().initial().dualNorms(codes), penalty().dualNorms(codes));
        assertEquals(
                penalty().initial().subdifferentialDistance(codes, codes),
                penalty().subdifferentialDistance(codes, codes));
        assertEquals(penalty().initial(), LearnedPenalty.initial(penalty()));
        assertEquals(penalty().initial(), LearnedPenalty.initial(penalty().initial()));
    }

    /** Central differences of the value with the parameters, at values within the limits and without. */
    @Test
    protected void gradientIsThatOfTheValueInItsDirection() {
        INDArray codes = codes(4);
        double weight = 0.7;
        double step = 1e-5;
        Map<String, INDArray> values = values(5);
        Map<String, INDArray> before = copy(values);
        Map<String, INDArray> gradients = zeros(penalty());
        gradients.values().forEach(gradient -> gradient.assign(99));
        penalty().writeGradients(values, codes, weight, gradients);
        assertEquals(before, values);
        assertEquals(codes(4), codes);
        double largest = 0;
        for (String name : gradients.keySet()) {
            INDArray array = values.get(name);
            for (long i = 0; i < array.length(); i++) {
                double old = array.getDouble(i);
                array.putScalar(i, old + step);
                double above = penalty().with(values).value(codes);
                array.putScalar(i, old - step);
                double below = penalty().with(values).value(codes);
                array.putScalar(i, old);
                double expected = sign() * weight * (above - below) / (2 * step);
                assertEquals(expected, gradients.get(name).getDouble(i), 1e-7, name + " " + i);
                largest = Math.max(largest, Math.abs(expected));
            }
        }
        assertTrue(largest > 0.01, "gradients of " + largest + " tell nothing");
    }

    @Test
    protected void limitsAreKeptAfterAnyStepAndChangeNothingWithin() {
        Map<String, INDArray> values = values(6);
        values.values().forEach(array -> array.addi(Samples.gaussian(7, array.shape())));
        Map<String, INDArray> far = copy(values);
        penalty().limits().accept(values);
        assertTrue(distance(far, values) > 1e-3, "the limits hold nothing");
        Map<String, INDArray> once = copy(values);
        penalty().limits().accept(values);
        assertEquals(0, distance(once, values), 1e-9);
        assertTrue(Double.isFinite(penalty().with(values).value(codes(8))));
    }

    @Test
    protected void badValuesAreLeftByTheLimitsAndRefusedByName() {
        Map<String, INDArray> values = values(9);
        values.values().iterator().next().putScalar(1, Double.NaN);
        String before = values.values().iterator().next().toStringFull();
        penalty().limits().accept(values);
        assertEquals(before, values.values().iterator().next().toStringFull());
        String message = assertThrows(
                        IllegalArgumentException.class, () -> penalty().with(values))
                .getMessage();
        assertTrue(message.contains("finite"), message);
    }

    @Test
    protected void partsOfTheValuesBelongToTheUnitsThatStay() {
        int[] kept = LongStream.range(0, units())
                .filter(i -> i != 1)
                .mapToInt(i -> (int) i)
                .toArray();
        LearnedPenalty smaller = penalty().restrictedTo(kept);
        Map<String, INDArray> values = values(10);
        Map<String, INDArray> cut = new LinkedHashMap<>();
        for (Parameter parameter : penalty().parameters()) {
            INDArrayIndex[] indices = parameter.perUnit().stream()
                    .map(own -> own ? new SpecifiedIndex(kept) : NDArrayIndex.all())
                    .toArray(INDArrayIndex[]::new);
            cut.put(parameter.name(), values.get(parameter.name()).get(indices).dup());
        }
        for (Parameter parameter : smaller.parameters()) {
            assertArrayEquals(parameter.dimensions(), cut.get(parameter.name()).shape());
        }
        INDArray small = Samples.gaussian(11, BATCH, kept.length);
        INDArray codes = Nd4j.zeros(DataType.DOUBLE, BATCH, units());
        for (int i = 0; i < kept.length; i++) {
            codes.putColumn(kept[i], small.getColumn(i));
        }
        double expected = penalty().with(values).value(codes);
        assertEquals(expected, smaller.with(cut).value(small), 1e-10 * expected);
    }

    @Test
    protected void isNoTermOfASum() {
        List<Penalty> terms = List.of(new L1Penalty(1), penalty());
        assertThrows(IllegalArgumentException.class, () -> terms.get(0).plus(terms.get(1)));
    }
}
