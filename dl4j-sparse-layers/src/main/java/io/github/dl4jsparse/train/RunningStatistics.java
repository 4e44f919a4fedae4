package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.ChannelMoments;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.dl4j.Stage;
import java.util.List;
import java.util.function.Predicate;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets mean and variance of DL4J's batch normalisation from data, before any layer is trained on its output.
 * <p>\[ \mu_c = \frac{1}{n} \sum_{i=1}^{n} x_{ic}, \qquad \sigma_c^2 = \frac{1}{n} \sum_{i=1}^{n} (x_{ic} - \mu_c)^2 \]
 * where c is a channel and i runs over all examples, and over all positions of an image. A new layer has mean 0 and
 * variance 1 and learns its statistics in {@code fit()}; until then it does not change values. Layers are processed
 * from the input up, each on the output of those below it, with one pass over the data for each. Frozen layers are not
 * changed.
 * <p>A {@link LayerwisePretrainer} does this automatically. It is required before {@link UnsupervisedStage#inputs}.
 * <p>Errors: {@code IllegalArgumentException} for data that are not finite, in which case nothing is written.
 * <p>Reference: Ioffe and Szegedy, Batch normalization: accelerating deep network training by reducing internal covariate shift,
 * ICML 2015, for the population statistics.
 */
public final class RunningStatistics {
    private static final Logger log = LoggerFactory.getLogger(RunningStatistics.class);

    private RunningStatistics() {}

    /**
     * Estimates the statistics of all batch normalisation layers of a network.
     *
     * @param net  initialised. Its means and variances are modified in place.
     * @param data features; labels and masks are not used
     * @return the number of these layers
     */
    public static int estimate(MultiLayerNetwork net, DataSetIterator data) {
        return estimate(Net.of(net), layer -> true, adapt(data));
    }

    /**
     * Estimates the statistics of all batch normalisation layers of a graph.
     *
     * @param graph initialised. Its means and variances are modified in place.
     * @param data  features of every input; labels and masks are not used
     * @return the number of these layers
     */
    public static int estimate(ComputationGraph graph, MultiDataSetIterator data) {
        return estimate(Net.of(graph), layer -> true, data);
    }

    /**
     * Estimates the statistics of the batch normalisation layers below one layer.
     *
     * @param net   initialised. Means and variances are modified in place.
     * @param layer index of the layer, which can be pre-trained
     * @param data  features; labels and masks are not used
     * @return the number of layers below that have statistics
     */
    public static int estimateBelow(MultiLayerNetwork net, int layer, DataSetIterator data) {
        return estimateBelow(Net.of(net).trained(layer), adapt(data));
    }

    /**
     * Estimates the statistics of the batch normalisation layers that one layer of a network of either kind depends on.
     *
     * @param net   initialised. Means and variances are modified in place.
     * @param layer name of the layer, which can be pre-trained; its index in a network where it has none
     * @param data  features of every input; labels and masks are not used
     * @return the number of layers below that have statistics
     */
    public static int estimateBelow(Model net, String layer, MultiDataSetIterator data) {
        return estimateBelow(Net.of(net).trained(layer), data);
    }

    private static int estimateBelow(Stage stage, MultiDataSetIterator data) {
        return estimate(stage.net(), stage::isAbove, data);
    }

    /**
     * Estimates the statistics of layers below a stage that are not below an earlier stage, whose statistics have been
     * estimated before.
     */
    static void estimateBetween(Stage stage, MultiDataSetIterator data) {
        Predicate<Stage> wanted = stage::isAbove;
        for (Stage earlier : stage.net().stages()) {
            if (earlier.layer() == stage.layer()) {
                break;
            }
            wanted = wanted.and(site -> !earlier.isAbove(site));
        }
        estimate(stage.net(), wanted, data);
    }

    /**
     * Refuses a stage above batch normalisation without statistics.
     *
     * @throws IllegalStateException if there is one, with the remedy
     */
    static void require(Stage stage) {
        for (Stage site : sites(stage.net())) {
            if (stage.isAbove(site) && ChannelMoments.isNew(site.layer())) {
                throw new IllegalStateException("batch normalisation \"" + site.name() + "\" below layer \""
                        + stage.name()
                        + "\" must have the mean and the variance of its data, got those of a new layer, 0"
                        + " and 1: call RunningStatistics.estimateBelow after the layers below it are trained, or fit() the"
                        + " network first");
            }
        }
    }

    private static MultiDataSetIterator adapt(DataSetIterator data) {
        return new MultiDataSetIteratorAdapter(Args.given("data", data));
    }

    private static List<Stage> sites(Net<?> net) {
        return net.stages(false, ChannelMoments::isFor);
    }

    private static int estimate(Net<?> net, Predicate<Stage> wanted, MultiDataSetIterator data) {
        Args.given("data", data);
        List<Stage> chosen = sites(net).stream().filter(wanted).toList();
        if (!chosen.isEmpty() && !data.resetSupported()) {
            throw Args.failure(
                    "data",
                    "an iterator with reset(), as batch normalisation takes a pass of its own",
                    data.getClass().getName());
        }
        for (Stage site : chosen) {
            ChannelMoments moments = new ChannelMoments(site.layer());
            data.reset();
            while (data.hasNext()) {
                moments.add(site.inputOf(data.next().getFeatures()));
            }
            moments.write(site.name());
            log.info("batch normalisation {}: mean and variance of {} values a channel", site.name(), moments.count());
        }
        return chosen.size();
    }
}
