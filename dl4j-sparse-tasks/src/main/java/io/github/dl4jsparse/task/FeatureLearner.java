package io.github.dl4jsparse.task;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.model.ModelFile;
import io.github.dl4jsparse.task.data.BalancedDraw;
import io.github.dl4jsparse.task.data.ExampleSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Learns features from all images of a folder, and a classifier from the few that have labels.
 * <p>A stack of convolutional sparse codes is pre-trained on all images, one stage after the other, without labels:
 * \[ \min_{D, F} \sum_x \tfrac12 \lVert x - D F(x) \rVert_2^2 + \lambda \lVert F(x) \rVert_1 \]
 * where F is the encoder of a stage, D its decoder and x an image or the pooled codes of the stage below. Decoders are dropped; a
 * classifier is trained on the codes of the labelled images, then all layers with it.
 * <pre>{@code
 * ExampleSet images = ImageFolder.of(Path.of("parts")).size(28, 28).read();
 * FeatureLearner learner = FeatureLearner.builder().fit(images, 100);
 * List<String> classes = learner.classify(images.features());
 * learner.save(Path.of("parts.zip"));
 * }</pre>
 * <p>Shapes: images {@code [images, channels, height, width]} as they were read for training, of at least 8 pixels a side; any scale of
 * values, as long as it is that of training.
 * <p>Errors: an {@code IllegalArgumentException} that names what is wrong with examples or labels; an {@code IOException} for files.
 * For one thread at a time.
 * <p>Reference: Masci, Meier, Ciresan and Schmidhuber, Stacked convolutional auto-encoders for hierarchical feature extraction, ICANN
 * 2011; with the sparse encoder of Rolfe and LeCun, Discriminative recurrent sparse auto-encoders, ICLR 2013.
 */
public final class FeatureLearner {
    private static final SettingsEntry<Saved> ENTRY =
            new SettingsEntry<>("features", Saved.class, FeatureLearner.class);

    private final MultiLayerNetwork net;
    private final List<String> classes;
    private final long[] image;

    FeatureLearner(MultiLayerNetwork net, List<String> classes, long[] image) {
        this.net = net;
        this.classes = List.copyOf(classes);
        this.image = image.clone();
    }

    /** Settings and training. */
    public static FeatureLearnerBuilder builder() {
        return new FeatureLearnerBuilder();
    }

    /**
     * Draws examples to be labelled: as many of each class as possible.
     *
     * @param number one for each class to all
     * @return their positions
     * @throws IllegalArgumentException if there are fewer examples or more classes, or they have no classes
     */
    public static int[] draw(ExampleSet examples, int number, long seed) {
        requireClasses(examples);
        if (number < examples.classes().size()) {
            throw Args.failure("labels", "at least one for each class " + examples.classes(), number);
        }
        int[] classes = examples.oneHot().argMax(1).toIntVector();
        return BalancedDraw.of(classes, number, seed);
    }

    /** The classes, in the order of the columns of {@link #probabilities}. */
    public List<String> classes() {
        return classes;
    }

    /** The network, an ordinary one of DL4J's: features up to the last layer but one, then softmax. Shared. */
    public MultiLayerNetwork network() {
        return net;
    }

    /**
     * The probability of each class.
     *
     * @param images Not modified.
     * @return {@code [images, classes]}, a new array
     */
    public INDArray probabilities(INDArray images) {
        return LayerCodes.of(net, net.getnLayers() - 1, checked(images));
    }

    /**
     * The most probable class of each image.
     *
     * @param images Not modified.
     */
    public List<String> classify(INDArray images) {
        return Arrays.stream(probabilities(images).argMax(1).toIntVector())
                .mapToObj(classes::get)
                .toList();
    }

    /**
     * The features that the classifier sees, of norm 1: near each other for images that are alike.
     *
     * @param images Not modified.
     * @return {@code [images, features]}, a new array
     */
    public INDArray embed(INDArray images) {
        return LayerCodes.of(net, net.getnLayers() - 2, checked(images));
    }

    /**
     * DL4J's {@code Evaluation} of labelled examples: accuracy, confusion matrix, precision and recall of each class.
     *
     * @throws IllegalArgumentException if the examples have no classes, or one is of a class that was not trained
     */
    public Evaluation evaluate(ExampleSet examples) {
        requireClasses(examples);
        for (String label : examples.classes()) {
            if (!classes.contains(label)) {
                throw Args.failure("class of an example", "one of " + classes, "\"" + label + "\"");
            }
        }
        int[] answers = probabilities(examples.features()).argMax(1).toIntVector();
        Evaluation evaluation = new Evaluation(new ArrayList<>(classes));
        for (int i = 0; i < answers.length; i++) {
            evaluation.eval(answers[i], classes.indexOf(examples.labels().get(i)));
        }
        return evaluation;
    }

    private static void requireClasses(ExampleSet examples) {
        if (Args.given("examples", examples).labels().isEmpty()) {
            throw Args.failure(
                    "examples", "with classes: images in a folder for each class, or named by a LabelFile", "none");
        }
    }

    private INDArray checked(INDArray images) {
        boolean fits = Args.given("images", images).rank() == 4
                && Arrays.equals(Arrays.copyOfRange(images.shape(), 1, 4), image);
        if (!fits) {
            throw Args.failure(
                    "images",
                    "[images, " + image[0] + ", " + image[1] + ", " + image[2]
                            + "] as in training; read them in that size",
                    Arrays.toString(images.shape()));
        }
        return images;
    }

    /**
     * Saves network and classes in one sealed file, whole or not at all; DL4J's {@code ModelSerializer} reads the network too.
     *
     * @throws IOException that names the file
     */
    public void save(Path file) throws IOException {
        Saved saved = new Saved();
        saved.classes = classes;
        saved.image = image;
        ENTRY.save(file, net, saved);
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @throws IOException that names the file, if it is damaged or of another kind
     */
    public static FeatureLearner load(Path file) throws IOException {
        Saved saved = ENTRY.read(file);
        MultiLayerNetwork net = ModelFile.restoreNetwork(file);
        if (saved.image == null || saved.image.length != 3) {
            throw ENTRY.wrong(
                    file, "image must be channels, height and width, got " + Arrays.toString(saved.image), null);
        }
        long outputs = net.layerSize(net.getnLayers() - 1);
        if (saved.classes == null || saved.classes.size() != outputs) {
            throw ENTRY.wrong(
                    file, "it must name a class for each of the " + outputs + " outputs, got " + saved.classes, null);
        }
        return new FeatureLearner(net, saved.classes, saved.image);
    }

    /** Size of the images and classes. */
    @Override
    public String toString() {
        return "FeatureLearner of " + image[2] + " x " + image[1] + " images with " + image[0] + " channels, classes "
                + classes;
    }

    /** For Jackson. */
    private static final class Saved extends SettingsEntry.Versioned {
        public List<String> classes;
        public long[] image;
    }
}
