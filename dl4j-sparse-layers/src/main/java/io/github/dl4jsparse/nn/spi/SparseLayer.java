package io.github.dl4jsparse.nn.spi;

import io.github.dl4jsparse.internal.backend.SerialNative;
import io.github.dl4jsparse.internal.dl4j.Workspaces;
import io.github.dl4jsparse.internal.math.Finite;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.Norms;
import io.github.dl4jsparse.internal.nn.InputScale;
import io.github.dl4jsparse.internal.nn.LayerLoss;
import io.github.dl4jsparse.nn.LossTerms;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The base of layers with an unsupervised loss: adds the loss to DL4J's score, gradient and pre-training.
 * <p>\[ \mathrm{score} = \mathrm{supervised} + w\,(\mathrm{reconstruction} + \mathrm{penalty}) + \mathrm{regularisation} \]
 * where w is the unsupervised weight; in pre-training w is 1 and there is no supervised part. Scores are means over the
 * batch and gradients are sums, as DL4J's updater expects. {@link LayerLoss} defines to which pass the loss belongs.
 *
 * @param <C> the layer's configuration
 */
public abstract class SparseLayer<C extends SparseLayerConf> extends MeasuredLayer<C> {
    private static final long serialVersionUID = 1;

    private final List<LayerConstraint> limits;
    private final transient LayerLoss loss = new LayerLoss(this, this::layerId);

    private transient INDArray target;
    private transient TrainingPass pass;
    private transient Map<String, INDArray> passWeights;
    private LossTerms lastEnergy = LossTerms.NONE;

