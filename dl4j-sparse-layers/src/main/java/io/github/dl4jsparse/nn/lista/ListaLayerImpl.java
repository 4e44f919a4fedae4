package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.operator.LinearOperator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a {@link ListaLayer}: every unit is connected to the whole input. */
final class ListaLayerImpl extends UnrolledLayer<ListaLayer> {
    private static final long serialVersionUID = 1;

    ListaLayerImpl(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    @Override
    Wiring wiring(long[] inputShape) {
        return new Dense(layerConf().getNOut());
    }

    @Override
    Wiring wiringOfCodes(long[] codeShape) {
        return new Dense(layerConf().getNOut());
    }

    @Override
    public boolean isRevivable() {
        return true;
    }

    @Override
    public void revive(int[] units, INDArray directions) {
        EncoderRevival.revive(layerConf(), params, units, directions);
    }

    private record Dense(long units) implements Wiring {
        @Override
        public LinearOperator encoder(INDArray weights) {
            return new DenseOperator(weights);
        }

        @Override
        public LinearOperator decoder(INDArray weights) {
            return new DenseOperator(weights);
        }

        @Override
        public LinearOperator recurrent(INDArray weights) {
            return new DenseOperator(weights);
        }

        @Override
        public long[] codeShape(long batch) {
            return new long[] {batch, units};
        }
    }
}
