package io.github.dl4jsparse.nn.coding;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.dl4j.Workspaces;
import io.github.dl4jsparse.internal.math.Finite;
import io.github.dl4jsparse.internal.math.Norms;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.internal.nn.AtomRevival;
import io.github.dl4jsparse.nn.spi.SparseLayer;
import io.github.dl4jsparse.nn.spi.TrainingPass;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.operator.LinearOperator;
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

    SparseCodingLayerImpl(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    private Energy energyOf(INDArray atoms, Penalty penalty) {
        return new Energy(new DenseOperator(atoms), penalty);
    }

    /**
     * The codes of least energy; NaN for inputs, or a dictionary, that are not finite. The solver's own arrays are
     * outside of the workspaces.
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
    protected TrainingPass forward(INDArray x, Map<String, INDArray> weights) {
        INDArray dictionary = weights.get(SparseCodingLayer.DICTIONARY);
        requireFinite(Norms.absolute(x));
        Energy energy = energyOf(dictionary, layerConf().penaltyWith(weights));
        return new MinimiserPass(
                layerConf(), energy, x, minimiser(dictionary, energy.penalty(), x), this::maskExamples);
    }

    @Override
    protected INDArray infer(INDArray x, Map<String, INDArray> weights, LayerWorkspaceMgr workspaces) {
        INDArray code =
                minimiser(weights.get(SparseCodingLayer.DICTIONARY), layerConf().penaltyWith(weights), x);
        return workspaces.dup(ArrayType.ACTIVATIONS, code, 'c');
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
    public boolean isRevivable() {
        return true;
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
