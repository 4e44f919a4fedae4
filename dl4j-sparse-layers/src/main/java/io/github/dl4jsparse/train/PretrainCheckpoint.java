package io.github.dl4jsparse.train;

import io.github.dl4jsparse.io.AtomicFile;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a saved network does not tell about pre-training: the layer it had come to, and the state of its updater. Kept as
 * an extra entry of DL4J's own model file, which DL4J's loaders pass over.
 *
 * @param layerIndex of the layer that was trained last
 * @param finished   whether that layer is done
 * @param updater    bytes of the updater's state, empty for none
 */
record PretrainCheckpoint(int layerIndex, boolean finished, byte[] updater) implements Serializable {
    private static final long serialVersionUID = 1;
    private static final String ENTRY = "layerwisePretraining";

    /** Saves network and state; the file appears whole or not at all. */
    static void write(Path file, Model net, PretrainStage stage, boolean finished, INDArray updaterState) {
        try {
            byte[] updater = updaterState == null ? new byte[0] : Nd4j.toByteArray(updaterState);
            // DL4J adds entries to files only
            Path model = Files.createTempFile("pretraining", ".zip");
            try {
                ModelSerializer.writeModel(net, model.toFile(), true);
                ModelSerializer.addObjectToFile(
                        model.toFile(), ENTRY, new PretrainCheckpoint(stage.index(), finished, updater));
                AtomicFile.write(file, out -> Files.copy(model, out));
            } finally {
                Files.delete(model);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The state in a file; null where there is no file, or it holds no such state. */
    static PretrainCheckpoint read(Path file) {
        if (!Files.exists(file)
                || !ModelSerializer.listObjectsInFile(file.toFile()).contains(ENTRY)) {
            return null;
        }
        return ModelSerializer.getObjectFromFile(file.toFile(), ENTRY);
    }

    /** Whether a stage was done when this was saved. */
    boolean passed(PretrainStage stage) {
        return stage.index() < layerIndex || (stage.index() == layerIndex && finished);
    }

    /** Copies the saved updater state of a stage into its updater, if there is any. */
    static void restore(PretrainCheckpoint saved, PretrainStage stage, INDArray updaterState) {
        if (saved == null || saved.layerIndex != stage.index() || updaterState == null || saved.updater.length == 0) {
            return;
        }
        INDArray state = Nd4j.fromByteArray(saved.updater);
        if (state.length() != updaterState.length()) {
            throw new IllegalStateException("updater state in the checkpoint must have the length "
                    + updaterState.length() + ", got " + state.length() + ": its updater is another one (layer \""
                    + stage.name() + "\", index " + stage.index() + ")");
        }
        updaterState.assign(state.reshape(updaterState.shape()));
    }
}
