package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.math.Norms;
import io.github.dl4jsparse.nn.common.EnergyTerms;
import io.github.dl4jsparse.nn.common.PredictiveSparseDecomposition;
import io.github.dl4jsparse.nn.common.SparseLayer;
import io.github.dl4jsparse.nn.common.Workspaces;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs a {@link ListaLayer}: the unrolled encoder between DL4J's workspaces, with gain, mask, decoder and penalty. */
final class ListaLayerImpl extends SparseLayer<ListaLayer> {
    private static final long serialVersionUID = 1;

    private transient Map<String, INDArray> weights;
    private transient UnrolledEncoder encoder;
    private transient INDArray x;
    private transient Steps codes;
    private transient INDArray lastStep;
    private transient INDArray code;
    private transient INDArray residual;
    /** The code that the decoder reconstructs from: the encoder's, or a solver's near it. */
    private transient INDArray described;

    ListaLayerImpl(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    private LinearOperator decoder(Map<String, INDArray> weights) {
        return layerConf().isTiedDecoder()
                ? new DenseOperator(weights.get(ListaLayer.ENCODER)).transpose()
                : new DenseOperator(weights.get(ListaLayer.DECODER));
    }

    @Override
    protected INDArray forward(INDArray input, boolean training, LayerWorkspaceMgr workspaces, ArrayType working) {
        weights = weights(training, workspaces);
        long batch = input.size(0);
        long nOut = layerConf().getNOut();
        int kept =
                training ? layerConf().getIterations() : Math.min(2, layerConf().getIterations());
        ArrayType keeping = training ? ArrayType.ACTIVATIONS : working;
        x = input;
        codes = Steps.of(workspaces.createUninitialized(keeping, dataType, kept * batch, nOut), batch);
        INDArray drive = workspaces.createUninitialized(working, dataType, batch, nOut);
        INDArray scratch = workspaces.createUninitialized(working, dataType, batch, nOut);
        encoder = UnrolledEncoder.of(layerConf(), weights);
        lastStep = encoder.forward(x, codes, drive, scratch);
        code = lastStep;
        if (layerConf().isGain() || maskArray != null) {
            code = workspaces.dup(keeping, lastStep);
        }
        if (layerConf().isGain()) {
            code.muliRowVector(weights.get(ListaLayer.GAIN));
        }
        if (maskArray != null) {
            applyMask(code);
        }
        return code;
    }

    @Override
    protected EnergyTerms measure(INDArray code, INDArray target, LayerWorkspaceMgr workspaces) {
        LinearOperator decoder = decoder(weights);
        described = isPredictive() ? workspaces.dup(ArrayType.ACTIVATIONS, near(decoder, target, code), 'c') : code;
        if (isPredictive() && maskArray != null) {
            applyMask(described);
        }
        residual = residual(decoder, described, target, workspaces);
        return terms(residual, described, code);
    }

    private EnergyTerms terms(INDArray residual, INDArray described, INDArray code) {
        double prediction =
                isPredictive() ? layerConf().getPredictive().weight() * Norms.squared(described.sub(code)) / 2 : 0;
        return new EnergyTerms(
                Norms.squared(residual) / 2, layerConf().getPenalty().value(described), prediction);
    }

    private boolean isPredictive() {
        return layerConf().getPredictive() != null;
    }

    /** The code of least energy near the encoder's; the encoder's itself where an input is not finite. */
    private INDArray near(LinearOperator decoder, INDArray target, INDArray code) {
        return Workspaces.outside(() -> {
            double size =
                    target.norm1Number().doubleValue() + code.norm1Number().doubleValue();
            if (!Double.isFinite(size)) {
                return code;
            }
            PredictiveSparseDecomposition predictive = layerConf().getPredictive();
            Energy energy = new Energy(decoder, layerConf().getPenalty()).near(code, predictive.weight());
            return predictive.solver().solve(energy, target, code).code();
        });
    }

    @Override
    protected EnergyTerms energyOf(INDArray x, INDArray code) {
        LinearOperator decoder = decoder(params);
        INDArray found = isPredictive() ? near(decoder, x, code) : code;
        return terms(new Energy(decoder, layerConf().getPenalty()).residual(x, found), found, code);
    }

    @Override
    protected INDArray backward(
            INDArray epsilon, double weight, LayerWorkspaceMgr workspaces, ArrayType working, boolean pretraining) {
        long batch = x.size(0);
        int steps = layerConf().getIterations();
        if (weight > 0 && weight != 1) {
            residual.muli(weight);
        }
        Steps deltas = Steps.of(
                workspaces.createUninitialized(working, dataType, codes.all().shape()), batch);
        INDArray delta = deltas.step(steps - 1);
        LinearOperator decoder = decoder(weights);
        codeGradient(epsilon, weight, decoder, delta);
        if (maskArray != null) {
            applyMask(delta);
        }
        if (layerConf().isGain()) {
            delta.mul(lastStep).sum(gradientViews.get(ListaLayer.GAIN), true, 0);
            delta.muliRowVector(weights.get(ListaLayer.GAIN));
        }
        INDArray driveGradient = workspaces.createUninitialized(working, dataType, lastStep.shape());
        INDArray[] scratch = {
            workspaces.createUninitialized(working, dataType, lastStep.shape()),
            workspaces.createUninitialized(working, dataType, lastStep.shape())
        };
        boolean wanted = layerConf().isInputGradient() && !pretraining;
        INDArray inputGradient =
                wanted ? workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, x.shape()) : null;
        encoder.backward(x, codes, deltas, driveGradient, scratch, gradientArrays(), inputGradient);
        decoderGradient(weight, decoder);
        if (!wanted) {
            return null;
        }
        backpropDropOutIfPresent(inputGradient);
        // the reconstruction's target is the input too
        return weight > 0 ? inputGradient.subi(residual) : inputGradient;
    }

