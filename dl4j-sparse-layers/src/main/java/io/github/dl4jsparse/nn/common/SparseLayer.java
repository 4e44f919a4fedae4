package io.github.dl4jsparse.nn.common;

import io.github.dl4jsparse.math.Finite;
import io.github.dl4jsparse.math.HostArrays;
import io.github.dl4jsparse.nn.constraint.InhibitionParameter;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.Arrays;
import java.util.List;
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
 * What every layer with an unsupervised loss shares: how the loss reaches DL4J's score, gradient and pre-training.
 * <p>\[ \mathrm{score} = \mathrm{supervised} + w\,(\mathrm{reconstruction} + \mathrm{penalty}) + \mathrm{regularisation} \]
 * where w is the unsupervised weight; in pre-training w is 1 and there is no supervised part. Scores are means over the
 * batch and gradients are sums, as DL4J's updater expects.
 * <p>DL4J asks for the score after it has cleared the layer, so the loss is kept as a number from the forward pass; it
 * belongs to the last forward pass of any kind. The gradient carries the loss only if that pass was a training pass:
 * that keeps it out of {@code FrozenLayerWithBackprop}.
 *
 * @param <C> the layer's configuration
 */
public abstract class SparseLayer<C extends SparseLayerConf> extends ScaledLayer<C> {
    private static final long serialVersionUID = 1;

    private final List<LayerConstraint> limits;

    private transient INDArray target;
    private transient INDArray residual;
    private boolean trainingPass;
    private double unsupervisedScore;
    private EnergyTerms lastEnergy = EnergyTerms.NONE;

