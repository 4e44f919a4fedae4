package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.dl4j.Stage;
import io.github.dl4jsparse.internal.io.ArrayBytes;
import io.github.dl4jsparse.model.ModelFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * The state of pre-training that a saved network does not contain: layer and epoch, the updater, the best held-out
 * energy with its parameters, the passes over the data, and the random generator. It is stored with the network as JSON
 * and arrays, which DL4J's loaders ignore.
 *
 * @param layer    name of the layer that was trained last
 * @param state    its values in JSON
 * @param updater  state of the layer's updater, null for none
 * @param best     the layer's parameters with the lowest held-out energy, null where none was measured
 */
record PretrainCheckpoint(String layer, JsonNode state, INDArray updater, INDArray best) {
    private static final String ENTRY = "layerwisePretraining";
    private static final String UPDATER = ENTRY + ".updater";
    private static final String BEST = ENTRY + ".best";
    private static final int VERSION = 2;
    private static final int MOST_COMPARED = 1000;

    /**
     * The parts of a run whose state a checkpoint holds.
     *
     * @param updater state of the stage's updater, null for none; shared
     * @param data    of the run
     * @param inputs  of the stage
     * @param heldOut of the run, null for none
     * @param best    of the stage, null for none
     */
    record Parts(
            Stage stage,
            INDArray updater,
            DataPasses data,
            StageInputs inputs,
            DataPasses heldOut,
            HeldOutEnergy best) {}

