package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.SpatialGroupPenalty;
import io.github.dl4jsparse.energy.TopKPenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.SpatialWindow;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.solver.Ista;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainablePenaltyTest {
    /** A builder of each kind of encoder, with four units. */
    static Stream<ListaBuilder<?>> encoders() {
        return Stream.of(
                new ListaLayer.Builder().nOut(4),
                new ConvolutionalListaLayer.Builder(3, 3).nOut(4),
                new LocallyConnectedListaLayer.Builder(3).nOut(4));
    }

    private static String refusal(ListaBuilder<?> builder) {
        return assertThrows(DL4JInvalidConfigException.class, builder::build).getMessage();
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void aConstraintIsRefusedWhenTheLayerIsBuilt(ListaBuilder<?> builder) {
        String message = refusal(builder.penalty(new TopKPenalty(2)));
        assertTrue(message.startsWith("penalty must be finite for every code"), message);
        assertTrue(message.contains("predictive(...)") && message.contains("SparseCodingLayer"), message);
        assertTrue(message.contains("TopKPenalty"), message);
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void aPenaltyOfNonNegativeCodesNeedsTheirShrinkage(ListaBuilder<?> builder) {
        Penalty penalty = new L1Penalty(0.1).asNonNegative();
        String message = refusal(builder.penalty(penalty).shrinkage(Shrinkage.SOFT));
        assertTrue(message.contains("take shrinkage(NON_NEGATIVE)"), message);
        assertDoesNotThrow(
                () -> builder.penalty(penalty).shrinkage(Shrinkage.NON_NEGATIVE).build());
    }

    @Test
    void aSolverTakesIt() {
        PredictiveSparseDecomposition solved = new PredictiveSparseDecomposition(1, new Ista(10, 1e-3));
        assertDoesNotThrow(() -> new ListaLayer.Builder()
                .nOut(4)
                .penalty(new TopKPenalty(2))
                .predictive(solved)
                .build());
        assertDoesNotThrow(() -> new SparseCodingLayer.Builder()
                .nOut(4)
                .penalty(new TopKPenalty(2))
                .build());
    }

    @Test
    void finitePenaltiesOfAnySizeAreTaken() {
        List.of(
                        new L1Penalty(new double[] {0.1, 0.2, 0, 0.3}),
                        new GroupL2Penalty(0.1, Groups.blocks(4, 2)),
                        new L1Penalty(0.1).plus(new GroupL2Penalty(0.1, Groups.blocks(4, 2))))
                .forEach(penalty -> assertDoesNotThrow(
                        () -> new ListaLayer.Builder().nOut(4).penalty(penalty).build()));
        assertDoesNotThrow(() -> new ConvolutionalListaLayer.Builder(3, 3)
                .nOut(4)
                .penalty(new SpatialGroupPenalty(0.05, 6, 5, Groups.blocks(4, 2), SpatialWindow.square(2, 2), 1e-5))
                .build());
    }
}
