import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.SparseGroupPenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.model.ModelFile;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.nn.lista.PredictiveSparseDecomposition;
import io.github.dl4jsparse.nn.constraint.LearnedInhibition;
import io.github.dl4jsparse.nn.inhibition.LateralInhibitionLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.lista.LocallyConnectedListaLayer;
import io.github.dl4jsparse.nn.lista.Coupling;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.nn.normalization.LocalContrastLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.nn.pooling.GroupSparsityLayer;
import io.github.dl4jsparse.solver.CoordinateDescent;
import io.github.dl4jsparse.solver.InhibitionCoordinateDescent;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Networks saved by an earlier version of the library, for SavedByEarlierVersionTest: writes ../resources/saved.
 *
 * <p>Run with the jar of that version in front of its dependencies, on one thread; the files are of commit dac490f:
 *
 * <pre>OMP_NUM_THREADS=1 java -cp dl4j-sparse-layers.jar:DEPENDENCIES SavedNetworks.java ../resources/saved</pre>
 *
 * <p>Every network is trained for five updates, saved with its updater as NAME.zip, and trained for two more. NAME.arrays.gz holds
 * what it was given and gave, in ND4J's own format: inputs, labels, output when it was saved; parameters, state of the
 * updater and output after the two updates.
 */
class SavedNetworks {
    static final int CLASSES = 3;
    static final int BATCH = 6;
    static final InputType VECTOR = InputType.feedForward(5);
    static Path directory;

    public static void main(String[] args) throws IOException {
        directory = Files.createDirectories(Path.of(args[0]));
        dense();
        images();
        others();
        stacks();
    }

    static ListaLayer.Builder lista(int steps) {
        return new ListaLayer.Builder()
                .nOut(7)
                .iterations(steps)
                .initialThreshold(0.05)
                .penalty(new L1Penalty(0.05))
                .unsupervisedWeight(0.5);
    }

    static LateralInhibitionPenalty inhibition(int units) {
        return new LateralInhibitionPenalty(0.2, InhibitionMatrix.uniform(units, 0.1), new L1Penalty(0.02));
    }

    static void dense() throws IOException {
        both("lista", VECTOR, lista(3).build());
        stack("lista-soft", VECTOR, lista(3).shrinkage(Shrinkage.SOFT).build());
        stack("lista-gain-groups", VECTOR, lista(2).shrinkage(Shrinkage.SOFT).gain(true)
                .penalty(new SparseGroupPenalty(0.02, 0.03, Groups.of(7, new int[][] {{0, 1, 2}, {3, 4}, {5, 6}})))
                .build());
        stack("lista-untied", VECTOR, lista(3).untied(true).gain(true).build());
        stack("lista-tied-decoder", VECTOR, lista(3).tiedDecoder(true).build());
        both("lista-dictionary", VECTOR, lista(3).coupling(Coupling.dictionary()).build());
        stack("lista-dictionary-untied", VECTOR, lista(3).coupling(Coupling.dictionary()).untied(true).build());
        both("lista-inhibition", VECTOR, lista(2).penalty(inhibition(7))
                .learnInhibition(LearnedInhibition.ascent(1, 0.5)).build());
        stack("lista-predictive", VECTOR, lista(2).shrinkage(Shrinkage.SOFT).gain(true)
                .predictive(new PredictiveSparseDecomposition(0.8, new CoordinateDescent(1000, 1e-14))).build());
        stack("lista-one-step", VECTOR, lista(1).shrinkage(Shrinkage.NON_NEGATIVE).gain(true).build());
    }

    static ConvolutionalListaLayer.Builder maps(int steps, CNN2DFormat format) {
        return new ConvolutionalListaLayer.Builder(3, 2)
                .nOut(4)
                .iterations(steps)
                .initialThreshold(0.05)
                .dataFormat(format)
                .penalty(new L1Penalty(0.02))
                .unsupervisedWeight(0.1);
    }

    static LocallyConnectedListaLayer.Builder places(CNN2DFormat format) {
        return new LocallyConnectedListaLayer.Builder(2)
                .nOut(2)
                .iterations(2)
                .initialThreshold(0.05)
                .dataFormat(format)
                .penalty(new L1Penalty(0.02))
                .unsupervisedWeight(0.1);
    }

    static void images() throws IOException {
        InputType first = InputType.convolutional(4, 3, 2, CNN2DFormat.NCHW);
        InputType last = InputType.convolutional(4, 3, 2, CNN2DFormat.NHWC);
        both("maps", first, maps(3, CNN2DFormat.NCHW).build());
        stack("maps-channels-last", last, maps(3, CNN2DFormat.NHWC).shrinkage(Shrinkage.SOFT).gain(true).build());
        stack("maps-free", first, maps(2, CNN2DFormat.NCHW).coupling(Coupling.free())
                .penalty(new GroupL2Penalty(0.05, Groups.blocks(4, 2))).build());
        stack("maps-untied", first, maps(3, CNN2DFormat.NCHW).untied(true).convolutionMode(ConvolutionMode.Truncate)
                .padding(1, 1).build());
        stack("maps-tied-decoder", last, maps(2, CNN2DFormat.NHWC).tiedDecoder(true).stride(2, 1).build());
        stack("maps-inhibition", first, maps(2, CNN2DFormat.NCHW).penalty(inhibition(4))
                .learnInhibition(LearnedInhibition.ascent(1, 0.5)).build());
        both("places", first, places(CNN2DFormat.NCHW).build());
        stack("places-channels-last", last, places(CNN2DFormat.NHWC).gain(true).shrinkage(Shrinkage.SOFT).build());
        stack("places-torus-untied", first, places(CNN2DFormat.NCHW).torus(true).untied(true).build());
    }

