package io.github.dl4jsparse.examples.map;

import io.github.dl4jsparse.diagnostics.TrainingMonitor;
import io.github.dl4jsparse.examples.map.MapSettings.Structure;
import io.github.dl4jsparse.examples.run.Experiment;
import io.github.dl4jsparse.examples.run.ExperimentCommand;
import io.github.dl4jsparse.examples.run.FallingRate;
import io.github.dl4jsparse.examples.run.LossCurves;
import io.github.dl4jsparse.examples.run.PretrainReport;
import io.github.dl4jsparse.examples.run.TrainingProgress;
import io.github.dl4jsparse.nn.lista.LocallyConnectedListaLayer;
import io.github.dl4jsparse.nn.lista.PredictiveSparseDecomposition;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.solver.Fista;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.Adam;
import picocli.CommandLine.Command;

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
public final class MapCommand extends ExperimentCommand<MapSettings, MapImages> {
    /** The predictor's pull on the code, small beside 1. */
    private static final double PREDICTION = 0.05;
    /** A direction for an update is enough. */
    private static final Fista SOLVER = new Fista(10, 1e-2);

    public MapCommand() {
        super(new MapSettings());
    }

    @Override
    protected MapImages data(MapSettings s, long seed) throws IOException {
        return MapImages.of(s.photographs(), s, seed);
    }

    @Override
    protected String opening(MapSettings s, MapImages images, long seed) {
        return s.opening(images.name(), seed, s.summary(Structure.MAP));
    }

    /** The network: one layer whose output is a code that its encoder predicts in one step. */
    static MultiLayerConfiguration network(MapSettings s, Structure structure, long seed) {
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(FallingRate.linear(s.learningRate(), FallingRate.TWENTIETH, s.epochs())))
                .list()
                .layer(new LocallyConnectedListaLayer.Builder(s.kernel())
                        .name(MapResult.LAYER)
                        .nOut(s.unitRows() * s.unitRows())
                        .shrinkage(Shrinkage.SOFT)
                        .gain(true)
                        .penalty(s.penalty(structure, seed))
                        .predictive(new PredictiveSparseDecomposition(PREDICTION, SOLVER))
                        .weightBorder(false)
                        .inputGradient(false)
                        .build())
                .setInputType(InputType.convolutional(s.side(), s.side(), 1))
                .build();
    }

    /** The map, and with {@code --control} two controls. */
    @Override
    protected MapResult run(MapSettings s, MapImages images, long seed, Experiment experiment) {
        TrainedMap map = train(s, Structure.MAP, images, seed, experiment);
        List<TrainedMap> controls = new ArrayList<>();
        for (Structure structure : s.control() ? List.of(Structure.L1, Structure.SHUFFLED) : List.<Structure>of()) {
            controls.add(train(s, structure, images, seed, experiment));
        }
        return new MapResult(s, images.name(), seed, map, controls);
    }

    /** One map from images to measurements. */
    private static TrainedMap train(
            MapSettings s, Structure structure, MapImages images, long seed, Experiment experiment) {
        long start = System.nanoTime();
        MultiLayerNetwork net = new MultiLayerNetwork(network(s, structure, seed));
        net.init();
        images.training().reset();
        LossCurves curves = new LossCurves();
        TrainingMonitor monitor =
                TrainingMonitor.builder(images.probe(s.side())).build();
        monitor.measureNow(net);
        long batches = (s.images() + s.batch() - 1L) / s.batch();
        try (TrainingProgress progress = experiment.progress(structure.toString(), s.epochs(), batches)) {
            LayerwisePretrainer.builder()
                    .epochs(s.epochs())
                    // new images in every epoch: nothing is to be kept
                    .memoryBudget(0)
                    .listener(new PretrainReport(progress, curves))
                    .listener(monitor.pretraining(net))
                    .build()
                    .fit(net, images.training());
        }
        MapMeasurement measured = MapMeasurement.of(net, s, images.heldOut(), seed, experiment.out());
        return new TrainedMap(
                structure,
                net,
                curves,
                monitor.history(),
                measured,
                measured.numbers((System.nanoTime() - start) / 1e9));
    }
}
