package io.github.dl4jsparse.internal.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryType;
import org.deeplearning4j.nn.conf.memory.MemoryUseMode;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

class MemoryReportsTest {
    private static final InputType INPUT = InputType.feedForward(5);

    private static LayerMemoryReport report(long parameters, IUpdater updater) {
        DenseLayer layer = new DenseLayer.Builder().name("code").nIn(5).nOut(3).build();
        return MemoryReports.of(layer, INPUT, InputType.feedForward(3), parameters, updater, 7, 11);
    }

    private static long bytes(LayerMemoryReport report, MemoryType type, MemoryUseMode mode) {
        return report.getMemoryBytes(type, 10, mode, CacheMode.NONE, DataType.FLOAT);
    }

    /** Adam has two numbers a parameter, gradient descent none. */
    @Test
    void countsTheStateOfTheUpdater() {
        assertEquals(4 * 2 * 18, bytes(report(18, new Adam(0.1)), MemoryType.UPDATER_STATE, MemoryUseMode.TRAINING));
        assertEquals(0, bytes(report(18, new Sgd(0.1)), MemoryType.UPDATER_STATE, MemoryUseMode.TRAINING));
        assertEquals(0, bytes(report(18, null), MemoryType.UPDATER_STATE, MemoryUseMode.TRAINING));
        assertEquals(0, bytes(report(0, new Adam(0.1)), MemoryType.UPDATER_STATE, MemoryUseMode.TRAINING));
    }

    @Test
    void countsWorkingMemoryAnExample() {
        LayerMemoryReport report = report(18, null);
        assertEquals(4 * 18, bytes(report, MemoryType.PARAMETERS, MemoryUseMode.INFERENCE));
        // of inference, DL4J counts one example whatever the batch
        assertEquals(4 * 7, bytes(report, MemoryType.WORKING_MEMORY_VARIABLE, MemoryUseMode.INFERENCE));
        assertEquals(4 * 10 * 11, bytes(report, MemoryType.WORKING_MEMORY_VARIABLE, MemoryUseMode.TRAINING));
    }
}
