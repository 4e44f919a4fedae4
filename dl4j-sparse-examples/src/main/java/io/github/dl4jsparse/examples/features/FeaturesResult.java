package io.github.dl4jsparse.examples.features;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.examples.run.Result;
import io.github.dl4jsparse.examples.run.RunDirectory;
import io.github.dl4jsparse.task.data.ExampleSet;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The result of a run of {@code features}.
 *
 * @param embeddings rows of embeddings.csv, at most
 */
record FeaturesResult(FeaturesRun run, int embeddings) implements Result {
    /** One row of the table; a single draw has no deviation. */
    private record Way(String name, double mean, Double deviation, List<Double> accuracies) {}

    @Override
    public String data() {
        return run.data().name();
    }

    @Override
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("images", run.data().all().size());
        figures.put("classes", run.learner().classes());
        figures.put("accuracy", run.measured().get(0).mean());
        figures.put(
                "accuracies",
                run.measured().stream()
                        .map(way -> new Way(
                                way.name(),
                                way.mean(),
                                way.accuracies().size() == 1 ? null : Double.valueOf(way.deviation()),
                                way.accuracies()))
                        .toList());
        if (run.first().test() != null) {
            figures.put(
                    "confusion", confusion(run.learner().evaluate(run.first().test())));
        }
        return figures;
    }

    @Override
    public void write(RunDirectory directory) throws IOException {
        run.learner().save(directory.file("features.zip"));
        ExampleSet measured = run.first().test();
        if (measured != null) {
            directory.write(
                    "confusion.png",
                    FeaturesPictures.confusion(
                            run.learner().evaluate(measured), run.learner().classes()));
        }
        directory.write("filters.png", FeaturesPictures.filters(run.learner()));
        ExampleSet shown = measured == null ? run.first().labelled() : measured;
        directory.write("neighbours.png", FeaturesPictures.neighbours(run.learner(), first(shown)));
        directory.write("embeddings.csv", this::writeEmbeddings);
    }

    @Override
    public String claim() {
        return new FeaturesPage(run).claim();
    }

    @Override
    public void show(HtmlReport page) {
        new FeaturesPage(run).addTo(page);
    }

    @Override
    public String summary() {
        int all = run.data().all().size();
        return all <= embeddings
                ? run.summary()
                : run.summary() + System.lineSeparator() + "embeddings.csv has the first " + embeddings + " of " + all
                        + " images (--embeddings " + all + " for all)";
    }

    private List<List<Integer>> confusion(Evaluation evaluation) {
        int classes = run.learner().classes().size();
        return IntStream.range(0, classes)
                .mapToObj(actual -> IntStream.range(0, classes)
                        .mapToObj(answer -> evaluation.getConfusionMatrix().getCount(actual, answer))
                        .toList())
                .toList();
    }

    private ExampleSet first(ExampleSet images) {
        return images.size() <= embeddings
                ? images
                : images.select(IntStream.range(0, embeddings).toArray());
    }

    /** A line for each image: its name, the answer, then its features. */
    private void writeEmbeddings(OutputStream out) throws IOException {
        ExampleSet images = first(run.data().all());
        INDArray features = run.learner().embed(images.features());
        List<String> answers = run.learner().classify(images.features());
        BufferedWriter lines = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        lines.write("image,answer");
        for (int j = 1; j <= features.size(1); j++) {
            lines.write(",f" + j);
        }
        lines.write('\n');
        for (int i = 0; i < images.size(); i++) {
            lines.write(quoted(images.names().get(i)) + ',' + quoted(answers.get(i)));
            for (float value : features.getRow(i).toFloatVector()) {
                lines.write(',');
                lines.write(value == 0 ? "0" : String.format(Locale.ROOT, "%.5g", value));
            }
            lines.write('\n');
        }
        lines.flush();
    }

    private static String quoted(String text) {
        return text.matches("[\\w ./-]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