    private UnrolledEncoder.Gradients gradientArrays() {
        return new UnrolledEncoder.Gradients(
                gradientViews.get(ListaLayer.ENCODER),
                gradientViews.get(ListaLayer.RECURRENT),
                gradientViews.get(ListaLayer.THRESHOLD));
    }

    /** Gradient with respect to the code: from above, from the weighted residual and from the penalty. */
    private void codeGradient(INDArray epsilon, double weight, LinearOperator decoder, INDArray result) {
        if (weight > 0) {
            if (isPredictive()) {
                code.sub(described, result)
                        .muli(weight * layerConf().getPredictive().weight());
            } else {
                decoder.adjoint(residual, result, 0);
                layerConf().getPenalty().addGradient(code, weight, result);
            }
            if (epsilon != null) {
                result.addi(epsilon);
            }
        } else {
            result.assign(epsilon);
        }
    }

    /** Gradient of the decoder's weights; of the encoder's, to which it adds, where they are tied. */
    private void decoderGradient(double weight, LinearOperator decoder) {
        boolean tied = layerConf().isTiedDecoder();
        INDArray gradient = gradientViews.get(tied ? ListaLayer.ENCODER : ListaLayer.DECODER);
        if (weight > 0) {
            decoder.weightGradient(described, residual, gradient, tied ? 1 : 0);
        } else if (!tied) {
            gradient.assign(0);
        }
    }

    @Override
    public void clear() {
        super.clear();
        weights = null;
        encoder = null;
        x = null;
        codes = null;
        lastStep = null;
        code = null;
        residual = null;
        described = null;
    }

    private Steps run(INDArray input, int kept) {
        INDArray in = requireShape(input).castTo(dataType);
        long batch = in.size(0);
        long nOut = layerConf().getNOut();
        Steps room = Steps.of(Nd4j.createUninitialized(dataType, kept * batch, nOut), batch);
        INDArray drive = Nd4j.createUninitialized(dataType, batch, nOut);
        UnrolledEncoder.of(layerConf(), params).forward(in, room, drive, drive.ulike());
        return room;
    }

    @Override
    public INDArray encode(INDArray input) {
        int steps = layerConf().getIterations();
        return Workspaces.outside(() -> {
            Steps room = run(input, Math.min(2, steps));
            INDArray last = room.step(steps - 1).dup();
            return layerConf().isGain() ? last.muliRowVector(params.get(ListaLayer.GAIN)) : last;
        });
    }

    @Override
    public INDArray decode(INDArray code) {
        return image(decoder(params), code);
    }

    @Override
    public INDArray trajectory(INDArray input) {
        int steps = layerConf().getIterations();
        return Workspaces.outside(() -> run(input, steps)
                .all()
                .reshape(steps, input.size(0), layerConf().getNOut()));
    }

    @Override
    public void revive(int[] units, INDArray directions) {
        EncoderRevival.revive(layerConf(), params, units, directions);
    }

    @Override
    public void startFrom(INDArray dictionary) {
        ListaParamInitializer.startFromIsta(
                layerConf(), params, requireDictionary(dictionary, layerConf().getNIn()));
    }
}
