package io.github.dl4jsparse.benchmarks;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.lista.LocallyConnectedListaLayer;
import io.github.dl4jsparse.operator.LinearOperator;
import io.github.dl4jsparse.operator.LocalGeometry;
import java.io.OutputStream;
import java.io.PrintStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * A training step of a locally connected encoder and decoder with shrinkage, penalty, constraint and updater, beside a step of
 * DL4J's LocallyConnected2D, which has no decoder, on images of 28x28 with kernel 5, 8 units per position and a batch
 * of 16; and the products that the step of one iteration needs.
 */
public class LocalBenchmark extends ThreadedBenchmark {
    private static final LocalGeometry GEOMETRY = new LocalGeometry(1, 28, 28, 5, 1, 8, true);
    private static final int BATCH = 16;

    /** Side, kernel, units per position, batch. */
    @Param("local-28x5x8x16")
    public String size;

    private LinearOperator operator;
    private INDArray images;
    private INDArray code;
    private INDArray residual;
    private INDArray gradient;
    private MultiLayerNetwork net;
    private MultiLayerNetwork oneStep;
    private MultiLayerNetwork threeSteps;
    private DataSet data;

    /** Arrays and network. */
    @Setup
    public void prepare() {
        INDArray weights = Nd4j.rand(DataType.FLOAT, GEOMETRY.patch(), (long) GEOMETRY.units() * GEOMETRY.positions());
        operator = GEOMETRY.operator(weights);
        gradient = weights.dup();
        images = Nd4j.rand(DataType.FLOAT, BATCH, 1, GEOMETRY.height(), GEOMETRY.width());
        residual = images.dup();
        code = Nd4j.rand(DataType.FLOAT, BATCH, GEOMETRY.units(), GEOMETRY.outHeight(), GEOMETRY.outWidth());
        data = new DataSet(images, code.dup());
        net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .updater(new Sgd(0.01))
                .list()
                .layer(new LocallyConnected2D.Builder()
                        .kernelSize(GEOMETRY.kernel(), GEOMETRY.kernel())
                        .stride(1, 1)
                        .nIn(1)
                        .nOut(GEOMETRY.units())
                        .setInputSize(GEOMETRY.height(), GEOMETRY.width())
                        .activation(Activation.RELU)
                        .hasBias(false)
                        .build())
                .layer(new CnnLossLayer.Builder(LossFunction.MSE).build())
                .setInputType(InputType.convolutional(GEOMETRY.height(), GEOMETRY.width(), 1))
                .build());
        net.init();
        quietly(() -> net.fit(data));
        oneStep = sparse(1);
        threeSteps = sparse(3);
    }

    /**
     * Runs without output: SameDiff, which DL4J's layer is built of, prints a line for each of hundreds of operations
     * the first time.
     */
    private static void quietly(Runnable work) {
        PrintStream shown = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        try {
            work.run();
        } finally {
            System.setOut(shown);
        }
    }

    private static MultiLayerNetwork sparse(int iterations) {
        MultiLayerNetwork sparse = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .updater(new Sgd(1e-6)) // a small learning rate, which keeps the codes finite on noise
                .list()
                .layer(new LocallyConnectedListaLayer.Builder(GEOMETRY.kernel())
                        .nOut(GEOMETRY.units())
                        .torus(true)
                        .iterations(iterations)
                        .penalty(new L1Penalty(0.1))
                        .inputGradient(false)
                        .build())
                .setInputType(InputType.convolutional(GEOMETRY.height(), GEOMETRY.width(), 1))
                .build());
        sparse.init();
        return sparse;
    }

    /** One step of training with one iteration. */
    @Benchmark
    public void localTraining() {
        oneStep.pretrainLayer(0, images);
    }

    /** One step of training with three iterations, whose recurrence goes through the decoder. */
    @Benchmark
    public void localTrainingOfThree() {
        threeSteps.pretrainLayer(0, images);
    }

    /** Encoder, decoder, the decoder's adjoint, and the gradients of both. */
    @Benchmark
    public INDArray localStep() {
        operator.apply(images, code, 0);
        operator.adjoint(code, residual, 0);
        operator.apply(residual, code, 0);
        operator.weightGradient(images, code, gradient, 0);
        operator.weightGradient(residual, code, gradient, 0);
        return gradient;
    }

    /** One {@code fit} of a batch by DL4J's layer. */
    @Benchmark
    public void locallyConnected2D() {
        net.fit(data);
    }
}
