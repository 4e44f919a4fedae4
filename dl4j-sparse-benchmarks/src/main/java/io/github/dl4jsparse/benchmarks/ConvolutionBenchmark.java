package io.github.dl4jsparse.benchmarks;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.internal.parallel.Tasks;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The convolutional LISTA layer, with S applied through D, beside the bare matrix products of patches and filters that its
 * mathematics needs, and beside the auto-encoder of DL4J's ConvolutionLayer and Deconvolution2D, which takes one step.
 * <p>Inference: {@code E x} and K - 1 times {@code D z} and {@code D'u}. Unsupervised training adds {@code D z}, {@code D'r}, for
 * each of the K - 1 steps {@code D d} and {@code D'w} and the two parts of the gradient of D, and the gradients of D and E.
 */
public class ConvolutionBenchmark extends ThreadedBenchmark {
    private static final String PREFIX = "convolution ";

    private static final WorkspaceConfiguration OUTPUT = WorkspaceConfiguration.builder()
            .policyLearning(LearningPolicy.FIRST_LOOP)
            .policyAllocation(AllocationPolicy.STRICT)
            .build();

    /** Batch, side of the image, channels, filters, side of the filters, steps. */
    @Param({"convolution 32x28x1x64x7x3", "convolution 32x28x1x64x7x4"})
    public String size;

    private MultiLayerNetwork net;
    private MultiLayerNetwork builtIn;
    private INDArray images;
    private DataSet reconstruct;

    private ConvolutionProducts[] products;

    /** Networks and arrays of one size. */
    @Setup
    public void prepare() {
        int[] sizes = sizes(size);
        images = Nd4j.rand(DataType.FLOAT, sizes[0], sizes[2], sizes[1], sizes[1]);
        reconstruct = new DataSet(images, images.dup());
        net = network(
                sizes,
                new ConvolutionalListaLayer.Builder(sizes[4], sizes[4])
                        .nOut(sizes[3])
                        .iterations(sizes[5])
                        .penalty(new L1Penalty(0.1))
                        .build());
        builtIn = network(
                sizes,
                new ConvolutionLayer.Builder(sizes[4], sizes[4])
                        .nOut(sizes[3])
                        .convolutionMode(ConvolutionMode.Same)
                        .activation(Activation.RELU)
                        .build(),
                new Deconvolution2D.Builder(sizes[4], sizes[4])
                        .nOut(sizes[2])
                        .convolutionMode(ConvolutionMode.Same)
                        .activation(Activation.IDENTITY)
                        .build(),
                new CnnLossLayer.Builder(LossFunction.MSE).build());
    }

    private static MultiLayerNetwork network(int[] sizes, Layer... layers) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(7)
                .updater(new Sgd(1e-4))
                .list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        MultiLayerNetwork net =
                new MultiLayerNetwork(list.setInputType(InputType.convolutional(sizes[1], sizes[1], sizes[2]))
                        .build());
        net.init();
        return net;
    }

    private static int[] sizes(String size) {
        return ListaBenchmark.sizes(size.substring(PREFIX.length()));
    }

    /**
     * Operations of the products of one benchmark.
     *
     * @param name of the benchmark
     * @return 10^9 operations
     */
    static double gigaFlops(String size, String name) {
        int[] s = sizes(size);
        double product = 2e-9 * s[0] * s[1] * s[1] * s[2] * s[3] * s[4] * s[4];
        return product
                * (name.startsWith("inference")
                        ? ConvolutionProducts.inference(s[5])
                        : ConvolutionProducts.training(s[5]));
    }

    /** Inference by the network into a workspace, as DL4J offers it to servers and as the next layer of a network gets it. */
    @Benchmark
    public INDArray inference() {
        try (MemoryWorkspace workspace = Nd4j.getWorkspaceManager().getAndActivateWorkspace(OUTPUT, "OUTPUT")) {
            return net.output(images, false, workspace);
        }
    }

    /** The same into a new array for every batch, whose pages the operating system has to map. */
    @Benchmark
    public INDArray inferenceIntoNewArray() {
        return net.output(images);
    }

    /** The products of {@link #inference}. */
    @Benchmark
    public void inferenceProducts() {
        ConvolutionProducts[] all = products();
        Tasks.forEach(threads, i -> all[i].inference());
    }

    /** One step of unsupervised training, by DL4J's own pre-training of a first layer. */
    @Benchmark
    public void unsupervisedStep() {
        net.pretrainLayer(0, images);
    }

    /** The products of {@link #unsupervisedStep}. */
    @Benchmark
    public void unsupervisedStepProducts() {
        ConvolutionProducts[] all = products();
        Tasks.forEach(threads, i -> all[i].training());
    }

    /** One {@code fit} of the auto-encoder of DL4J's own layers. */
    @Benchmark
    public void builtInAutoencoder() {
        builtIn.fit(reconstruct);
    }

    /** Made by the first call, so that their arrays are not part of a step's memory. */
    private ConvolutionProducts[] products() {
        if (products == null) {
            int[] s = sizes(size);
            int positions = share((long) s[0] * s[1] * s[1]);
            products = Stream.generate(() -> new ConvolutionProducts(positions, s[4] * s[4] * s[2], s[3], s[5]))
                    .limit(threads)
                    .toArray(ConvolutionProducts[]::new);
        }
        return products;
    }
}
