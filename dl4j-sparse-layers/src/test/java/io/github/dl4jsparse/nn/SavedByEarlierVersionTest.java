package io.github.dl4jsparse.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.model.ModelFile;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.nn.inhibition.LateralInhibitionLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.lista.LocallyConnectedListaLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.nn.normalization.LocalContrastLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.nn.pooling.GroupSparsityLayer;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Networks that an earlier version trained and saved give the same outputs, and continue training with the same
 * updates. {@code src/test/oracles/SavedNetworks.java} made the files, with commit dac490f.
 */
@ExtendWith(DoublePrecision.class)
class SavedByEarlierVersionTest {
    /** What may differ from processor to processor, whose matrix products add in another order. */
    private static final double TOLERANCE = 1e-11;

    private static final Set<Class<?>> LAYERS = Set.of(
            ListaLayer.class,
            ConvolutionalListaLayer.class,
            LocallyConnectedListaLayer.class,
            SparseCodingLayer.class,
            LateralInhibitionLayer.class,
            GroupL2PoolingLayer.class,
            GroupSparsityLayer.class,
            L2NormalizeLayer.class,
            LocalContrastLayer.class);

    /** What a network was given and gave when its file was made. */
    private record Stored(
            INDArray x, INDArray labels, INDArray output, INDArray params, INDArray state, INDArray later) {
        static Stored read(Path file) throws IOException {
            try (InputStream bytes = new GZIPInputStream(Files.newInputStream(file))) {
                DataInputStream in = new DataInputStream(bytes);
                return new Stored(
                        Nd4j.read(in), Nd4j.read(in), Nd4j.read(in), Nd4j.read(in), Nd4j.read(in), Nd4j.read(in));
            }
        }
    }

    static List<String> networks() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".zip"))
                    .map(name -> name.substring(0, name.length() - ".zip".length()))
                    .sorted()
                    .toList();
        }
    }

    private static Path directory() throws URISyntaxException {
        return Path.of(SavedByEarlierVersionTest.class.getResource("/saved").toURI());
    }

    private static AnyNetwork read(String name) throws IOException, URISyntaxException {
        Path file = directory().resolve(name + ".zip");
        return name.endsWith("-graph")
                ? new AnyNetwork.Graph(ModelFile.restoreGraph(file))
                : new AnyNetwork.Stack(ModelSerializer.restoreMultiLayerNetwork(file.toFile(), true));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void outputsAndNextUpdatesAreThoseOfThatVersion(String name) throws IOException, URISyntaxException {
        AnyNetwork net = read(name);
        Stored stored = Stored.read(directory().resolve(name + ".arrays.gz"));
        assertArrayEquals(stored.output().shape(), net.output(stored.x()).shape());
        assertEquals(0, Samples.distance(stored.output(), net.output(stored.x())), TOLERANCE, "the output");
        DataSet data = new DataSet(stored.x(), stored.labels());
        net.fit(data);
        net.fit(data);
        assertEquals(0, Samples.distance(stored.params(), net.params()), TOLERANCE, "the parameters after two updates");
        assertEquals(0, Samples.distance(stored.state(), net.updaterState()), TOLERANCE, "the state of the updater");
        assertEquals(0, Samples.distance(stored.later(), net.output(stored.x())), TOLERANCE, "the output later");
        assertTrue(Samples.distance(stored.later(), stored.output()) > 1e-3, "training does something");
    }

    @Test
    void everyLayerIsAmongThem() throws IOException, URISyntaxException {
        Set<Class<?>> seen = networks().stream()
                .flatMap(name -> {
                    try {
                        return Arrays.stream(read(name).layers());
                    } catch (IOException | URISyntaxException e) {
                        throw new IllegalStateException(name, e);
                    }
                })
                .<Class<?>>map(layer -> layer.conf().getLayer().getClass())
                .filter(LAYERS::contains)
                .collect(Collectors.toSet());
        assertEquals(LAYERS, seen);
    }
}
