package io.github.dl4jsparse.internal.dl4j;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.updater.LayerUpdater;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.ResetPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;

/** DL4J's updater and workspaces for a layer that is trained by itself. */
public final class LayerTraining {
    private static final String WORKSPACE = "LAYERWISE_PRETRAINER";
    private static final WorkspaceConfiguration WORKSPACE_CONFIGURATION = WorkspaceConfiguration.builder()
            .initialSize(0)
            .overallocationLimit(0.02)
            .policyLearning(LearningPolicy.OVER_TIME)
            .cyclesBeforeInitialization(3)
            .policyReset(ResetPolicy.BLOCK_LEFT)
            .policySpill(SpillPolicy.REALLOCATE)
            .policyAllocation(AllocationPolicy.OVERALLOCATE)
            .build();

    private final Layer layer;
    private final Updater updater;
    private final LayerWorkspaceMgr workspaces;

    /** With an updater that has no history. */
    public LayerTraining(Layer layer) {
        this.layer = layer;
        this.updater = newUpdater(layer);
        this.workspaces = LayerWorkspaceMgr.builder()
                .defaultWorkspace(WORKSPACE, WORKSPACE_CONFIGURATION)
                .build();
    }

    /** An updater of a layer alone, without history. */
    public static Updater newUpdater(Layer layer) {
        return new LayerUpdater(layer);
    }

    /** The updater. */
    public Updater updater() {
        return updater;
    }

    /** Begins a step; its arrays are valid until the scope is closed. */
    public MemoryWorkspace scope() {
        return workspaces.notifyScopeEntered(ArrayType.FF_WORKING_MEM);
    }

    /** Gives the layer its input. */
    public void setInput(INDArray input) {
        layer.setInput(input, workspaces);
    }

    /** The layer's gradient and score on its input. */
    public void computeGradient() {
        layer.computeGradientAndScore(workspaces);
    }

    /** Turns the layer's gradient into the step that is to be subtracted from its parameters. Modified in place. */
    public void update(int iteration, int epoch, int batch) {
        updater.update(layer, layer.gradient(), iteration, epoch, batch, workspaces);
    }
}
