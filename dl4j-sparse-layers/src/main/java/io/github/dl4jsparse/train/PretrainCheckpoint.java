package io.github.dl4jsparse.train;

import io.github.dl4jsparse.io.ModelFile;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a saved network does not tell about pre-training: the layer it had come to, and the state of its updater. Kept as
 * an extra entry of DL4J's own model file, which DL4J's loaders pass over.
 *
 * @param layerIndex of the layer that was trained last
 * @param stopped    whether that layer was stopped early, so that it is done before all its epochs
 * @param epochs     that layer has been trained
 * @param iterations that layer has been trained
 * @param updater    bytes of the updater's state, empty for none
 */
record PretrainCheckpoint(int layerIndex, boolean stopped, int epochs, int iterations, byte[] updater)
        implements Serializable {
    private static final long serialVersionUID = 1;
    private static final String ENTRY = "layerwisePretraining";

    /** Saves network and state; the file appears whole or not at all. */
    static void write(Path file, Model net, PretrainStage stage, boolean stopped, INDArray updaterState) {
        try {
            byte[] updater = updaterState == null ? new byte[0] : Nd4j.toByteArray(updaterState);
            NeuralNetConfiguration conf = stage.layer().conf();
            ModelFile.save(
                    file,
                    net,
                    ENTRY,
                    new PretrainCheckpoint(
                            stage.index(), stopped, conf.getEpochCount(), conf.getIterationCount(), updater));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The state in a file; null where there is no file, or it holds no such state.
     *
     * @throws UncheckedIOException if the file is not as it was saved
     */
    static PretrainCheckpoint read(Path file) {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            ModelFile.verify(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        if (!ModelSerializer.listObjectsInFile(file.toFile()).contains(ENTRY)) {
            return null;
        }
        return ModelSerializer.getObjectFromFile(file.toFile(), ENTRY);
    }

    /** Whether a stage was done when this was saved. */
    boolean passed(PretrainStage stage) {
        return stage.index() < layerIndex || (stage.index() == layerIndex && stopped);
    }

    /** Whether a stage was in training when this was saved. */
    boolean reached(PretrainStage stage) {
        return stage.index() == layerIndex;
    }

    /**
     * Puts the counts and the updater's state of the stage in training back.
     *
     * @param updaterState of the stage's new updater, null for none. Modified in place.
     * @throws IllegalStateException if the updater is another one than that of the checkpoint
     */
    void restore(PretrainStage stage, INDArray updaterState) {
        stage.layer().conf().setEpochCount(epochs);
        stage.layer().conf().setIterationCount(iterations);
        INDArray state = updater.length == 0 ? null : Nd4j.fromByteArray(updater);
        long length = updaterState == null ? 0 : updaterState.length();
        if ((state == null ? 0 : state.length()) != length) {
            throw new IllegalStateException("updater state in the checkpoint must have the length " + length + ", got "
                    + (state == null ? 0 : state.length()) + ": its updater is another one (layer \"" + stage.name()
                    + "\", index " + stage.index() + ")");
        }
        if (state != null) {
            updaterState.assign(state.reshape(updaterState.shape()));
        }
    }
}
