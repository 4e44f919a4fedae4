package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.examples.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.SerializationFeature;

/**
 * What is done so far, a file for each row and number of labels, so that a run that was interrupted can go on.
 *
 * @param directory of the files
 * @param run       all that the outcomes depend on besides the row: outcomes of another run are not taken
 */
record FinishedRows(RunDirectory directory, String run) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** The file of a row with a number of labels. */
    Path file(String name, int labels) {
        return directory.path().resolve(fileName(name, labels));
    }

    private static String fileName(String name, int labels) {
        String words = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return words + "-" + labels + ".json";
    }

    /** Keeps what a row came to. */
    void write(Contender<?> contender, Outcome outcome) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("run", run(contender));
        values.put("accuracies", outcome.accuracies());
        values.put("seconds", outcome.seconds());
        values.put(
                "trials",
                outcome.trials().stream()
                        .map(trial -> Map.of("setting", trial.setting().values(), "validation", trial.validation()))
                        .toList());
        byte[] bytes = JSON.writeValueAsBytes(values);
        directory.write(fileName(contender.name(), outcome.labels()), out -> out.write(bytes));
    }

    /**
     * What a row came to in an earlier run; empty if it was not finished, or has been run with other options.
     *
     * @throws IOException if its file can't be read; the message names it
     */
    Optional<Outcome> read(Contender<?> contender, int labels) throws IOException {
        Path file = file(contender.name(), labels);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonNode values;
        try {
            values = JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new IOException(file + " can't be read: " + e.getMessage() + "; delete it to run its row anew", e);
        }
        if (!values.path("run").asText().equals(run(contender))) {
            return Optional.empty();
        }
        List<Double> accuracies = new ArrayList<>();
        values.path("accuracies").forEach(accuracy -> accuracies.add(accuracy.asDouble()));
        List<Trial> trials = new ArrayList<>();
        values.path("trials").forEach(trial -> trials.add(trial(trial)));
        double seconds = values.path("seconds").asDouble();
        return Optional.of(new Outcome(contender.name(), contender.kind(), labels, trials, accuracies, seconds));
    }

    private static Trial trial(JsonNode values) {
        Map<String, Double> setting = new LinkedHashMap<>();
        values.path("setting")
                .fields()
                .forEachRemaining(
                        value -> setting.put(value.getKey(), value.getValue().asDouble()));
        return new Trial(new Setting(setting), values.path("validation").asDouble());
    }

    private String run(Contender<?> contender) {
        return run + "; " + contender.grid();
    }
}
