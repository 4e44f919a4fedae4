package io.github.dl4jsparse.internal.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class WorkspacesTest {
    private static MemoryWorkspace open() {
        return Nd4j.getWorkspaceManager().getAndActivateWorkspace("WORKSPACES_TEST");
    }

    @Test
    void arraysMadeOutsideOutliveAnOpenWorkspace() {
        INDArray outside = null;
        for (int round = 0; round < 3; round++) {
            try (MemoryWorkspace workspace = open()) {
                assertTrue(Nd4j.zeros(DataType.FLOAT, 8).isAttached(), "the workspace is open");
                if (round == 0) {
                    outside = Workspaces.outside(() -> {
                        assertNull(Nd4j.getMemoryManager().getCurrentWorkspace());
                        return Samples.gaussian(DataType.FLOAT, 1, 8);
                    });
                }
                assertEquals(workspace, Nd4j.getMemoryManager().getCurrentWorkspace(), "the workspace is open again");
            }
        }
        assertFalse(outside.isAttached());
        assertEquals(Samples.gaussian(DataType.FLOAT, 1, 8), outside);
    }

    @Test
    void workspaceIsOpenAgainAfterAnError() {
        try (MemoryWorkspace workspace = open()) {
            assertThrows(
                    IllegalStateException.class,
                    () -> Workspaces.outside(() -> {
                        throw new IllegalStateException();
                    }));
            assertNotNull(Nd4j.getMemoryManager().getCurrentWorkspace());
            assertEquals(workspace, Nd4j.getMemoryManager().getCurrentWorkspace());
        }
    }

    @Test
    void managerOfNonePutsNothingIntoAWorkspace() {
        assertFalse(Workspaces.none()
                .createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, 2, 3)
                .isAttached());
    }
}
