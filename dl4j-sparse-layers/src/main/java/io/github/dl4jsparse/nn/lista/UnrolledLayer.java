package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.dl4j.Workspaces;
import io.github.dl4jsparse.internal.nn.ExampleMask;
import io.github.dl4jsparse.internal.nn.InputErrors;
import io.github.dl4jsparse.nn.spi.LossParts;
import io.github.dl4jsparse.nn.spi.SparseLayer;
import io.github.dl4jsparse.nn.spi.TrainingPass;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs an unrolled encoder within DL4J's workspaces. The {@link Wiring} defines the connections of units and input;
 * internally, a code is a matrix with a column for each unit; inputs and outputs have the wiring's shape.
 *
 * @param <C> the layer's configuration
 */
abstract class UnrolledLayer<C extends ListaConf> extends SparseLayer<C> {
    private static final long serialVersionUID = 1;

    private transient PassBuffers buffers;

    UnrolledLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    /** The wiring for inputs of a shape. */
    abstract Wiring wiring(long[] inputShape);

    /** The wiring for codes of a shape. */
    abstract Wiring wiringOfCodes(long[] codeShape);

    /** The values of the further channels of an input. */
    Given given(INDArray x, Wiring wiring) {
        return Given.NOTHING;
    }

    /**
     * The mask of a code, as a column: one value per example, or one per row.
     *
     * @param x the input. Not modified.
     * @return null without a mask
     */
    INDArray codeMask(INDArray x, Wiring wiring) {
        return ExampleMask.column(maskArray, x.size(0), dataType, layerId());
    }

    @Override
    protected INDArray described(INDArray x) {
        return layerConf().givenChannels().images(x);
    }

    private WiredWeights wired(Wiring wiring, Map<String, INDArray> weights, Given given) {
        return new WiredWeights(layerConf(), wiring, weights, dataType, layerId(), given);
    }

    private WiredWeights wiredFor(INDArray x, Map<String, INDArray> weights) {
        Wiring wiring = wiring(x.shape());
        return wired(wiring, weights, given(x, wiring));
    }

    @Override
    protected TrainingPass forward(INDArray x, Map<String, INDArray> weights) {
        WiredWeights wired = wiredFor(x, weights);
        INDArray images = Workspaces.outside(() -> layerConf().givenChannels().images(x));
        long image = images.length() / images.size(0);
        buffers = PassBuffers.of(buffers, layerConf(), wired.wiring(), dataType, x.size(0), image);
        return new UnrolledPass(wired, buffers, images, codeMask(x, wired.wiring()));
    }

    @Override
    protected INDArray infer(INDArray x, Map<String, INDArray> weights, LayerWorkspaceMgr workspaces) {
        WiredWeights wired = wiredFor(x, weights);
        INDArray result = workspaces.createUninitialized(
                ArrayType.ACTIVATIONS,
                dataType,
                channelOrder().toNetwork(wired.wiring().codeShape(x.size(0))),
                'c');
        infer(wired, x, result);
        return layerOrder(result);
    }

    /**
     * The output for a batch, without arrays for a gradient.
     *
     * @param x      the input. Not modified.
     * @param result in c order and the network's order of axes. Overwritten.
     */
    private void infer(WiredWeights wired, INDArray x, INDArray result) {
        new InferencePass(wired)
                .run(
                        layerConf().givenChannels().images(x),
                        result,
                        channelOrder().isSame() ? null : this::layerOrder);
    }

    @Override
    protected LossParts energyOf(INDArray input, INDArray shapedCode) {
        WiredWeights wired = wiredFor(input, params);
        INDArray images = layerConf().givenChannels().images(input);
        LinearOperator decoder = wired.decoder();
        Penalty learned = layerConf().penaltyWith(params);
        PredictiveSparseDecomposition predictive = layerConf().getPredictive();
        INDArray found = predictive == null ? shapedCode : predictive.codeNear(decoder, learned, images, shapedCode);
        long[] matrix = {wired.wiring().rows(input.size(0)), layerConf().ownUnits()};
        INDArray residual = new Energy(decoder, learned).residual(images, found);
        return wired.parts(learned, residual, found.reshape('c', matrix), shapedCode.reshape('c', matrix));
    }

    @Override
    protected INDArray codeOf(INDArray input) {
        WiredWeights wired = wiredFor(input, params);
        INDArray result = Nd4j.createUninitialized(
                dataType, channelOrder().toNetwork(wired.wiring().codeShape(input.size(0))));
        infer(wired, input, result);
        return layerOrder(result);
    }

    @Override
    protected INDArray imageOf(INDArray shapedCode) {
        return image(wiringOfCodes(shapedCode.shape()), shapedCode);
    }

    /** {@inheritDoc} Images of several sizes may have codes of the same size. */
    @Override
    protected INDArray imageOf(INDArray shapedCode, long[] inputShape) {
        Wiring own = wiring(inputShape);
        long[] codes = own.codeShape(inputShape[0]);
        if (!Arrays.equals(codes, shapedCode.shape())) {
            String rule =
                    "that of inputs of shape " + Arrays.toString(channelOrder().toNetwork(inputShape)) + ", "
                            + Arrays.toString(channelOrder().toNetwork(codes));
            throw InputErrors.code(rule, networkOrder(shapedCode), layerId());
        }
        return image(own, shapedCode);
    }

    private INDArray image(Wiring own, INDArray code) {
        return new Energy(
                        wired(own, params, Given.NOTHING).decoder(), layerConf().getPenalty())
                .image(code);
    }

    @Override
    public INDArray penalised(INDArray code) {
        return Workspaces.outside(() -> {
            INDArray ordered = layerOrder(code).dup('c');
            long units = layerConf().ownUnits();
            return wiringOfCodes(ordered.shape()).penalised(ordered.reshape('c', ordered.length() / units, units));
        });
    }

    @Override
    public INDArray trajectory(INDArray input) {
        return Workspaces.outside(() -> {
            INDArray in = checked(input);
            WiredWeights wired = wiredFor(in, params);
            INDArray[] each =
                    InferencePass.steps(wired, layerConf().givenChannels().images(in));
            for (int t = 0; t < each.length; t++) {
                each[t] = networkOrder(wired.shaped(each[t], in.size(0)));
            }
            return Nd4j.stack(0, each);
        });
    }

    @Override
    public long codeSize() {
        return layerConf().ownUnits();
    }

    @Override
    protected LinearOperator decoderFor(INDArray x) {
        return wired(wiring(x.shape()), params, Given.NOTHING).decoder();
    }

    @Override
    public void startFrom(INDArray dictionary) {
        UnrolledParamInitializer.startFromIsta(
                layerConf(), params, requireDictionary(dictionary, layerConf().atomSize()));
    }
}
