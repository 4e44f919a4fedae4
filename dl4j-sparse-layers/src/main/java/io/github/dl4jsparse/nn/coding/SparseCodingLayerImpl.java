package io.github.dl4jsparse.nn.coding;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.math.Finite;
import io.github.dl4jsparse.math.Norms;
import io.github.dl4jsparse.math.Rows;
import io.github.dl4jsparse.nn.common.AtomRevival;
import io.github.dl4jsparse.nn.common.EnergyTerms;
import io.github.dl4jsparse.nn.common.SparseLayer;
import io.github.dl4jsparse.nn.common.Workspaces;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.operator.LinearOperator;
import io.github.dl4jsparse.solver.ImplicitDifferentiation;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs a {@link SparseCodingLayer}: the solver forward, implicit differentiation backward. */
final class SparseCodingLayerImpl extends SparseLayer<SparseCodingLayer> {
    private static final long serialVersionUID = 1;

    private transient INDArray x;
    private transient INDArray dictionary;
    private transient Penalty penalty;
    private transient INDArray code;

    SparseCodingLayerImpl(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    private Energy energyOf(INDArray atoms, Penalty penalty) {
        return new Energy(new DenseOperator(atoms), penalty);
    }

    /**
     * The codes of least energy, and codes of NaN for inputs, or a dictionary, that are not finite. The solver's own arrays live outside of
     * the workspaces.
     */
    private INDArray minimiser(INDArray atoms, Penalty onCode, INDArray input) {
        return Workspaces.outside(() -> {
            if (!Finite.all(atoms)) {
                return Nd4j.valueArrayOf(new long[] {input.size(0), codeSize()}, Double.NaN, dataType);
            }
            double[] sizes = Norms.rows(input);
            INDArray clean = input;
            for (int i = 0; i < sizes.length; i++) {
                if (!Double.isFinite(sizes[i])) {
                    clean = clean == input ? input.dup('c') : clean;
                    Rows.of(clean, i, 1).assign(0);
                }
            }
            INDArray codes = layerConf()
                    .getSolver()
                    .solve(energyOf(atoms, onCode), clean)
                    .code();
            for (int i = 0; i < sizes.length; i++) {
                if (!Double.isFinite(sizes[i])) {
                    Rows.of(codes, i, 1).assign(Double.NaN);
                }
            }
            return codes;
        });
    }

    @Override
    protected INDArray forward(INDArray input, boolean training, LayerWorkspaceMgr workspaces, ArrayType working) {
        x = input;
        Map<String, INDArray> weights = weights(training, workspaces);
        dictionary = weights.get(SparseCodingLayer.DICTIONARY);
        penalty = layerConf().penaltyWith(weights);
        if (training) {
            requireFinite(Norms.absolute(input));
        }
        code = workspaces.dup(ArrayType.ACTIVATIONS, minimiser(dictionary, penalty, input), 'c');
        maskExamples(code);
        // the gradient may be asked for after an inference pass too, and the layer above may overwrite what it is given
        return training ? code : workspaces.dup(ArrayType.ACTIVATIONS, code);
    }

    @Override
    protected EnergyTerms measure(INDArray code, INDArray target, LayerWorkspaceMgr workspaces) {
        INDArray residual = measureResidual(energyOf(dictionary, penalty).decoder(), code, target, workspaces);
        return new EnergyTerms(Norms.squared(residual) / 2, penalty.value(code));
    }

    @Override
    protected INDArray backward(
            INDArray epsilon, double weight, LayerWorkspaceMgr workspaces, ArrayType working, boolean wanted) {
        Energy energy = energyOf(dictionary, penalty);
        writeInhibitionGradient(code, weight);
        INDArray gradient = gradientViews.get(SparseCodingLayer.DICTIONARY);
        INDArray inputGradient = wanted ? workspaces.create(ArrayType.ACTIVATION_GRAD, dataType, x.shape(), 'c') : null;
        if (weight > 0) {
            energy.decoder().weightGradient(code, residual(), gradient, 0);
        } else {
            gradient.assign(0);
        }
        INDArray codeGradient = codeGradient(energy, epsilon, weight, workspaces, working);
        if (codeGradient != null) {
            throughTheMinimiser(energy, codeGradient, gradient, inputGradient);
        }
        return inputGradient;
    }

    /** What the loss gains by a change of the code; null for nothing: at the minimum of its own energy. */
    private INDArray codeGradient(
            Energy energy, INDArray epsilon, double weight, LayerWorkspaceMgr workspaces, ArrayType working) {
        // with dropout the code is the minimiser for another input than the target
        boolean moved = weight > 0 && layerConf().getIDropout() != null;
        if (!moved && epsilon == null) {
            return null;
        }
        INDArray result = workspaces.create(working, dataType, code.shape(), 'c');
        if (moved) {
            energy.decoder().adjoint(residual(), result, 0);
            energy.penalty().addGradient(code, weight, result);
        }
        if (epsilon != null) {
            result.addi(epsilon);
        }
        maskExamples(result);
        return result;
    }

    private void throughTheMinimiser(Energy energy, INDArray codeGradient, INDArray gradient, INDArray inputGradient) {
        Workspaces.outside(() -> {
            INDArray u = ImplicitDifferentiation.solve(energy, x, code, codeGradient);
            INDArray image = Nd4j.createUninitialized(dataType, x.shape(), 'c');
            energy.decoder().apply(u, image, 0);
            if (inputGradient != null) {
                inputGradient.addi(image);
            }
            energy.decoder().weightGradient(u, energy.residual(x, code), gradient, 1);
            energy.decoder().weightGradient(code, image.negi(), gradient, 1);
            return null;
        });
    }

    @Override
    public void clear() {
        super.clear();
        x = null;
        dictionary = null;
        penalty = null;
        code = null;
    }

    private INDArray atoms() {
        return params.get(SparseCodingLayer.DICTIONARY);
    }

    @Override
    protected INDArray codeOf(INDArray x) {
        return minimiser(atoms(), layerConf().penaltyWith(params), x);
    }

    @Override
    protected INDArray imageOf(INDArray code) {
        return energyOf(atoms(), layerConf().getPenalty()).image(code);
    }

    @Override
    protected LinearOperator decoderFor(INDArray x) {
        return new DenseOperator(atoms());
    }

    /** A single step: the code of least energy. */
    @Override
    public INDArray trajectory(INDArray input) {
        return encode(input).reshape(1, input.size(0), codeSize());
    }

    @Override
    public void revive(int[] units, INDArray directions) {
        AtomRevival.write(atoms(), units, directions, layerConf().getDecoderNorm());
    }

    @Override
    public void startFrom(INDArray dictionary) {
        atoms().assign(requireDictionary(dictionary, layerConf().getNIn()));
    }
}
