package io.github.dl4jsparse.internal.backend;

import io.github.dl4jsparse.OwnJvm;
import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.solver.Fista;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Programs for {@link KernelWarningTest}. */
final class SlowPrograms {
    private SlowPrograms() {}

    private static void report() {
        System.out.println(OwnJvm.MARK + "done");
    }

    /** Two networks of this library's layers. */
    static final class OfLayers {
        public static void main(String[] args) {
            for (int i = 0; i < 2; i++) {
                MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                        .list()
                        .layer(new ListaLayer.Builder()
                                .nOut(100)
                                .penalty(new L1Penalty(0.1))
                                .unsupervisedWeight(1)
                                .build())
                        .layer(new L2NormalizeLayer.Builder().build())
                        .layer(new OutputLayer.Builder()
                                .nOut(100)
                                .activation(Activation.SOFTMAX)
                                .build())
                        .setInputType(InputType.feedForward(64))
                        .build());
                net.init();
                net.fit(new DataSet(Nd4j.rand(100, 64), Nd4j.eye(100)));
            }
            report();
        }
    }

    /** A solver, twice, and no layer. */
    static final class OfSolvers {
        public static void main(String[] args) {
            Energy energy = new Energy(new DenseOperator(Nd4j.eye(10)), new L1Penalty(0.1));
            for (int i = 0; i < 2; i++) {
                new Fista(100, 1e-3).solve(energy, Nd4j.ones(3, 10));
            }
            report();
        }
    }
}
