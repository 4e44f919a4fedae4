package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.math.Rows;
import io.github.dl4jsparse.math.Scratch;
import io.github.dl4jsparse.math.Sums;
import io.github.dl4jsparse.nn.common.EnergyParts;
import io.github.dl4jsparse.nn.common.EnergyTerms;
import io.github.dl4jsparse.nn.common.SparseLayer;
import io.github.dl4jsparse.nn.common.Workspaces;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs an unrolled encoder between DL4J's workspaces, with gain, mask, decoder and penalty. How units are wired to the input is
 * its {@link Wiring}'s to say; here a code is a matrix with a column a unit, and what is told and given outside has the
 * wiring's shape.
 *
 * @param <C> the layer's configuration
 */
abstract class UnrolledLayer<C extends ListaConf> extends SparseLayer<C> {
    private static final long serialVersionUID = 1;

    private final transient StepsRoom codesRoom = new StepsRoom();
    private final transient StepsRoom deltasRoom = new StepsRoom();
    private transient Map<String, INDArray> weights;
    private transient Wiring wiring;
    private transient UnrolledEncoder encoder;
    /** What the encoder is given: the input, times the pixels' weights where the steps use them. */
    private transient INDArray x;

    private transient Steps codes;
    private transient INDArray lastStep;
    private transient INDArray code;
    /** The code that the decoder reconstructs from: the encoder's, or a solver's near it. */
    private transient INDArray described;

    /** The penalty of the last measured pass, with the inhibition as it is learned so far. */
    private transient Penalty penalty;

    UnrolledLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    /** The wiring for inputs of a shape. */
    abstract Wiring wiring(long[] inputShape);

    /** The wiring for codes of a shape. */
    abstract Wiring wiringOfCodes(long[] codeShape);

    private WiredWeights wired(Wiring wiring, Map<String, INDArray> weights) {
        return new WiredWeights(layerConf(), wiring, weights, dataType, layerId());
    }

    @Override
    protected INDArray forward(INDArray input, boolean training, LayerWorkspaceMgr workspaces, ArrayType working) {
        weights = weights(training, workspaces);
        wiring = wiring(input.shape());
        if (!training) {
            return infer(input, workspaces, working);
        }
        unroll(input, workspaces, working, ArrayType.ACTIVATIONS);
        code = lastStep;
        if (layerConf().isGain() || maskArray != null) {
            code = workspaces.dup(ArrayType.ACTIVATIONS, lastStep);
        }
        if (layerConf().isGain()) {
            code.muliRowVector(weights.get(ListaConf.GAIN));
        }
        maskExamples(code);
        return shaped(wiring, code, input.size(0));
    }

    /** A forward pass of which no gradient is expected. */
    private INDArray infer(INDArray input, LayerWorkspaceMgr workspaces, ArrayType working) {
        x = seen(wiring, input, workspaces, working);
        INDArray result = workspaces.createUninitialized(
                ArrayType.ACTIVATIONS, dataType, networkOrder(wiring.codeShape(input.size(0))), 'c');
        infer(wiring, weights, x, result);
        maskExamples(result);
        INDArray shaped = layerOrder(result);
        // only a loss that is on asks for it
        code = layerConf().getUnsupervisedWeight() > 0
                ? Rows.matrix(shaped, layerConf().ownUnits())
                : null;
        return shaped;
    }

    /** An inference pass keeps no codes: they are computed again, with the same weights. */
    @Override
    protected void recompute(INDArray input, LayerWorkspaceMgr workspaces, ArrayType working) {
        wiring = wiring(input.shape());
        unroll(input, workspaces, working, working);
    }

    /**
     * Runs the steps and keeps their codes for the gradient.
     *
     * @param keeping where arrays live that the gradient needs
     */
    private void unroll(INDArray input, LayerWorkspaceMgr workspaces, ArrayType working, ArrayType keeping) {
        encoder = wired(wiring, weights)
                .encoder(() -> workspaces.createUninitialized(keeping, dataType, input.shape()), true);
        x = seen(wiring, input, workspaces, keeping);
        long rows = wiring.rows(input.size(0));
        long units = layerConf().ownUnits();
        codes = codesRoom.of(dataType, encoder.steps(), rows, units);
        INDArray drive = workspaces.createUninitialized(working, dataType, rows, units);
        INDArray scratch = workspaces.createUninitialized(working, dataType, rows, units);
        lastStep = encoder.forward(x, codes, drive, scratch);
    }

