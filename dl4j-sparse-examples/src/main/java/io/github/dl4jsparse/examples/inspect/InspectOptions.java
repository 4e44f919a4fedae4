package io.github.dl4jsparse.examples.inspect;

import io.github.dl4jsparse.data.FrequencyWhitening;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.dl4j.NetVertex;
import io.github.dl4jsparse.internal.dl4j.Stage;
import io.github.dl4jsparse.task.data.CsvFile;
import io.github.dl4jsparse.task.data.ExampleSet;
import io.github.dl4jsparse.task.data.ImageChannels;
import io.github.dl4jsparse.task.data.ImageFolder;
import io.github.dl4jsparse.task.data.PatchBorder;
import io.github.dl4jsparse.task.data.PatchGrid;
import io.github.dl4jsparse.task.data.WholeImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Option;

/** The data that a network is inspected on: images of a folder, patches of them, or rows of a CSV file. */
final class InspectOptions {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "PATH",
            description = "A folder of images, or a CSV file with a row for each example.")
    private Path data;

    @Option(names = "--label", paramLabel = "COLUMN", description = "The column of the CSV file that is no input.")
    private String label;

    @Option(names = "--colour", description = "Read images in colour (default: gray).")
    private boolean colour;

    @Option(
            names = "--size",
            paramLabel = "HEIGHTxWIDTH",
            description =
                    "Size of the images, or of the patches (default: what the network takes; else that of most images).")
    private String size;

    @Option(
            names = "--patches",
            description =
                    "Take patches of the images in place of the images, evenly spaced, up to the number of --examples.")
    private boolean patches;

    @Option(
            names = "--whiten",
            description =
                    "Whiten the photographs and take the mean off each patch, as the commands dictionary, map and inhibition do.")
    private boolean whiten;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "2000",
            description = "The most examples (default: ${DEFAULT-VALUE}).")
    private int most;

    /** Reads what the network can take. */
    InspectExamples examples(Net<?> net) throws IOException {
        Args.atLeast("--examples", most, 1);
        if (!Files.isDirectory(data)) {
            CsvFile file = CsvFile.of(data);
            return rows((label == null ? file : file.label(label)).read(), null);
        }
        if (label != null) {
            throw Args.failure("--label", "left out for a folder of images", label);
        }
        int[] sides = sides(net);
        if (patches || whiten) {
            return patches(flat(net), sides);
        }
        ImageFolder folder = ImageFolder.of(data).channels(channels());
        ExampleSet images = (sides == null ? folder : folder.size(sides[0], sides[1])).read();
        if (!flat(net)) {
            return rows(images, null);
        }
        INDArray features = images.features();
        int[] image = {(int) features.size(1), (int) features.size(2), (int) features.size(3)};
        return rows(images, image);
    }

    private InspectExamples rows(ExampleSet set, int[] image) {
        ExampleSet some = set.size() <= most
                ? set
                : set.select(IntStream.range(0, most)
                        .map(i -> (int) ((long) i * set.size() / most))
                        .toArray());
        INDArray features = some.features();
        return new InspectExamples(
                image == null
                        ? features
                        : features.reshape('c', features.size(0), features.length() / features.size(0)),
                some.names(),
                image,
                set.report().summary() + (some.size() < set.size() ? "; " + some.size() + " of them are shown" : ""));
    }

    private ImageChannels channels() {
        return colour ? ImageChannels.COLOUR : ImageChannels.GRAY;
    }

    /** Whether the network takes images as rows. */
    private static boolean flat(Net<?> net) {
        NetVertex first =
                net.vertices().stream().filter(NetVertex::hasLayer).findFirst().orElseThrow();
        if (first.preProcessor() != null) {
            return true;
        }
        Layer layer = net.stagesWithFrozen().get(0).layer();
        return layer.getParam("D").size(0) == first(net).getNIn();
    }

    private static FeedForwardLayer first(Net<?> net) {
        return net.stagesWithFrozen().stream()
                .map(Stage::layer)
                .map(layer -> layer.conf().getLayer())
                .filter(FeedForwardLayer.class::isInstance)
                .map(FeedForwardLayer.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** Height and width of what the network takes; null where it takes images of any. */
    private int[] sides(Net<?> net) {
        if (size != null) {
            if (!size.matches("\\d{1,5}x\\d{1,5}")) {
                throw Args.failure("--size", "HEIGHTxWIDTH such as 28x28", size);
            }
            String[] sides = size.split("x");
            return new int[] {Integer.parseInt(sides[0]), Integer.parseInt(sides[1])};
        }
        if (!flat(net)) {
            return null;
        }
        long inputs = flatInputs(net);
        int side = (int) Math.round(Math.sqrt((double) inputs / channels().count()));
        if ((long) side * side * channels().count() != inputs) {
            throw Args.failure(
                    "--size",
                    "given, as the network's " + inputs + " inputs are no square image" + (colour ? "" : " in gray"),
                    "none");
        }
        return new int[] {side, side};
    }

    private static long flatInputs(Net<?> net) {
        NetVertex first =
                net.vertices().stream().filter(NetVertex::hasLayer).findFirst().orElseThrow();
        return first.preProcessor() instanceof FeedForwardToCnnPreProcessor images
                ? images.getInputHeight() * images.getInputWidth() * images.getNumChannels()
                : first(net).getNIn();
    }

    private InspectExamples patches(boolean flat, int[] sides) throws IOException {
        if (sides == null) {
            throw Args.failure("--size", "given with --patches for a network that takes images of any size", "none");
        }
        WholeImages images = WholeImages.of(data, channels());
        int each = Math.max(1, most / images.images().size());
        List<INDArray> all = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, INDArray> image : images.images().entrySet()) {
            INDArray pixels = image.getValue();
            INDArray planes = pixels.reshape('c', pixels.size(-3), pixels.size(-2), pixels.size(-1));
            PatchGrid grid = grid(image.getKey(), planes, sides, each);
            INDArray found = grid.patches(whiten ? whitened(planes) : planes);
            all.add(whiten ? found.subColumnVector(found.mean(1)) : found);
            for (int k = 0; k < grid.count(); k++) {
                names.add(image.getKey() + ", row " + grid.top(k) + ", column " + grid.left(k));
            }
        }
        INDArray features = Nd4j.concat(0, all.toArray(INDArray[]::new));
        int[] image = {channels().count(), sides[0], sides[1]};
        String summary = images.report().summary() + "; " + names.size() + (whiten ? " whitened" : "") + " patches of "
                + sides[0] + " x " + sides[1];
        return flat
                ? new InspectExamples(features, names, image, summary)
                : new InspectExamples(
                        features.reshape('c', features.size(0), image[0], image[1], image[2]), names, null, summary);
    }

    /** Each channel for itself. */
    private static INDArray whitened(INDArray planes) {
        return Nd4j.stack(
                0,
                IntStream.range(0, (int) planes.size(0))
                        .mapToObj(channel -> new FrequencyWhitening().whiten(planes.slice(channel)))
                        .toArray(INDArray[]::new));
    }

    /** A grid with about so many patches. */
    private static PatchGrid grid(String name, INDArray image, int[] sides, int wanted) {
        int height = (int) image.size(1);
        int width = (int) image.size(2);
        if (height < sides[0] || width < sides[1]) {
            throw Args.failure(
                    "image " + name,
                    "at least as large as a patch, " + sides[0] + " x " + sides[1],
                    height + " x " + width);
        }
        int stride = Math.max(1, (int) Math.ceil(Math.sqrt((double) height * width / wanted)));
        return new PatchGrid(
                (int) image.size(0), height, width, sides[0], sides[1], stride, stride, PatchBorder.INSIDE);
    }
}