    static DenseLayer rectifier() {
        return new DenseLayer.Builder().nOut(7).activation(Activation.RELU).build();
    }

    static void others() throws IOException {
        both("coding", VECTOR, new SparseCodingLayer.Builder().nOut(7).penalty(new L1Penalty(0.05))
                .solver(new CoordinateDescent(1000, 1e-14)).unsupervisedWeight(0.5).build());
        stack("coding-inhibition", VECTOR, new SparseCodingLayer.Builder().nOut(7).penalty(inhibition(7))
                .solver(new InhibitionCoordinateDescent(1000, 1e-14))
                .learnInhibition(LearnedInhibition.ascent(1, 0.5)).unsupervisedWeight(0.5).build());
        stack("inhibition", VECTOR, rectifier(), new LateralInhibitionLayer.Builder(InhibitionMatrix.ring(7, 0, 2, 0.5))
                .weight(0.05).steps(2).build());
        both("inhibition-learned", VECTOR, rectifier(), new LateralInhibitionLayer.Builder(
                InhibitionMatrix.uniform(7, 0.1)).weight(0.05).steps(2)
                .learn(LearnedInhibition.ascent(0.5, 1.0)).build());
    }

    static void stacks() throws IOException {
        both("stack", InputType.convolutional(6, 5, 2),
                new LocalContrastLayer.Builder().window(3).build(),
                new ConvolutionalListaLayer.Builder(3, 3).nOut(4).iterations(1).shrinkage(Shrinkage.NON_NEGATIVE)
                        .gain(true).penalty(new L1Penalty(0.02)).unsupervisedWeight(0.1).build(),
                new GroupL2PoolingLayer.Builder(Groups.blocks(4, 2)).window(2, 2).stride(2, 2).build(),
                lista(2).build(),
                new GroupSparsityLayer.Builder(Groups.of(7, new int[][] {{0, 1, 2}, {3, 4, 5, 6}})).penalty(0.01).build(),
                new L2NormalizeLayer.Builder().build());
        both("frozen", VECTOR, new FrozenLayer(lista(3).build()),
                new FrozenLayerWithBackprop(lista(2).nOut(6).build()), rectifier());
    }

    static NeuralNetConfiguration.Builder settings() {
        return new NeuralNetConfiguration.Builder().seed(7).dataType(DataType.DOUBLE).l2(1e-4).updater(new Adam(0.02));
    }

    static OutputLayer classifier() {
        return new OutputLayer.Builder(LossFunction.MCXENT).nOut(CLASSES).activation(Activation.SOFTMAX).build();
    }

    /** A stack and a graph of the same layers. */
    static void both(String name, InputType type, Layer... layers) throws IOException {
        stack(name, type, layers);
        var chain = settings().graphBuilder().addInputs("in").setInputTypes(type);
        String below = "in";
        for (int i = 0; i < layers.length; i++) {
            chain.addLayer("layer" + i, layers[i].clone(), below);
            below = "layer" + i;
        }
        ComputationGraph graph =
                new ComputationGraph(chain.addLayer("out", classifier(), below).setOutputs("out").build());
        graph.init();
        write(name + "-graph", graph, type);
    }

    static void stack(String name, InputType type, Layer... layers) throws IOException {
        var list = settings().list();
        for (Layer layer : layers) {
            list.layer(layer.clone());
        }
        MultiLayerNetwork net = new MultiLayerNetwork(list.layer(classifier()).setInputType(type).build());
        net.init();
        write(name + "-stack", net, type);
    }

    /** A stack is saved by DL4J's ModelSerializer, a graph by the library's ModelFile. */
    static void write(String name, Model net, InputType type) throws IOException {
        DataSet data = data(type);
        NeuralNetwork trained = (NeuralNetwork) net;
        for (int i = 0; i < 5; i++) {
            trained.fit(data);
        }
        Path file = directory.resolve(name + ".zip");
        if (net instanceof ComputationGraph) {
            ModelFile.save(file, net);
        } else {
            ModelSerializer.writeModel(net, file.toFile(), true);
        }
        Path arrays = directory.resolve(name + ".arrays.gz");
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(arrays)))) {
            write(out, data.getFeatures(), data.getLabels(), output(net, data.getFeatures()));
            trained.fit(data);
            trained.fit(data);
            write(out, net.params(), trained.updaterState(), output(net, data.getFeatures()));
        }
    }

    static void write(DataOutputStream out, INDArray... arrays) throws IOException {
        for (INDArray array : arrays) {
            Nd4j.write(array.dup('c'), out);
        }
    }

    static INDArray output(Model net, INDArray x) {
        return net instanceof ComputationGraph graph ? graph.outputSingle(x) : ((MultiLayerNetwork) net).output(x);
    }

    static DataSet data(InputType type) {
        long[] shape = type.getShape(true);
        shape[0] = BATCH;
        Random random = new Random(3);
        int length = 1;
        for (long size : shape) {
            length *= (int) size;
        }
        double[] x = random.doubles(length, -1, 1).toArray();
        double[][] labels = new double[BATCH][CLASSES];
        for (int i = 0; i < BATCH; i++) {
            labels[i][i % CLASSES] = 1;
        }
        return new DataSet(Nd4j.create(x, shape, 'c').castTo(DataType.DOUBLE), Nd4j.create(labels));
    }
}