    private static INDArray shaped(Wiring wiring, INDArray code, long batch) {
        long[] shape = wiring.codeShape(batch);
        return shape.length == 2 ? code : code.reshape('c', shape);
    }

    /** The input, or a copy of it times the weights of its pixels where the steps use them, as those of ISTA do. */
    private INDArray seen(Wiring wiring, INDArray input, LayerWorkspaceMgr workspaces, ArrayType keeping) {
        if (!weighsWhatItSees(wiring)) {
            return input;
        }
        INDArray seen = workspaces.dup(keeping, input, 'c');
        wiring.pixels(dataType).multiply(seen);
        return seen;
    }

    private boolean weighsWhatItSees(Wiring wiring) {
        return layerConf().stepsUseDecoder() && !wiring.pixels(dataType).areAlike();
    }

    @Override
    protected EnergyTerms measure(INDArray shapedCode, INDArray target, LayerWorkspaceMgr workspaces) {
        LinearOperator decoder = wired(wiring, weights).decoder();
        described = code;
        penalty = layerConf().penaltyWith(weights);
        if (isPredictive()) {
            INDArray found = layerConf().getPredictive().codeNear(decoder, penalty, target, shapedCode);
            described = workspaces.dup(ArrayType.ACTIVATIONS, found.reshape('c', code.shape()), 'c');
            maskExamples(described);
        }
        INDArray residual = measureResidual(decoder, described, target, workspaces);
        EnergyTerms terms = parts(wiring, penalty, residual, described, code).sums();
        wiring.pixels(dataType).byRoots(residual);
        return terms;
    }

    /** The parts of the energy; the residual is multiplied by the roots of the weights of its pixels. */
    private EnergyParts parts(Wiring wiring, Penalty penalty, INDArray residual, INDArray described, INDArray code) {
        wiring.pixels(dataType).byRoots(residual);
        INDArray error = isPredictive() ? described.sub(code) : null;
        return new EnergyParts(residual, penalty, wiring.penalised(described), predictionWeight(), error);
    }

    private double predictionWeight() {
        return isPredictive() ? layerConf().getPredictive().weight() : 0;
    }

    private boolean isPredictive() {
        return layerConf().getPredictive() != null;
    }

    @Override
    protected EnergyParts energyOf(INDArray input, INDArray shapedCode) {
        Wiring wiring = wiring(input.shape());
        LinearOperator decoder = wired(wiring, params).decoder();
        Penalty learned = layerConf().penaltyWith(params);
        INDArray found =
                isPredictive() ? layerConf().getPredictive().codeNear(decoder, learned, input, shapedCode) : shapedCode;
        long[] matrix = {wiring.rows(input.size(0)), layerConf().ownUnits()};
        INDArray residual = new Energy(decoder, learned).residual(input, found);
        return parts(wiring, learned, residual, found.reshape('c', matrix), shapedCode.reshape('c', matrix));
    }

