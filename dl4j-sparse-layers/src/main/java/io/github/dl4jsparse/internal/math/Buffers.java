package io.github.dl4jsparse.internal.math;

import java.util.function.Supplier;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.ResetPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.factory.Nd4j;

/** Memory for temporary arrays of a computation, which each thread reuses for its next one. */
public final class Buffers {
    private static final WorkspaceConfiguration CONFIGURATION = WorkspaceConfiguration.builder()
            .initialSize(0)
            .policyLearning(LearningPolicy.FIRST_LOOP)
            .policyReset(ResetPolicy.BLOCK_LEFT)
            .policySpill(SpillPolicy.REALLOCATE)
            .policyAllocation(AllocationPolicy.STRICT)
            .build();

    private Buffers() {}

    /**
     * Runs a computation whose new arrays are freed at its end.
     *
     * @param name of the memory; nested computations must use other names
     * @param work must not return or keep an array that it created
     */
    @SuppressWarnings("try")
    public static <T> T get(String name, Supplier<T> work) {
        try (MemoryWorkspace scratch =
                Nd4j.getWorkspaceManager().getAndActivateWorkspace(CONFIGURATION, "SPARSE_" + name)) {
            return work.get();
        }
    }

    /** The same for a computation that writes into arrays of the caller's. */
    public static void run(String name, Runnable work) {
        get(name, () -> {
            work.run();
            return null;
        });
    }
}
