package io.github.dl4jsparse.examples.benchmark;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The dense LISTA layer in a network, each step beside the bare matrix products that its mathematics needs, at the same
 * shapes, in the same run: the second divided by the first is the fraction of the machine's limit.
 * <p>Forward: {@code E x}, K - 1 times {@code S z}, {@code D z} (the loss is on). A training step adds {@code D'r}, K - 1
 * times {@code S'd}, and the gradients of S (one product over all steps), E and D.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 3)
public class ListaBenchmark {
    /** Batch, inputs, units, steps. */
    @Param({"20x784x400x11", "128x784x400x11", "256x256x1024x5"})
    public String size;

    private MultiLayerNetwork net;
    private DataSet batch;
    private INDArray x;

    private int steps;
    private INDArray encoder;
    private INDArray recurrent;
    private INDArray decoder;
    private INDArray code;
    private INDArray nextCode;
    private INDArray residual;
    private INDArray codes;
    private INDArray deltas;
    private INDArray encoderGradient;
    private INDArray recurrentGradient;
    private INDArray decoderGradient;

    /** Network and arrays of one size. */
    @Setup
    public void prepare() {
        int[] sizes = sizes(size);
        int examples = sizes[0];
        int inputs = sizes[1];
        int units = sizes[2];
        steps = sizes[3];
        net = network(inputs, units, steps);
        x = Nd4j.rand(DataType.FLOAT, examples, inputs);
        x.diviColumnVector(x.norm2(1));
        INDArray labels = Nd4j.zeros(DataType.FLOAT, examples, 10);
        for (int i = 0; i < examples; i++) {
            labels.putScalar(i, i % 10, 1);
        }
        batch = new DataSet(x, labels);
        encoder = Nd4j.rand(DataType.FLOAT, units, inputs);
        recurrent = Nd4j.rand(DataType.FLOAT, units, units);
        decoder = Nd4j.rand(DataType.FLOAT, inputs, units);
        code = Nd4j.rand(DataType.FLOAT, examples, units);
        nextCode = code.dup();
        residual = Nd4j.rand(DataType.FLOAT, examples, inputs);
        codes = Nd4j.rand(DataType.FLOAT, examples * (steps - 1), units);
        deltas = codes.dup();
        encoderGradient = encoder.dup();
        recurrentGradient = recurrent.dup();
        decoderGradient = decoder.dup();
    }

    private static MultiLayerNetwork network(int inputs, int units, int steps) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(7)
                .updater(new Sgd(0.01))
                .list()
                .layer(new ListaLayer.Builder()
                        .nOut(units)
                        .iterations(steps)
                        .penalty(new L1Penalty(0.018))
                        .unsupervisedWeight(5)
                        .learningRatesByUse(true)
                        .inputGradient(false)
                        .build())
                .layer(new L2NormalizeLayer.Builder().build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nOut(10)
                        .hasBias(false)
                        .build())
                .setInputType(InputType.feedForward(inputs))
                .build());
        net.init();
        return net;
    }

    /** The numbers of a size. */
    static int[] sizes(String size) {
        return Arrays.stream(size.split("x")).mapToInt(Integer::parseInt).toArray();
    }

    /** Inference by the network. */
    @Benchmark
    public INDArray forward() {
        return net.output(x);
    }

    /** The products of {@link #forward}. */
    @Benchmark
    public INDArray forwardProducts() {
        Nd4j.gemm(x, encoder, code, false, true, 1, 0);
        for (int t = 1; t < steps; t++) {
            Nd4j.gemm(code, recurrent, nextCode, false, true, 1, 0);
        }
        return Nd4j.gemm(nextCode, decoder, residual, false, true, 1, 0);
    }

    /** One {@code fit} of a batch: reconstruction, penalty and classification together, SGD, constraint on D. */
    @Benchmark
    public void jointStep() {
        net.fit(batch);
    }

    /** The products of {@link #jointStep} but for the classifier's. */
    @Benchmark
    public INDArray jointStepProducts() {
        return trainingProducts();
    }

    /** One step of unsupervised training, by DL4J's own pre-training of a first layer. */
    @Benchmark
    public void pretrainStep() {
        net.pretrainLayer(0, x);
    }

    /** The products of {@link #pretrainStep}. */
    @Benchmark
    public INDArray pretrainStepProducts() {
        return trainingProducts();
    }

    private INDArray trainingProducts() {
        forwardProducts();
        Nd4j.gemm(residual, decoder, code, false, false, 1, 0);
        for (int t = 1; t < steps; t++) {
            Nd4j.gemm(code, recurrent, nextCode, false, false, 1, 0);
        }
        Nd4j.gemm(deltas, codes, recurrentGradient, true, false, 1, 0);
        Nd4j.gemm(code, x, encoderGradient, true, false, 1, 0);
        return Nd4j.gemm(residual, code, decoderGradient, true, false, 1, 0);
    }
}