    @Override
    protected INDArray backward(
            INDArray epsilon, double weight, LayerWorkspaceMgr workspaces, ArrayType working, boolean wanted) {
        Steps deltas = deltasRoom.of(
                dataType, encoder.steps(), codes.each()[0].size(0), layerConf().ownUnits());
        INDArray delta = deltas.step(encoder.steps() - 1);
        LinearOperator decoder = weight > 0 ? wired(wiring, weights).decoder() : null;
        codeGradient(epsilon, weight, decoder, delta);
        maskExamples(delta);
        if (layerConf().isGain()) {
            Sums.columns(delta.mul(lastStep), gradientViews.get(ListaConf.GAIN));
            delta.muliRowVector(weights.get(ListaConf.GAIN));
        }
        decoderGradient(weight, decoder);
        writeInhibitionGradient(weight > 0 ? wiring.penalised(described) : null, weight);
        INDArray driveGradient = workspaces.createUninitialized(working, dataType, lastStep.shape());
        INDArray[] scratch = {
            workspaces.createUninitialized(working, dataType, lastStep.shape()),
            workspaces.createUninitialized(working, dataType, lastStep.shape())
        };
        INDArray inputGradient =
                wanted ? workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, x.shape()) : null;
        double beta = layerConf().isTiedDecoder() ? 1 : 0;
        encoder.backward(x, codes, deltas, driveGradient, scratch, gradientViews, beta, inputGradient);
        if (wanted && weighsWhatItSees(wiring)) {
            wiring.pixels(dataType).multiply(inputGradient);
        }
        return inputGradient;
    }

    /** Gradient with respect to the code: from above, from the weighted residual and from the penalty. */
    private void codeGradient(INDArray epsilon, double weight, LinearOperator decoder, INDArray result) {
        if (weight > 0) {
            if (isPredictive()) {
                code.sub(described, result).muli(weight * predictionWeight());
            } else {
                decoder.adjoint(residual(), result, 0);
                penalty.addGradient(wiring.penalised(code), weight, wiring.penalised(result));
            }
            if (epsilon != null) {
                result.addi(epsilon.reshape('c', result.shape()));
            }
        } else {
            result.assign(epsilon.reshape('c', result.shape()));
        }
    }

    /** Gradient of the decoder's weights through the reconstruction; the steps add theirs. */
    private void decoderGradient(double weight, LinearOperator decoder) {
        INDArray gradient = gradientViews.get(layerConf().decoderKey());
        if (weight > 0) {
            decoder.weightGradient(described, residual(), gradient, 0);
        } else if (gradient != null) {
            gradient.assign(0);
        }
    }

    @Override
    public void clear() {
        super.clear();
        weights = null;
        wiring = null;
        encoder = null;
        x = null;
        codes = null;
        lastStep = null;
        code = null;
        described = null;
        penalty = null;
    }

    /**
     * The codes of a batch as they leave the layer, without what a gradient needs.
     *
     * @param seen   what the encoder is given. Not modified.
     * @param result room for them, in c order and the network's order of axes. Modified in place.
     */
    private void infer(Wiring wiring, Map<String, INDArray> weights, INDArray seen, INDArray result) {
        long batch = seen.size(0);
        INDArray images = Rows.matrix(seen, seen.length() / batch);
        INDArray results = Rows.matrix(result, result.length() / batch);
        Scratch.run("PASS", () -> {
            Map<Long, InferencePass> passes = new HashMap<>();
            new Pieces(batch, results.size(1)).forEach((first, n) -> {
                InferencePass pass = passes.computeIfAbsent(
                        n, size -> new InferencePass(wired(wiring, weights), size, images.size(1), axes() == null));
                INDArray target = Rows.of(results, first, n);
                INDArray code = pass.run(Rows.of(images, first, n), target);
                if (axes() != null) {
                    INDArray ordered = target.reshape('c', networkOrder(wiring.codeShape(n)));
                    layerOrder(ordered).assign(shaped(wiring, code, n));
                }
            });
        });
    }

    @Override
    protected INDArray codeOf(INDArray input) {
        Wiring own = wiring(input.shape());
        INDArray result = Nd4j.createUninitialized(dataType, networkOrder(own.codeShape(input.size(0))));
        infer(own, params, seen(own, input, Workspaces.none(), ArrayType.ACTIVATIONS), result);
        return layerOrder(result);
    }

    @Override
    protected INDArray imageOf(INDArray shapedCode) {
        return image(wiringOfCodes(shapedCode.shape()), shapedCode);
    }

    /** {@inheritDoc} Images of several sizes may have codes of one. */
    @Override
    protected INDArray reconstructionOf(INDArray input, INDArray shapedCode) {
        return image(wiring(input.shape()), shapedCode);
    }

    private INDArray image(Wiring own, INDArray code) {
        return new Energy(wired(own, params).decoder(), layerConf().getPenalty()).image(code);
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
        int steps = layerConf().getIterations();
        return Workspaces.outside(() -> {
            INDArray in = checked(input);
            Wiring own = wiring(in.shape());
            INDArray[] each = wired(own, params)
                    .steps(seen(own, in, Workspaces.none(), ArrayType.ACTIVATIONS), own.rows(in.size(0)));
            for (int t = 0; t < steps; t++) {
                each[t] = networkOrder(shaped(wiring(in.shape()), each[t], in.size(0)));
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
        return wired(wiring(x.shape()), params).decoder();
    }

    @Override
    public void startFrom(INDArray dictionary) {
        UnrolledParamInitializer.startFromIsta(
                layerConf(), params, requireDictionary(dictionary, layerConf().atomSize()));
    }
}
