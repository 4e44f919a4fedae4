package io.github.dl4jsparse.internal.dl4j;

import java.util.function.Supplier;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;

/** Runs code outside of any DL4J workspace, so that its arrays are valid as long as they are referenced. */
public final class Workspaces {
    private Workspaces() {}

    /** Calls {@code work} with no workspace active and returns its result. */
    @SuppressWarnings("try")
    public static <T> T outside(Supplier<T> work) {
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            return work.get();
        }
    }

    /** A manager that allocates every array outside of workspaces. */
    public static LayerWorkspaceMgr none() {
        return LayerWorkspaceMgr.noWorkspacesImmutable();
    }
}