    /**
     * Saves network and state; the file appears whole or not at all.
     *
     * @param number of epochs that the stage has been trained in this run
     * @param stopped whether it was stopped early, before its last epoch
     */
    static void write(Path file, Net<?> net, Parts now, int epochs, boolean stopped) {
        try {
            Map<String, byte[]> entries = new HashMap<>();
            entries.put(ENTRY, new ObjectMapper().writeValueAsBytes(state(net, now, epochs, stopped)));
            if (now.updater() != null) {
                entries.put(UPDATER, ArrayBytes.of(now.updater()));
            }
            if (now.best() != null && now.best().best() != null) {
                entries.put(BEST, ArrayBytes.of(now.best().best()));
            }
            ModelFile.save(file, net.model(), entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static ObjectNode state(Net<?> net, Parts now, int epochs, boolean stopped) {
        Random random = Nd4j.getRandom();
        ObjectNode state = new ObjectMapper().createObjectNode();
        state.put("version", VERSION)
                .put("layer", now.stage().name())
                .put("stopped", stopped)
                .put("epochs", epochs)
                .put("passes", now.data().count())
                .put("repeat", now.data().knowledge())
                .put("kept", now.inputs().isKept())
                .put("batches", now.inputs().batches())
                .put("keptPass", now.inputs().keptPass())
                .put("randomRoot", random.rootState())
                .put("randomNode", random.nodeState())
                .put("parameters", fingerprint(net));
        for (Stage stage : net.stages()) {
            NeuralNetConfiguration conf = stage.layer().conf();
            state.withArray("counts").add(conf.getEpochCount()).add(conf.getIterationCount());
        }
        if (now.best() != null) {
            state.put("lowest", now.best().lowest())
                    .put("epochsSinceBest", now.best().epochsSinceBest())
                    .put("heldOutPasses", now.heldOut().count())
                    .put("heldOutKept", now.best().inputs().isKept())
                    .put("heldOutKeptPass", now.best().inputs().keptPass());
        }
        return state;
    }

    /** A checksum of a thousand parameters at equal distances, which is sufficient to distinguish networks. */
    private static long fingerprint(Net<?> net) {
        INDArray params = net.params();
        long step = Math.max(1, params.length() / MOST_COMPARED);
        long hash = params.length();
        for (long i = 0; i < params.length(); i += step) {
            hash = 31 * hash + Double.doubleToLongBits(params.getDouble(i));
        }
        return hash;
    }

    /**
     * The state in a file; null where there is no file, or it holds no such state.
     *
     * @param net the network to be trained further. Not modified.
     * @throws UncheckedIOException  if the file is not as it was saved, or of a version that this one does not read
     * @throws IllegalStateException if the network is not the one in the file
     */
    static PretrainCheckpoint read(Path file, Net<?> net) {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            Map<String, byte[]> entries = ModelFile.restoreBytes(file, ENTRY, UPDATER, BEST);
            if (!entries.containsKey(ENTRY)) {
                return null;
            }
            JsonNode state = new ObjectMapper().readTree(entries.get(ENTRY));
            if (state.path("version").asInt() != VERSION) {
                throw new IOException("cannot read " + file + ": its state of pre-training must be of version "
                        + VERSION + ", got " + state.path("version"));
            }
            if (state.path("parameters").asLong() != fingerprint(net)) {
                throw new IllegalStateException("the network that is trained further must be the one in " + file
                        + ", got other parameters: restore it by ModelFile, or leave resume(true) out");
            }
            return new PretrainCheckpoint(
                    state.path("layer").asText(), state, array(entries, UPDATER), array(entries, BEST));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static INDArray array(Map<String, byte[]> entries, String key) throws IOException {
        return entries.containsKey(key) ? ArrayBytes.read(entries.get(key)) : null;
    }

    /**
     * Restores the counts of all stages: DL4J's loaders set those of the layers to the network's own.
     *
     * @param epochs of every stage
     * @return the stages that are not finished
     * @throws IllegalStateException if the layer is none of them
     */
    List<Stage> resume(List<Stage> stages, int epochs) {
        int at = IntStream.range(0, stages.size())
                .filter(i -> stages.get(i).name().equals(layer))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("layer in the checkpoint must be one of "
                        + stages.stream().map(Stage::name).toList() + ", got \"" + layer + "\""));
        JsonNode counts = state.path("counts");
        for (int i = 0; i < stages.size(); i++) {
            NeuralNetConfiguration conf = stages.get(i).layer().conf();
            conf.setEpochCount(counts.path(2 * i).asInt());
            conf.setIterationCount(counts.path(2 * i + 1).asInt());
        }
        boolean done = state.path("stopped").asBoolean() || state.path("epochs").asInt() >= epochs;
        return stages.subList(done ? at + 1 : at, stages.size());
    }

    /**
     * Restores the state at the time of saving: updater and held-out energy of a stage in training, passes over the
     * data, random generator.
     *
     * @param now of the first stage that is trained. Modified.
     * @return epochs of the run that the stage has been trained
     * @throws IllegalStateException if the updater is another one than that of the checkpoint
     */
    int restore(Parts now) {
        boolean training = now.stage().name().equals(layer);
        if (training) {
            restoreUpdater(now.stage(), now.updater());
            now.inputs().expect(state.path("batches").asLong());
        }
        skip(now.data(), "passes", now.inputs(), training && state.path("kept").asBoolean() ? "keptPass" : null);
        now.data().know(state.path("repeat").isBoolean() ? state.path("repeat").asBoolean() : null);
        if (now.best() != null && state.has("heldOutPasses")) {
            boolean kept = training && state.path("heldOutKept").asBoolean();
            skip(now.heldOut(), "heldOutPasses", now.best().inputs(), kept ? "heldOutKeptPass" : null);
            if (training && best != null) {
                now.best()
                        .resume(
                                state.path("lowest").asDouble(),
                                best,
                                state.path("epochsSinceBest").asInt());
            }
        }
        Nd4j.getRandom()
                .setStates(
                        state.path("randomRoot").asLong(),
                        state.path("randomNode").asLong());
        return training ? state.path("epochs").asInt() : 0;
    }

    /** @param kept the JSON field with the number of the pass whose inputs were stored; null for none */
    private void skip(DataPasses data, String passes, StageInputs inputs, String kept) {
        if (kept != null) {
            // the stored pass is read once more; an iterator with a single pass has a count of zero
            data.skip(Math.max(0, state.path(kept).asInt() - 1));
            inputs.keep();
        }
        data.skip(state.path(passes).asInt());
    }

    private void restoreUpdater(Stage stage, INDArray updaterState) {
        long length = updaterState == null ? 0 : updaterState.length();
        long saved = updater == null ? 0 : updater.length();
        if (saved != length) {
            throw new IllegalStateException("updater state in the checkpoint must have the length " + length + ", got "
                    + saved + ": its updater is another one (layer \"" + stage.name() + "\", index " + stage.index()
                    + ")");
        }
        if (updater != null) {
            updaterState.assign(updater.reshape(updaterState.shape()));
        }
    }
}
