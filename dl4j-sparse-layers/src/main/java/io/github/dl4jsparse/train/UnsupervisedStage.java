package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.dl4j.Stage;
import io.github.dl4jsparse.nn.spi.SparseLayerConf;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInitXavier;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * One {@link Stage} of a network, to be trained without labels by any tool that trains networks: several threads,
 * Spark, early stopping.
 * <p>\[ L = \tfrac12 \lVert x - D z(x) \rVert_2^2 + \mathrm{penalty}(z(x)) \]
 * where x is the layer's input, which the layers below compute in inference mode, z its code and D its dictionary. The
 * {@link #network} is the layer with an unsupervised weight of 1 below a {@link NoLoss}, a copy that shares nothing
 * with the original network; its score is L plus the regularisation. {@link #inputs} are its data, {@link #copyBack}
 * copies the trained parameters into the layer. A stack is trained from the lowest stage up, each stage after the one
 * below is copied back:
 * <pre>{@code
 * UnsupervisedStage stage = UnsupervisedStage.of(net, 0);
 * MultiLayerNetwork alone = stage.network();
 * alone.fit(stage.inputs(data), epochs);                  // or ParallelWrapper, Spark, ...
 * stage.copyBack(alone);
 * }</pre>
 * <p>On one thread, with the same batches in the same order, this ends with the parameters of a {@link LayerwisePretrainer}; where
 * batch normalisation lies below, after {@link RunningStatistics#estimateBelow}.
 * Labels and masks of the data are not used.
 * <p>Errors: {@code IllegalArgumentException} for a layer without an unsupervised loss of this library, and for a
 * trained network that does not fit the layer.
 * <p>Reference: Bengio, Lamblin, Popovici and Larochelle, Greedy layer-wise training of deep networks, NIPS 2006.
 */
public final class UnsupervisedStage {
    private final Stage stage;
    private final SparseLayerConf conf;
    private boolean checked;

    private UnsupervisedStage(Stage stage) {
        if (!(stage.layer().conf().getLayer() instanceof SparseLayerConf sparse)) {
            throw Args.failure(
                    "layer \"" + stage.name() + "\"",
                    "one with an unsupervised loss in fit()",
                    stage.layer().getClass().getSimpleName());
        }
        this.stage = stage;
        this.conf = sparse;
    }

    /**
     * A layer of a network.
     *
     * @param net   initialised. Not modified but by {@link #copyBack}.
     * @param layer index of the layer
     * @throws IllegalArgumentException if there is no such layer that can be pre-trained
     */
    public static UnsupervisedStage of(MultiLayerNetwork net, int layer) {
        return of(Net.of(net).trained(layer));
    }

    /**
     * A layer of a network of either kind.
     *
     * @param net   initialised
     * @param layer name of the layer, which can be pre-trained; its index in a network where it has none
     */
    public static UnsupervisedStage of(Model net, String layer) {
        return of(Net.of(net).trained(layer));
    }

    private static UnsupervisedStage of(Stage stage) {
        return new UnsupervisedStage(stage);
    }

    /**
     * The layer with its present parameters, below an output without a loss: a new network, initialised, with copies of
     * the parameters, an updater without history, and the counts of iterations and epochs that the layer was
     * pre-trained. Its {@code toComputationGraph()} is the same as a graph.
     */
    public MultiLayerNetwork network() {
        Layer layer = stage.layer();
        NeuralNetConfiguration encoder = configuration(conf.withUnsupervisedWeight(1));
        NeuralNetConfiguration output = configuration(new LossLayer.Builder(new NoLoss())
                .activation(Activation.IDENTITY)
                // without these, DL4J would read its file as one of an old version
                .updater(new NoOp())
                .weightInit(new WeightInitXavier())
                .build());
        MultiLayerConfiguration both = new MultiLayerConfiguration.Builder()
                .confs(List.of(encoder, output))
                .dataType(layer.params().dataType())
                .build();
        both.setIterationCount(layer.conf().getIterationCount());
        both.setEpochCount(layer.conf().getEpochCount());
        MultiLayerNetwork net = new MultiLayerNetwork(both);
        net.init();
        Map<String, INDArray> target = net.getLayer(0).paramTable(false);
        LayerReplacement.copyCommon(layer.paramTable(false), target);
        return net;
    }

    private NeuralNetConfiguration configuration(org.deeplearning4j.nn.conf.layers.Layer layer) {
        NeuralNetConfiguration copy = stage.layer().conf().clone();
        copy.clearVariables();
        copy.setLayer(layer);
        return copy;
    }

    /**
     * The layer's input for one batch, with the labels that DL4J requires, here zeros {@code [batch, 1]}; their values
     * are not used.
     *
     * @param features one array an input of the network. Not modified.
     * @return the features themselves where the layer is the first, a new array otherwise
     * @throws IllegalStateException if batch normalisation below the layer has the statistics of a new layer, see
     *                               {@link RunningStatistics}
     */
    public DataSet input(INDArray... features) {
        if (!checked) {
            RunningStatistics.require(stage);
            checked = true;
        }
        INDArray input = stage.inputOf(Args.given("features", features));
        return new DataSet(input, Nd4j.zeros(input.dataType(), input.size(0), 1));
    }

    /**
     * The layer's inputs, batch by batch, each computed with the parameters that the layers below have when it is read.
     *
     * @param data features of a network with one input. Used up.
     */
    public DataSetIterator inputs(DataSetIterator data) {
        return inputs(new MultiDataSetIteratorAdapter(Args.given("data", data)));
    }

    /**
     * The layer's inputs, batch by batch, each computed with the parameters that the layers below have when it is read.
     *
     * @param data features of every input of the network. Used up.
     */
    public DataSetIterator inputs(MultiDataSetIterator data) {
        return new StageDataSets(Args.given("data", data), batch -> input(batch.getFeatures()));
    }

    /**
     * Puts the parameters of a trained {@link #network} into the layer, and its counts of iterations and epochs into the
     * layer's configuration. All other layers, and the updater and the counts of the network that the layer belongs to, stay
     * as they are.
     *
     * @param trained from {@link #network}, or read back from its file. Not modified.
     * @throws IllegalArgumentException if it is another network or has parameters of other shapes, in which case
     *      nothing is copied
     */
    public void copyBack(MultiLayerNetwork trained) {
        Layer layer = stage.layer();
        if (Args.given("trained", trained).getnLayers() != 2
                || !trained.getLayer(0).getClass().equals(layer.getClass())) {
            throw Args.failure(
                    "trained",
                    "the network of " + place(),
                    trained.getnLayers() + " layers, the first a "
                            + trained.getLayer(0).getClass().getSimpleName());
        }
        Map<String, INDArray> source = trained.getLayer(0).paramTable(false);
        Map<String, INDArray> target = layer.paramTable(false);
        if (!source.keySet().equals(target.keySet())) {
            throw Args.failure(
                    "trained", "a network with the parameters " + target.keySet() + " of " + place(), source.keySet());
        }
        target.forEach((name, array) -> {
            if (!Arrays.equals(source.get(name).shape(), array.shape())) {
                throw Args.failure(
                        "trained",
                        "a network with \"" + name + "\" " + Arrays.toString(array.shape()) + " as " + place(),
                        Arrays.toString(source.get(name).shape()));
            }
        });
        LayerReplacement.copyCommon(source, target);
        layer.conf().setIterationCount(trained.getLayerWiseConfigurations().getIterationCount());
        layer.conf().setEpochCount(trained.getLayerWiseConfigurations().getEpochCount());
    }

    private String place() {
        return "layer \"" + stage.name() + "\" (" + stage.layer().getClass().getSimpleName() + ")";
    }
}
