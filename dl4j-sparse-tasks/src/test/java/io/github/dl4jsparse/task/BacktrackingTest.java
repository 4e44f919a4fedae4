package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class BacktrackingTest {
    @ParameterizedTest
    @ValueSource(doubles = {5.5, Double.NaN, Double.POSITIVE_INFINITY})
    void anUnstableBatchBringsTheLastSoundStateBack(double error) {
        MultiLayerNetwork net = UnrolledNetwork.create(new UnrolledSettings(2, 2, 3, 1), 1e-3, 1);
        Backtracking guard = new Backtracking(net);
        for (int i = 0; i < 100; i++) {
            assertTrue(guard.accept(1));
            net.params().addi(i == 98 ? 1 : 0);
        }
        INDArray kept = net.params().dup();
        INDArray state = net.getUpdater().getStateViewArray().dup();
        net.params().addi(1);
        net.getUpdater().getStateViewArray().addi(2);
        assertTrue(guard.accept(1.5), "a larger error is no instability");
        assertFalse(guard.accept(error));
        assertEquals(kept, net.params());
        assertEquals(state, net.getUpdater().getStateViewArray());
        assertEquals(0.7, guard.rate(), 1e-12);
        assertEquals(1, guard.times());
        net.params().addi(1);
        assertNotEquals(kept, net.params());
        assertFalse(guard.accept(error));
        assertEquals(kept, net.params());
        assertEquals(0.49, guard.rate(), 1e-12);
    }
}
