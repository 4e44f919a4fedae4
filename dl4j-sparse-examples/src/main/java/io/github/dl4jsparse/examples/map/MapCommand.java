package io.github.dl4jsparse.examples.map;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.diagnostics.TrainingHistory;
import io.github.dl4jsparse.diagnostics.TrainingMonitor;
import io.github.dl4jsparse.diagnostics.TrainingReport;
import io.github.dl4jsparse.examples.map.MapSettings.Structure;
import io.github.dl4jsparse.examples.picture.LossChart;
import io.github.dl4jsparse.examples.run.FallingRate;
import io.github.dl4jsparse.examples.run.LossCurves;
import io.github.dl4jsparse.examples.run.PretrainReport;
import io.github.dl4jsparse.examples.run.ResultJson;
import io.github.dl4jsparse.examples.run.RunDirectory;
import io.github.dl4jsparse.examples.run.TrainingProgress;
import io.github.dl4jsparse.nn.lista.LocallyConnectedListaLayer;
import io.github.dl4jsparse.nn.lista.PredictiveSparseDecomposition;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.solver.Fista;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.Adam;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Grows a map of orientations with pinwheels: every unit has a filter of its own on its own patch of the image, and a penalty over
 * overlapping windows of the map makes neighbours alike.
 * <p>\[ \min_z \tfrac12 \lVert x - \sum_u D_u z_u \rVert_2^2 + \lambda \sum_w \sqrt{\epsilon + \sum_{u \in w} g_{wu} z_u^2} +
 * \tfrac{\alpha}{2} \lVert z - F(x) \rVert_2^2, \qquad \lVert D_u \rVert_2 \le 1 \]
 * where w runs over the windows, g are their Gaussian weights and F is the encoder, which is regressed on the solution z.
 * <p>Start reading at {@link #network}, then {@link #run}.
 * <p>Reference: Gregor and LeCun, Emergence of complex-like cells in a temporal product network with local receptive fields,
 * arXiv:1006.0448, 2010.
 */
@Command(
        name = "map",
        description = {
            "Grows a map of orientations from natural images, with filters that are not shared.",
            "It writes the pictures one by one and as report.html, how it learned as training.html, "
                    + "result.json and the network."
        })
public final class MapCommand implements Callable<Integer> {
    private static final String MAP = "map";
    /** The predictor's pull on the code, small beside 1. */
    private static final double PREDICTION = 0.05;
    /** A direction for an update is enough. */
    private static final Fista SOLVER = new Fista(10, 1e-2);

    @Mixin
    private MapOptions options;

    @Spec
    private CommandSpec spec;

    /** The network: one layer whose output is a code that its encoder predicts in one step. */
    static MultiLayerConfiguration network(MapSettings s, long seed) {
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(FallingRate.linear(s.learningRate(), FallingRate.TWENTIETH, s.epochs())))
                .list()
                .layer(new LocallyConnectedListaLayer.Builder(s.kernel())
                        .name(MAP)
                        .nOut(s.unitRows() * s.unitRows())
                        .shrinkage(Shrinkage.SOFT)
                        .gain(true)
                        .penalty(s.penalty(seed))
                        .predictive(new PredictiveSparseDecomposition(PREDICTION, SOLVER))
                        .weightBorder(false)
                        .inputGradient(false)
                        .build())
                .setInputType(InputType.convolutional(s.side(), s.side(), 1))
                .build();
    }

    /** One map from images to measurements. */
    private MapRun run(MapSettings s, MapImages images, long seed) {
        long start = System.nanoTime();
        MultiLayerNetwork net = new MultiLayerNetwork(network(s, seed));
        net.init();
        images.training().reset();
        LossCurves curves = new LossCurves();
        TrainingMonitor monitor =
                TrainingMonitor.builder(images.probe(s.side())).build();
        monitor.measureNow(net);
        long batches = (s.images() + s.batch() - 1L) / s.batch();
        try (TrainingProgress progress = new TrainingProgress(s.structure().toString(), s.epochs(), batches, out())) {
            LayerwisePretrainer.builder()
                    .epochs(s.epochs())
                    // new images in every epoch: nothing is to be kept
                    .memoryBudget(0)
                    .listener(new PretrainReport(progress, curves))
                    .listener(monitor.pretraining(net))
                    .build()
                    .fit(net, images.training());
        }
        MapMeasurement measured = MapMeasurement.of(net, s, images.heldOut(), seed, out());
        return new MapRun(
                s, net, curves, monitor.history(), measured, measured.numbers((System.nanoTime() - start) / 1e9));
    }

    /** One trained map. */
    private record MapRun(
            MapSettings settings,
            MultiLayerNetwork net,
            LossCurves curves,
            TrainingHistory history,
            MapMeasurement measured,
            MapMeasurement.Numbers numbers) {
        MapPictures pictures() {
            return new MapPictures(settings, measured);
        }

        TrainingReport training() {
            return new TrainingReport("A map of orientations while it is learned", history)
                    .filters(
                            MAP,
                            measured.filters(),
                            settings.kernel(),
                            settings.kernel(),
                            measured.map().grid());
        }

        String summary() {
            MapMeasurement.Numbers n = numbers;
            return String.format(
                    Locale.ROOT,
                    "%s: %s, %s, %d + %d of %d pinwheels beyond chance%s, coverage "
                            + "%.2f, %.0f %% oriented, invariance %.2f (shifts) %.2f (phase), %.0f s",
                    settings.structure(),
                    n.neighbours(),
                    Double.isNaN(n.columnSpacing())
                            ? "no column spacing"
                            : String.format(Locale.ROOT, "columns %.1f units apart", n.columnSpacing()),
                    n.positivePinwheels(),
                    n.negativePinwheels(),
                    n.pinwheelsAndChance(),
                    Double.isNaN(n.pinwheelDensity())
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    " (all: %.2f per squared spacing, random %.2f)",
                                    n.pinwheelDensity(),
                                    n.randomDensity()),
                    n.orientationCoverage(),
                    100 * n.orientedFraction(),
                    n.invarianceRatio(),
                    n.phaseInvarianceRatio(),
                    n.seconds());
        }
    }

    /** The command: everything that can be wrong with its options is found out before the training. */
    @Override
    public Integer call() throws IOException {
        MapSettings settings = options.settings();
        RunDirectory directory = RunDirectory.open(options.out());
        MapImages images = options.images(settings);
        long seed = options.seed();
        out().println("Learning from " + images.name() + ", seed " + seed + " (" + settings.summary() + ")");
        out().flush();
        MapRun run = run(settings, images, seed);
        ResultJson result = new ResultJson(
                        "map", images.name(), seed, settings, run.numbers().seconds())
                .with(run.numbers());
        HtmlReport page = new HtmlReport("A map of orientations");
        page.paragraph("Learned from " + images.name() + ", seed " + seed + ".");
        run.pictures().addTo(page, "Windows over the map", run.numbers());
        run.pictures().write(directory, "");
        directory.write("energy.png", LossChart.drawUnlabelled(run.curves()));
        directory.write("map.zip", run.net());
        run.training().write(directory.path().resolve("training.html"));
        out().println(run.summary());
        out().flush();
        if (options.control()) {
            Map<String, Object> control = new LinkedHashMap<>();
            for (Structure structure : new Structure[] {Structure.L1, Structure.SHUFFLED}) {
                MapRun other = run(settings.withStructure(structure), images, seed);
                control.put(structure.toString(), ResultJson.keys(other.numbers()));
                other.pictures().addTo(page, "Control: " + structure, other.numbers());
                other.pictures().write(directory, structure + "-");
                out().println(other.summary());
                out().flush();
            }
            result.with("control", control);
        }
        page.write(directory.path().resolve("report.html"));
        directory.write("result.json", result);
        out().println("Results are in " + directory.path());
        out().flush();
        return 0;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
