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

    /** The values of the auxiliary channels of an input. */
    AuxiliaryInput auxiliary(INDArray x, Wiring wiring) {
        return AuxiliaryInput.NONE;
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
    protected INDArray reconstructedPart(INDArray x) {
        return layerConf().auxiliaryChannels().images(x);
    }

    private LayerOperators operators(Wiring wiring, Map<String, INDArray> weights, AuxiliaryInput auxiliary) {
        return new LayerOperators(layerConf(), wiring, weights, dataType, layerId(), auxiliary);
    }

    private LayerOperators wiredFor(INDArray x, Map<String, INDArray> weights) {
        Wiring wiring = wiring(x.shape());
        return operators(wiring, weights, auxiliary(x, wiring));
    }

    @Override
    protected TrainingPass forward(INDArray x, Map<String, INDArray> weights) {
        LayerOperators operators = wiredFor(x, weights);
        INDArray images =
                Workspaces.outside(() -> layerConf().auxiliaryChannels().images(x));
        long image = images.length() / images.size(0);
        buffers = PassBuffers.of(buffers, layerConf(), operators.wiring(), dataType, x.size(0), image);
        return new UnrolledPass(operators, buffers, images, codeMask(x, operators.wiring()));
    }

    @Override
    protected INDArray infer(INDArray x, Map<String, INDArray> weights, LayerWorkspaceMgr workspaces) {
        LayerOperators operators = wiredFor(x, weights);
        INDArray result = workspaces.createUninitialized(
                ArrayType.ACTIVATIONS,
                dataType,
                channelOrder().toNetwork(operators.wiring().codeShape(x.size(0))),
                'c');
        infer(operators, x, result);
        return layerOrder(result);
    }

    /**
     * The output for a batch, without arrays for a gradient.
     *
     * @param x      the input. Not modified.
     * @param result in c order and the network's order of axes. Overwritten.
     */
    private void infer(LayerOperators operators, INDArray x, INDArray result) {
        new InferencePass(operators)
                .run(
                        layerConf().auxiliaryChannels().images(x),
                        result,
                        channelOrder().isSame() ? null : this::layerOrder);
    }

    @Override
    protected LossParts energyOf(INDArray input, INDArray shapedCode) {
        LayerOperators operators = wiredFor(input, params);
        INDArray images = layerConf().auxiliaryChannels().images(input);
        LinearOperator decoder = operators.decoder();
        Penalty learned = layerConf().penaltyWith(params);
        PredictiveSparseDecomposition predictive = layerConf().getPredictive();
        INDArray found = predictive == null ? shapedCode : predictive.codeNear(decoder, learned, images, shapedCode);
        long[] matrix = {operators.wiring().rows(input.size(0)), layerConf().ownUnits()};
        INDArray residual = new Energy(decoder, learned).residual(images, found);
        return operators.parts(learned, residual, found.reshape('c', matrix), shapedCode.reshape('c', matrix));
    }

    @Override
    protected INDArray codeOf(INDArray input) {
        LayerOperators operators = wiredFor(input, params);
        INDArray result = Nd4j.createUninitialized(
                dataType, channelOrder().toNetwork(operators.wiring().codeShape(input.size(0))));
        infer(operators, input, result);
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
                        operators(own, params, AuxiliaryInput.NONE).decoder(),
                        layerConf().getPenalty())
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
            LayerOperators operators = wiredFor(in, params);
            INDArray[] each = InferencePass.steps(
                    operators, layerConf().auxiliaryChannels().images(in));
            for (int t = 0; t < each.length; t++) {
                each[t] = networkOrder(operators.shaped(each[t], in.size(0)));
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
        return operators(wiring(x.shape()), params, AuxiliaryInput.NONE).decoder();
    }

    @Override
    public void startFrom(INDArray dictionary) {
        UnrolledParamInitializer.startFromIsta(
                layerConf(), params, requireDictionary(dictionary, layerConf().atomSize()));
    }
}
