package io.github.dl4jsparse.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.GraphConfig;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.MLNConfig;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.PrintMode;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** A network of either of DL4J's kinds, which have no common interface for most of this: one test serves for both. */
public interface AnyNetwork {
    /** The network itself. */
    Model model();

    /** The configuration, which compares by value. */
    Object configuration();

    /** The configuration after JSON, and after YAML. */
    Stream<Object> copiesOfTheConfiguration();

    /** A new network of a configuration. */
    AnyNetwork initialised(Object configuration);

    /** The network that DL4J reads back from a file. */
    AnyNetwork restored(ByteArrayInputStream file) throws IOException;

    /** The output in inference mode. */
    INDArray output(INDArray x);

    /** The score of a batch. */
    double score(DataSet data, boolean training);

    /** One iteration. */
    default void fit(DataSet data) {
        ((NeuralNetwork) model()).fit(data);
    }

    /** The state of the updater. */
    default INDArray updaterState() {
        return ((NeuralNetwork) model()).updaterState();
    }

    /** The layers in the order of their indices. */
    Layer[] layers();

    /** Computes score and gradients of a batch without an update; the gradients are in the layers' views, summed. */
    void computeGradients(DataSet data);

    /** The same, and what the updater makes of them in place: means over the batch, normalised, with weight penalties. */
    void computeUpdates(DataSet data);

    /** Whether the gradients agree with finite differences. */
    boolean gradientsPass(INDArray x, INDArray labels, INDArray mask);

    /** A mask of examples as the labels have it, {@code [batch, 1]}; of time steps, the examples with any. */
    private static INDArray ofLabels(INDArray mask) {
        if (mask == null) {
            return null;
        }
        INDArray examples = mask.length() == mask.size(0) ? mask : mask.max(1);
        return examples.reshape(mask.size(0), 1);
    }

    /** The parameters. */
    default INDArray params() {
        return model().params();
    }

    /** The network after it was written to a file and read back. */
    default AnyNetwork saved() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ModelSerializer.writeModel(model(), bytes, true);
        return restored(new ByteArrayInputStream(bytes.toByteArray()));
    }

    /** A MultiLayerNetwork. */
    record Stack(MultiLayerNetwork model) implements AnyNetwork {
        @Override
        public Object configuration() {
            return model.getLayerWiseConfigurations();
        }

        @Override
        public Stream<Object> copiesOfTheConfiguration() {
            MultiLayerConfiguration conf = model.getLayerWiseConfigurations();
            return Stream.of(
                    MultiLayerConfiguration.fromJson(conf.toJson()), MultiLayerConfiguration.fromYaml(conf.toYaml()));
        }

        @Override
        public AnyNetwork initialised(Object configuration) {
            MultiLayerNetwork net = new MultiLayerNetwork((MultiLayerConfiguration) configuration);
            net.init();
            return new Stack(net);
        }

        @Override
        public AnyNetwork restored(ByteArrayInputStream file) throws IOException {
            return new Stack(ModelSerializer.restoreMultiLayerNetwork(file, true));
        }

        @Override
        public INDArray output(INDArray x) {
            return model.output(x);
        }

        @Override
        public double score(DataSet data, boolean training) {
            return model.score(data, training);
        }

        @Override
        public Layer[] layers() {
            return model.getLayers();
        }

        @Override
        public void computeGradients(DataSet data) {
            model.setInput(data.getFeatures());
            model.setLabels(data.getLabels());
            model.setLayerMaskArrays(data.getFeaturesMaskArray(), data.getLabelsMaskArray());
            model.computeGradientAndScore();
            model.clearLayerMaskArrays();
        }

        @Override
        public void computeUpdates(DataSet data) {
            computeGradients(data);
            model.getUpdater()
                    .update(model, model.gradient(), 0, 0, data.numExamples(), LayerWorkspaceMgr.noWorkspaces());
        }

        @Override
        public boolean gradientsPass(INDArray x, INDArray labels, INDArray mask) {
            return GradientCheckUtil.checkGradients(new MLNConfig()
                    .net(model)
                    .input(x)
                    .labels(labels)
                    .inputMask(mask)
                    .labelMask(AnyNetwork.ofLabels(mask))
                    .callEachIter(LayerFixture.resetRandom())
                    .exitOnFirstError(true)
                    .print(PrintMode.FAILURES_ONLY)
                    .epsilon(LayerGradientContract.STEP)
                    .maxRelError(LayerGradientContract.RELATIVE_ERROR)
                    .minAbsoluteError(LayerGradientContract.ABSOLUTE_ERROR));
        }
    }

    /** A ComputationGraph of one input and one output. */
    record Graph(ComputationGraph model) implements AnyNetwork {
        @Override
        public Object configuration() {
            return model.getConfiguration();
        }

        @Override
        public Stream<Object> copiesOfTheConfiguration() {
            ComputationGraphConfiguration conf = model.getConfiguration();
            return Stream.of(
                    ComputationGraphConfiguration.fromJson(conf.toJson()),
                    ComputationGraphConfiguration.fromYaml(conf.toYaml()));
        }

        @Override
        public AnyNetwork initialised(Object configuration) {
            ComputationGraph net = new ComputationGraph((ComputationGraphConfiguration) configuration);
            net.init();
            return new Graph(net);
        }

        @Override
        public AnyNetwork restored(ByteArrayInputStream file) throws IOException {
            return new Graph(ModelSerializer.restoreComputationGraph(file, true));
        }

        @Override
        public INDArray output(INDArray x) {
            return model.outputSingle(x);
        }

        @Override
        public double score(DataSet data, boolean training) {
            return model.score(data, training);
        }

        @Override
        public Layer[] layers() {
            return model.getLayers();
        }

        @Override
        public void computeGradients(DataSet data) {
            model.setInputs(data.getFeatures());
            model.setLabels(data.getLabels());
            model.setLayerMaskArrays(masks(data.getFeaturesMaskArray()), masks(data.getLabelsMaskArray()));
            model.computeGradientAndScore();
            model.clearLayerMaskArrays();
        }

        @Override
        public void computeUpdates(DataSet data) {
            computeGradients(data);
            model.getUpdater().update(model.gradient(), 0, 0, data.numExamples(), LayerWorkspaceMgr.noWorkspaces());
        }

        private static INDArray[] masks(INDArray mask) {
            return mask == null ? null : new INDArray[] {mask};
        }

        @Override
        public boolean gradientsPass(INDArray x, INDArray labels, INDArray mask) {
            INDArray[] masks = mask == null ? null : new INDArray[] {mask};
            INDArray[] labelMasks = mask == null ? null : new INDArray[] {AnyNetwork.ofLabels(mask)};
            return GradientCheckUtil.checkGradients(new GraphConfig()
                    .net(model)
                    .inputs(new INDArray[] {x})
                    .labels(new INDArray[] {labels})
                    .inputMask(masks)
                    .labelMask(labelMasks)
                    .callEachIter(LayerFixture.resetRandom())
                    .exitOnFirstError(true)
                    .print(PrintMode.FAILURES_ONLY)
                    .epsilon(LayerGradientContract.STEP)
                    .maxRelError(LayerGradientContract.RELATIVE_ERROR)
                    .minAbsoluteError(LayerGradientContract.ABSOLUTE_ERROR));
        }
    }
}
