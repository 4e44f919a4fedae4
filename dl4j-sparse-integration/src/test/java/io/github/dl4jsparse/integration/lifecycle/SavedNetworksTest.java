package io.github.dl4jsparse.integration.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.integration.EveryLayer;
import io.github.dl4jsparse.model.ModelFile;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.Samples;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.listeners.CheckpointListener;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;

/** Networks are saved, with all that training needs, and go on as if nothing had happened. */
class SavedNetworksTest {
    @TempDir
    private Path directory;

    private static void train(AnyNetwork net, EveryLayer layer, int from, int until) {
        for (int i = from; i < until; i++) {
            net.fit(layer.data(6, i));
        }
    }

    private static void assertSame(AnyNetwork expected, AnyNetwork actual) {
        assertEquals(0, Samples.distance(expected.params(), actual.params()));
        assertEquals(0, Samples.distance(expected.updaterState(), actual.updaterState()));
    }

    private static void resumes(EveryLayer layer, AnyNetwork net) throws IOException {
        train(net, layer, 0, 3);
        AnyNetwork back = net.saved();
        assertSame(net, back);
        train(net, layer, 3, 6);
        train(back, layer, 3, 6);
        assertSame(net, back);
    }

    @ParameterizedTest
    @EnumSource
    void trainingOfANetworkResumesBitByBit(EveryLayer layer) throws IOException {
        resumes(layer, new AnyNetwork.Stack(layer.network()));
    }

    @ParameterizedTest
    @EnumSource
    void trainingOfAGraphResumesBitByBit(EveryLayer layer) throws IOException {
        resumes(layer, new AnyNetwork.Graph(layer.graph()));
    }

    private static DataSetIterator batches(EveryLayer layer) {
        return new ListDataSetIterator<>(layer.data(12, 1).asList(), 4);
    }

    @ParameterizedTest
    @EnumSource
    void theNormaliserIsSavedWithTheNetwork(EveryLayer layer) throws IOException {
        DataNormalization normalizer = new NormalizerStandardize();
        normalizer.fit(batches(layer));
        MultiLayerNetwork net = layer.network();
        Path sealed = directory.resolve("sealed.zip");
        ModelFile.save(sealed, net, normalizer);
        assertEquals(normalizer, ModelFile.restoreNormalizer(sealed).orElseThrow());
        assertEquals(net.params(), ModelFile.restoreNetwork(sealed).params());
        // the way round DL4J's own writeModel(net, file, updater, normalizer), which fails in 1.0.0-M2.1
        File plain = directory.resolve("plain.zip").toFile();
        ModelSerializer.writeModel(net, plain, true);
        ModelSerializer.addNormalizerToModel(plain, normalizer);
        assertEquals(normalizer, ModelSerializer.restoreNormalizerFromFile(plain));
        assertEquals(
                net.params(), ModelSerializer.restoreMultiLayerNetwork(plain).params());
    }

    @ParameterizedTest
    @EnumSource
    void aCheckpointGoesOnWhereItWasWritten(EveryLayer layer) {
        MultiLayerNetwork net = layer.network();
        CheckpointListener checkpoints = new CheckpointListener.Builder(directory.toFile())
                .saveEveryNIterations(3)
                .keepLast(2)
                .build();
        net.setListeners(checkpoints);
        net.fit(batches(layer), 2);
        assertTrue(checkpoints.availableCheckpoints().size() > 0);
        MultiLayerNetwork back = CheckpointListener.loadLastCheckpointMLN(directory.toFile());
        assertNotEquals(layer.network().params(), back.params());
        double before = back.score(layer.data(12, 1));
        back.fit(batches(layer), 5);
        double after = back.score(layer.data(12, 1));
        assertTrue(after < before, () -> after + " after " + before);
    }
}
