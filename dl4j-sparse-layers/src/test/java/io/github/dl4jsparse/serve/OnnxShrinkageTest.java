package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import java.io.IOException;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class OnnxShrinkageTest {
    /** Firm shrinkage with a bound of 1, as a shrinkage of another project. */
    record Bounded() implements Shrinkage, OnnxShrinkage {
        private static final long serialVersionUID = 1;

        @Override
        public double[] startThresholds(int units, double step, Penalty penalty) {
            return Shrinkage.unitThresholds(units, step, penalty);
        }

        @Override
        public void shrink(int step, double[] v, double[] thresholds) {
            for (int i = 0; i < v.length; i++) {
                v[i] = Math.min(1, Math.max(0, v[i] - thresholds[i]));
            }
        }

        @Override
        public void backward(
                int step,
                double[] v,
                double[] code,
                double[] thresholds,
                double[] gradient,
                double[] thresholdGradient) {
            throw new UnsupportedOperationException("served, not trained");
        }

        @Override
        public OnnxValue toOnnx(OnnxValue code, OnnxValue thresholds) {
            return code.minus(thresholds).relu().with("Min", code.graph().number(1));
        }
    }

    @Test
    void onesOwnShrinkageSaysWhatItIs() throws IOException {
        InputType rows = InputType.feedForward(10);
        InputType images = InputType.convolutional(5, 4, 2);
        MultiLayerNetwork dense = OnnxExportTest.network(
                rows,
                new ListaLayer.Builder()
                        .nOut(8)
                        .shrinkage(new Bounded())
                        .penalty(new L1Penalty(0.1))
                        .build());
        OnnxLaw.check(dense, batch -> new INDArray[] {OnnxExportTest.input(rows, batch)});
        MultiLayerNetwork maps = OnnxExportTest.network(
                images,
                new ConvolutionalListaLayer.Builder(3, 3)
                        .nOut(4)
                        .iterations(2)
                        .shrinkage(new Bounded())
                        .penalty(new L1Penalty(0.1))
                        .build());
        OnnxLaw.check(maps, batch -> new INDArray[] {OnnxExportTest.input(images, batch)});
    }
}