    protected SparseLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
        this.limits = layerConf().limits();
    }

    /**
     * Computes the code of the input as the layer's output is defined, and keeps what {@link #backward} needs.
     *
     * @param x       the checked input in the {@link #layerOrder layer's order}, after dropout
     * @param working where arrays live that are not needed after this call
     * @return the code; not yet in the workspace of activations
     */
    protected abstract INDArray forward(INDArray x, boolean training, LayerWorkspaceMgr workspaces, ArrayType working);

    /**
     * Measures the energy of the last forward pass, summed over the batch, and keeps the {@link #residual}.
     *
     * @param code   what {@link #forward} returned
     * @param target the input before dropout, in the layer's order
     */
    protected abstract EnergyTerms measure(INDArray code, INDArray target, LayerWorkspaceMgr workspaces);

    /**
     * Computes again what {@link #backward} needs and an inference pass has not kept; here nothing. Called before it where the
     * last pass was none of training, as in {@code FrozenLayerWithBackprop} and with errors from outside of the network.
     *
     * @param x       the input of that pass
     * @param working where arrays live that are needed until {@link #backward} returns
     */
    protected void recompute(INDArray x, LayerWorkspaceMgr workspaces, ArrayType working) {
        // the layer keeps in every pass what it needs
    }

    /**
     * Writes all gradients of the last pass into the gradient views. The residual has been multiplied by the weight.
     *
     * @param epsilon gradient with respect to the code, in the layer's order; null for none
     * @param weight  of the unsupervised loss; 0 if it was not measured
     * @param working where arrays live that are not needed after this call
     * @param wanted  whether the gradient with respect to the input is
     * @return that gradient through the code, before dropout, in the workspace of gradients; null where it is not wanted
     */
    protected abstract INDArray backward(
            INDArray epsilon, double weight, LayerWorkspaceMgr workspaces, ArrayType working, boolean wanted);

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        INDArray x = checkedInput(training, workspaces);
        INDArray code = forward(x, training, workspaces, ArrayType.FF_WORKING_MEM);
        trainingPass = training;
        unsupervisedScore = 0;
        double weight = layerConf().getUnsupervisedWeight();
        if (weight > 0) {
            unsupervisedScore = weight * keepEnergy(measure(code, target(x, workspaces), workspaces), training);
        } else if (training && layerConf().isValidateInput()) {
            requireFinite(x.norm1Number().doubleValue());
        }
        watched(training, code, weight > 0 ? lastEnergy : null);
        INDArray output = networkOrder(code);
        // in training a copy: the next layer's dropout may overwrite what it is given
        return training || !HostArrays.isDense(output)
                ? networkCopy(code, workspaces, ArrayType.ACTIVATIONS)
                : workspaces.leverageTo(ArrayType.ACTIVATIONS, output);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        double weight = trainingPass ? layerConf().getUnsupervisedWeight() : 0;
        if (weight != 0 && weight != 1) {
            residual.muli(weight);
        }
        if (!trainingPass) {
            recompute(scaled(input, workspaces, ArrayType.BP_WORKING_MEM), workspaces, ArrayType.BP_WORKING_MEM);
        }
        INDArray delta = epsilon == null ? null : inOrder(epsilon, workspaces, ArrayType.BP_WORKING_MEM);
        INDArray inputGradient = backward(
                delta, weight, workspaces, ArrayType.BP_WORKING_MEM, layerConf().isInputGradient());
        weightNoiseParams.clear();
        return new Pair<>(gradients(new DefaultGradient()), finish(inputGradient, weight, workspaces));
    }

    private INDArray finish(INDArray inputGradient, double weight, LayerWorkspaceMgr workspaces) {
        if (inputGradient == null) {
            return null;
        }
        INDArray gradient =
                axes() == null ? inputGradient : networkCopy(inputGradient, workspaces, ArrayType.ACTIVATION_GRAD);
        backpropDropOutIfPresent(gradient);
        // the reconstruction's target is the input too
        return throughScale(weight > 0 ? gradient.subi(networkOrder(residual)) : gradient);
    }

    @Override
    public void computeGradientAndScore(LayerWorkspaceMgr workspaces) {
        // ComputationGraph.pretrain opens no workspace but that of activations
        INDArray x = checkedInput(true, workspaces);
        INDArray code = forward(x, true, workspaces, ArrayType.ACTIVATIONS);
        double energy = keepEnergy(measure(code, target(x, workspaces), workspaces), true);
        watch().trained(code, input.size(0), lastEnergy, true);
        backward(null, 1, workspaces, ArrayType.ACTIVATIONS, false);
        weightNoiseParams.clear();
        gradient = gradients(new DefaultGradient(gradientsFlattened));
        score = energy + regularization(false);
    }

    private Gradient gradients(Gradient gradients) {
        gradientViews.computeIfPresent(InputScale.KEY, (name, view) -> view.assign(0));
        gradientViews.forEach((name, view) -> gradients.setGradientFor(name, view, 'c'));
        return gradients;
    }

    /** Keeps the terms as means per example; returns what the score takes: mean, or sum without mini-batch division. */
    private double keepEnergy(EnergyTerms sums, boolean training) {
        if (training) {
            requireFinite(sums.total());
        }
        double n = input.size(0);
        if (training) {
            lastEnergy = sums.times(1 / n);
        }
        return conf.isMiniBatch() ? sums.total() / n : sums.total();
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

    /** A number that was computed from the input tells, almost for free, whether to look for bad values in it. */
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

    /** {@inheritDoc} The layer's own hold last, and so all of them where they can. */
    @Override
    public void applyConstraints(int iteration, int epoch) {
        super.applyConstraints(iteration, epoch);
        limits.forEach(limit -> limit.applyConstraint(this, iteration, epoch));
    }

    /** Dropout must not overwrite the input: the reconstruction aims at it. */
    @Override
    public void allowInputModification(boolean allow) {
        super.allowInputModification(false);
    }

    @Override
    public void clear() {
        super.clear();
        target = null;
        residual = null;
    }

    @Override
    public double calcRegularizationScore(boolean backpropParamsOnly) {
        return regularization(backpropParamsOnly) + unsupervisedScore;
    }

    @Override
    public EnergyTerms lastEnergy() {
        return lastEnergy;
    }

    @Override
    public EnergyTerms energy(INDArray input) {
        return Workspaces.outside(() -> {
            INDArray x = checked(input);
            return energyOf(x, codeOf(x)).sums().times(1.0 / x.size(0));
        });
    }

    @Override
    public INDArray energies(INDArray input) {
        return Workspaces.outside(() -> {
            INDArray x = checked(input);
            return energyOf(x, codeOf(x)).examples();
        });
    }

    @Override
    public INDArray reconstruct(INDArray input) {
        return Workspaces.outside(() -> {
            INDArray x = checked(input);
            return inNetworkOrder(unscaled(reconstructionOf(x, codeOf(x))));
        });
    }

    @Override
    public INDArray encode(INDArray input) {
        return Workspaces.outside(() -> inNetworkOrder(codeOf(checked(input))));
    }

    @Override
    public INDArray decode(INDArray code) {
        return Workspaces.outside(() -> inNetworkOrder(
                unscaled(imageOf(inOrder(requireCode(code), Workspaces.none(), ArrayType.ACTIVATIONS)))));
    }

    /** {@code D z - x} with masked examples at zero, kept as the {@link #residual}. */
    protected final INDArray measureResidual(
            LinearOperator decoder, INDArray code, INDArray target, LayerWorkspaceMgr workspaces) {
        residual = workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, target.shape());
        decoder.apply(code, residual, 0);
        watch().compare(decoder, code, target);
        residual.subi(target);
        maskExamples(residual);
        return residual;
    }

    /** The residual of the last measured pass; in {@link #backward} times the weight of the loss. */
    protected final INDArray residual() {
        return residual;
    }

    /**
     * Writes the gradient of the inhibition matrix where the layer learns one.
     *
     * @param code   as the penalty takes it, with masked examples at zero. Not modified; not read where the weight is 0.
     * @param weight of the unsupervised loss
     */
    protected final void writeInhibitionGradient(INDArray code, double weight) {
        InhibitionParameter inhibition = layerConf().inhibitionParameter();
        if (inhibition != null) {
            inhibition.writeGradient(code, weight, gradientViews);
        }
    }

    /**
     * Sets the numbers of masked examples to zero.
     *
     * @param array with all numbers of an example one after the other. Modified in place.
     */
    protected final void maskExamples(INDArray array) {
        ExampleMask.apply(maskArray, input.size(0), array, layerId());
    }

    /** The energy of a batch of inputs with the layer's codes of them. */
    protected EnergyParts energyOf(INDArray x, INDArray code) {
        return new EnergyParts(reconstructionOf(x, code).subi(x), layerConf().penaltyWith(params), code);
    }

    /** What the decoder makes of the codes of a batch of inputs: an array of their shape, outside of any workspace. */
    protected INDArray reconstructionOf(INDArray x, INDArray code) {
        return imageOf(code);
    }

    @Override
    public long codeSize() {
        return layerConf().getNOut();
    }
}
