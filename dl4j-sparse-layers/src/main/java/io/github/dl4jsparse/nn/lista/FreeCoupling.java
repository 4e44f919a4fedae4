package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.List;
import java.util.Map;
import lombok.EqualsAndHashCode;
import lombok.ToString;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Free weights for the input and for the previous code: {@link Coupling#free}.
 * <p>\[ u = E x + S v, \qquad \partial v = S^{\top} \delta, \qquad \partial S = \sum_k \delta_k v_k^{\top} \]
 * <p>Parameters: {@link ListaConf#ENCODER}, and {@link ListaConf#RECURRENT} with more than one step; untied steps have K and K - 1
 * blocks of rows.
 */
@EqualsAndHashCode(callSuper = false)
@ToString
final class FreeCoupling extends Coupling {
    private static final long serialVersionUID = 1;

    @Override
    void addShapes(EncoderShape shape, Map<String, long[]> shapes) {
        shapes.put(ListaConf.ENCODER, shape.encoder());
        if (shape.steps() > 1) {
            long[] one = shape.recurrent().get();
            shapes.put(
                    ListaConf.RECURRENT, new long[] {shape.untied() ? (shape.steps() - 1) * one[0] : one[0], one[1]});
        }
    }

    @Override
    boolean hasDrive() {
        return true;
    }

    @Override
    boolean usesDecoder(int steps) {
        return false;
    }

    @Override
    boolean mayBeTied() {
        return true;
    }

    @Override
    void require(ListaConf conf) {
        if (!conf.mayRecurFreely()) {
            throw Args.failure(
                    "coupling",
                    "dictionary(), decoder() or learned(), as free weights between all units of a map are too many",
                    this);
        }
    }

    @Override
    double start(ListaConf conf, Map<String, INDArray> params, INDArray atoms, double step) {
        StartValues.encoder(conf, params, atoms.mul(step));
        if (params.containsKey(ListaConf.RECURRENT)) {
            StartValues.eachStep(params.get(ListaConf.RECURRENT), conf.istaRecurrence(atoms, step));
        }
        return step;
    }

    @Override
    CoupledSteps bind(LayerOperators operators) {
        return new FreeSteps(
                StepEncoders.of(operators),
                operators.each(ListaConf.RECURRENT, operators.conf().getIterations() - 1).stream()
                        .map(operators.wiring()::recurrent)
                        .toList());
    }

    /**
     * The steps. Shared recurrent weights get their gradient in one product of the stacked points with the stacked deltas.
     *
     * @param operators S: none for one step, one for all steps, or one per step
     */
    private record FreeSteps(StepEncoders encoders, List<LinearOperator> operators) implements CoupledSteps {
        private LinearOperator operator(int step) {
            return operators.get(operators.size() > 1 ? step - 1 : 0);
        }

        @Override
        public boolean leavesOutIdentity() {
            return false;
        }

        @Override
        public void apply(int step, INDArray x, INDArray point, INDArray result, BlockBuffers buffers) {
            operator(step).apply(point, result, 0);
        }

        @Override
        public void adjoint(
                int step, INDArray x, INDArray delta, INDArray result, INDArray inputGradient, BlockBuffers buffers) {
            operator(step).adjoint(delta, result, 0);
        }

        @Override
        public void writeGradients(List<UnrolledBlock> blocks, Map<String, INDArray> gradients) {
            INDArray all = gradients.get(ListaConf.RECURRENT);
            List<BlockBuffers> buffers =
                    blocks.stream().map(UnrolledBlock::buffers).toList();
            if (operators.size() == 1) {
                operator(1)
                        .weightGradient(
                                buffers.stream().map(BlockBuffers::pointStack).toList(),
                                buffers.stream().map(b -> b.deltas().stack()).toList(),
                                all,
                                0);
                return;
            }
            for (int step = 1; step <= operators.size(); step++) {
                int t = step;
                operator(t)
                        .weightGradient(
                                buffers.stream().map(b -> b.point(t)).toList(),
                                buffers.stream().map(b -> b.deltas().step(t)).toList(),
                                Rows.block(all, t - 1, all.size(0) / operators.size()),
                                0);
            }
        }
    }
}