    protected SparseLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
        this.limits = layerConf().limits();
    }

    /**
     * Computes the codes of a batch in training.
     *
     * @param x       the checked input in the {@link #layerOrder layer's order}, after dropout. Not modified.
     * @param weights the parameters of this pass @return the pass, which may reuse the arrays of the last one
     */
    protected abstract TrainingPass forward(INDArray x, Map<String, INDArray> weights);

    /**
     * Computes the codes of a batch in inference.
     *
     * @param x       the checked input in the layer's order. Not modified.
     * @param weights the parameters of this pass @return the code in the layer's order, in the workspace of activations
     */
    protected abstract INDArray infer(INDArray x, Map<String, INDArray> weights, LayerWorkspaceMgr workspaces);

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        return SerialNative.get(() -> {
            INDArray x = checkedInput(training, workspaces);
            pass = null;
            loss.begin(training);
            return training ? train(x, workspaces) : serve(x, workspaces);
        });
    }

    private INDArray train(INDArray x, LayerWorkspaceMgr workspaces) {
        pass = begin(x, true, workspaces);
        double weight = layerConf().getUnsupervisedWeight();
        if (weight > 0) {
            loss.add(weight, measure(pass, target(x, workspaces)));
        } else if (layerConf().isValidateInput()) {
            requireFinite(Norms.absolute(x));
        }
        watched(true, pass.code(), weight > 0 ? lastEnergy : null);
        // a copy: the next layer's dropout may overwrite its input, and the next pass the code
        return networkCopy(pass.code(), workspaces, ArrayType.ACTIVATIONS);
    }

    private TrainingPass begin(INDArray x, boolean training, LayerWorkspaceMgr workspaces) {
        passWeights = weights(training, workspaces);
        return forward(x, passWeights);
    }

    private void end(TrainingPass used, INDArray delta, double weight, INDArray inputGradient) {
        used.backward(delta, weight, gradientViews, inputGradient);
        layerConf().penaltyParameters().writeGradients(passWeights, used::penalised, weight, gradientViews);
    }

    private INDArray serve(INDArray x, LayerWorkspaceMgr workspaces) {
        INDArray code = infer(x, weights(false, workspaces), workspaces);
        maskCode(code);
        double weight = layerConf().getUnsupervisedWeight();
        if (weight > 0) {
            loss.add(weight, Workspaces.outside(() -> energyOf(counted(x), code).sums()));
        }
        watched(false, code, null);
        INDArray output = networkOrder(code);
        return HostArrays.isDense(output)
                ? workspaces.leverageTo(ArrayType.ACTIVATIONS, output)
                : networkCopy(code, workspaces, ArrayType.ACTIVATIONS);
    }

    private LossTerms measure(TrainingPass measured, INDArray inputs) {
        LossTerms sums = measured.measure(inputs);
        watch().compare(measured.decoder(), measured.code(), reconstructedPart(inputs));
        requireFinite(sums.total());
        lastEnergy = sums.times(1.0 / input.size(0));
        return sums;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        return SerialNative.get(() -> {
            double weight = loss.weight(layerConf().getUnsupervisedWeight());
            TrainingPass used = pass == null ? runAgain(weight, workspaces) : pass;
            INDArray delta = epsilon == null ? null : inOrder(epsilon, workspaces, ArrayType.BP_WORKING_MEM);
            INDArray inputGradient = layerConf().isInputGradient()
                    ? workspaces.createUninitialized(
                            ArrayType.ACTIVATION_GRAD,
                            dataType,
                            layerOrder(input).shape(),
                            'c')
                    : null;
            end(used, delta, weight, inputGradient);
            pass = null;
            weightNoiseParams.clear();
            return new Pair<>(
                    gradients(new DefaultGradient()),
                    finish(inputGradient, weight > 0 ? used.residual() : null, workspaces));
        });
    }

    /**
     * Repeats the pass for the last input, if that was one of inference, as with external errors, or its arrays were
     * overwritten.
     */
    private TrainingPass runAgain(double weight, LayerWorkspaceMgr workspaces) {
        TrainingPass again = begin(scaled(input, workspaces, ArrayType.BP_WORKING_MEM), loss.isTrained(), workspaces);
        if (weight > 0) {
            again.measure(scaled(target, workspaces, ArrayType.BP_WORKING_MEM));
        }
        return again;
    }

    private INDArray finish(INDArray inputGradient, INDArray residual, LayerWorkspaceMgr workspaces) {
        if (inputGradient == null) {
            return null;
        }
        INDArray gradient = channelOrder().isSame()
                ? inputGradient
                : networkCopy(inputGradient, workspaces, ArrayType.ACTIVATION_GRAD);
        backpropDropOutIfPresent(gradient);
        // the input is also the target of the reconstruction
        return throughScale(residual == null ? gradient : gradient.subi(networkOrder(residual)));
    }

    @Override
    public void computeGradientAndScore(LayerWorkspaceMgr workspaces) {
        SerialNative.run(() -> {
            // ComputationGraph.pretrain opens only the workspace of activations
            INDArray x = checkedInput(true, workspaces);
            pass = null;
            TrainingPass own = begin(x, true, workspaces);
            double energy = loss.mean(measure(own, target(x, workspaces)));
            watch().trained(own.code(), input.size(0), lastEnergy, true);
            end(own, null, 1, null);
            weightNoiseParams.clear();
            gradient = gradients(new DefaultGradient(gradientsFlattened));
            score = energy + regularization(false);
        });
    }

    private Gradient gradients(Gradient gradients) {
        gradientViews.computeIfPresent(InputScale.KEY, (name, view) -> view.assign(0));
        gradientViews.forEach((name, view) -> gradients.setGradientFor(name, view, 'c'));
        return gradients;
    }

    /** The input before dropout, which is {@code x} where there was none. */
    private INDArray target(INDArray x, LayerWorkspaceMgr workspaces) {
        return target == input ? x : scaled(target, workspaces, ArrayType.ACTIVATIONS);
    }

    private INDArray checkedInput(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        requireShape(input);
        if (training) {
            if (hasMetData()) {
                watch().dictionaryGiven();
            }
            measureScale();
        }
        applyDropOutIfNecessary(training, workspaces);
        return scaled(input, workspaces, ArrayType.ACTIVATIONS);
    }

    /**
     * Searches the input for NaN and infinity only if a number that was computed from it is not finite, so that the
     * check costs almost nothing.
     */
    protected final void requireFinite(double number) {
        if (!layerConf().isValidateInput() || Double.isFinite(number)) {
            return;
        }
        long bad = Finite.countBad(target);
        if (bad > 0) {
            throw new DL4JInvalidInputException("input must be finite, got " + bad
                    + " NaN or infinite values in a batch " + Arrays.toString(target.shape()) + ", in iteration "
                    + getIterationCount() + " and epoch " + getEpochCount()
                    + " as DL4J counts them; clean the data, or set validateInput(false) " + layerId());
        }
    }

    /**
     * Checks a dictionary for {@link #startFrom}.
     *
     * @param rows the length of its atoms
     * @return the dictionary in this layer's data type
     * @throws IllegalArgumentException unless it is a finite matrix {@code [rows, nCode]} without a zero column
     */
    protected final INDArray requireDictionary(INDArray dictionary, long rows) {
        INDArray checked = DictionaryCheck.require(dictionary, rows, codeSize()).castTo(dataType);
        InputScale.keepDictionary(params);
        watch().dictionaryGiven();
        return checked;
    }

    @Override
    public void setInput(INDArray input, LayerWorkspaceMgr workspaces) {
        super.setInput(input, workspaces);
        target = this.input;
    }

    /** {@inheritDoc} The layer's own constraints are applied last, so that they hold exactly. */
    @Override
    public void applyConstraints(int iteration, int epoch) {
        super.applyConstraints(iteration, epoch);
        limits.forEach(limit -> limit.applyConstraint(this, iteration, epoch));
    }

    /** Dropout must not overwrite the input, which is the target of the reconstruction. */
    @Override
    public void allowInputModification(boolean allow) {
        super.allowInputModification(false);
    }

    @Override
    public void clear() {
        super.clear();
        target = null;
        pass = null;
        passWeights = null;
    }

    @Override
    public double calcRegularizationScore(boolean backpropParamsOnly) {
        return regularization(backpropParamsOnly) + loss.score();
    }

    @Override
    public LossTerms lastEnergy() {
        return lastEnergy;
    }

    /**
     * Sets the masked elements of a code to zero; by default those of masked examples.
     *
     * @param code of the last input, in the layer's order. Modified in place.
     */
    protected void maskCode(INDArray code) {
        maskExamples(code);
    }

    /**
     * An input for the energy; by default with masked examples set to zero.
     *
     * @param x in the layer's order. Not modified.
     */
    protected INDArray counted(INDArray x) {
        return loss.counted(x);
    }

    /**
     * Sets the elements of masked examples to zero.
     *
     * @param array with the elements of an example consecutive. Modified in place.
     */
    protected final void maskExamples(INDArray array) {
        loss.maskExamples(array);
    }

    @Override
    public long codeSize() {
        return layerConf().getNOut();
    }
}
