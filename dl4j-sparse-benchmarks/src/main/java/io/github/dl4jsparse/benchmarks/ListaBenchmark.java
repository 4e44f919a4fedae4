package io.github.dl4jsparse.benchmarks;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.internal.parallel.Tasks;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import java.util.Arrays;
import java.util.stream.Stream;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The dense LISTA layer in a network, each step beside the bare matrix products that its mathematics needs, at the same
 * shapes, in the same run: the second divided by the first is the fraction of the machine's limit.
 * <p>Forward: {@code E x}, K - 1 times {@code S z}, {@code D z} (the loss is on). A training step adds {@code D'r}, K - 1
 * times {@code S'd}, and the gradients of S (one product over all steps), E and D.
 */
public class ListaBenchmark extends ThreadedBenchmark {
    /** Batch, inputs, units, steps. */
    @Param({"10x784x400x11", "20x784x400x11", "128x784x400x11", "256x256x1024x5"})
    public String size;

    private MultiLayerNetwork net;
    private DataSet batch;
    private INDArray x;

    private DenseProducts[] products;

    /** Network and arrays of one size. */
    @Setup
    public void prepare() {
        int[] sizes = sizes(size);
        int examples = sizes[0];
        int inputs = sizes[1];
        int units = sizes[2];
        net = network(inputs, units, sizes[3]);
        x = Nd4j.rand(DataType.FLOAT, examples, inputs);
        x.diviColumnVector(x.norm2(1));
        INDArray labels = Nd4j.zeros(DataType.FLOAT, examples, 10);
        for (int i = 0; i < examples; i++) {
            labels.putScalar(i, i % 10, 1);
        }
        batch = new DataSet(x, labels);
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

    /** Batch, inputs, units and steps of a size. */
    static int[] sizes(String size) {
        return Arrays.stream(size.split("x")).mapToInt(Integer::parseInt).toArray();
    }

    /**
     * Operations of the products of one benchmark.
     *
     * @param name of the benchmark
     * @return 10^9 operations
     */
    static double gigaFlops(String size, String name) {
        int[] n = sizes(size);
        return name.startsWith("forward")
                ? DenseProducts.forwardGigaFlops(n[0], n[1], n[2], n[3])
                : DenseProducts.trainingGigaFlops(n[0], n[1], n[2], n[3]);
    }

    /** Inference by the network. */
    @Benchmark
    public INDArray forward() {
        return net.output(x);
    }

    /** The products of {@link #forward}. */
    @Benchmark
    public void forwardProducts() {
        DenseProducts[] all = products();
        Tasks.forEach(threads, i -> all[i].forward());
    }

    /** One {@code fit} of a batch: reconstruction, penalty and classification together, SGD, constraint on D. */
    @Benchmark
    public void jointStep() {
        net.fit(batch);
    }

    /** The products of {@link #jointStep} without the classifier's. */
    @Benchmark
    public void jointStepProducts() {
        trainingProducts();
    }

    /** One step of unsupervised training, by DL4J's own pre-training of a first layer. */
    @Benchmark
    public void pretrainStep() {
        net.pretrainLayer(0, x);
    }

    /** The products of {@link #pretrainStep}. */
    @Benchmark
    public void pretrainStepProducts() {
        trainingProducts();
    }

    private void trainingProducts() {
        DenseProducts[] all = products();
        Tasks.forEach(threads, i -> all[i].training());
    }

    /** Made by the first call, so that their arrays are not part of a step's memory. */
    private DenseProducts[] products() {
        if (products == null) {
            int[] n = sizes(size);
            products = Stream.generate(() -> new DenseProducts(share(n[0]), n[1], n[2], n[3]))
                    .limit(threads)
                    .toArray(DenseProducts[]::new);
        }
        return products;
    }
}
