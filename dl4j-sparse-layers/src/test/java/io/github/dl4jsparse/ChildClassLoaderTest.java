package io.github.dl4jsparse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import io.github.dl4jsparse.data.ZcaWhitening;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.model.ModelFile;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** The library in a class loader below that of DL4J, as in an application server. */
class ChildClassLoaderTest {
    /** Has a copy of the library and its tests, and everything else from its parent. */
    private static final class Server extends URLClassLoader {
        Server(URL... own) {
            super(own, ChildClassLoaderTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith("io.github.dl4jsparse.")) {
                    return super.loadClass(name, resolve);
                }
                Class<?> known = findLoadedClass(name);
                return known == null ? findClass(name) : known;
            }
        }
    }

    private static URL place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everythingIsSavedAndRestored(boolean threadKnowsTheChild, @TempDir Path directory) throws Exception {
        ClassLoader usual = Thread.currentThread().getContextClassLoader();
        try (Server server = new Server(place(ListaLayer.class), place(ChildClassLoaderTest.class))) {
            Class<?> copy = server.loadClass(ChildClassLoaderTest.class.getName());
            assertNotSame(ChildClassLoaderTest.class, copy);
            Method job = copy.getDeclaredMethod("job", Path.class);
            job.setAccessible(true);
            Thread.currentThread().setContextClassLoader(threadKnowsTheChild ? server : usual);
            assertEquals("done by " + server, job.invoke(null, directory));
        } finally {
            Thread.currentThread().setContextClassLoader(usual);
        }
    }

    static String job(Path directory) throws IOException {
        Path file = directory.resolve("c.zip");
        DataSet data = new DataSet(
                Samples.gaussian(DataType.FLOAT, 3, 12, 5),
                Samples.oneHot(12, 2).castTo(DataType.FLOAT));
        LayerwisePretrainer.Builder pretrainer = LayerwisePretrainer.builder()
                .heldOut(new ExistingDataSetIterator(List.of(data)))
                .checkpoint(file)
                .resume(true);
        MultiLayerNetwork net = Networks.classifier(
                new Adam(0.01),
                5,
                2,
                new ListaLayer.Builder()
                        .nOut(8)
                        .iterations(2)
                        .penalty(new L1Penalty(0.02))
                        .build());
        pretrainer.build().fit(net, new ExistingDataSetIterator(List.of(data)));
        MultiLayerNetwork restored = ModelFile.restoreNetwork(file);
        pretrainer.epochs(3).build().fit(restored, new ExistingDataSetIterator(List.of(data)));
        ListaLayer layer = (ListaLayer) restored.getLayer(0).conf().getLayer();
        ModelFile.save(file, restored.toComputationGraph());
        ModelFile.restoreGraph(file);
        ZcaWhitening whitening = new ZcaWhitening(0.1);
        whitening.fit(data);
        ModelFile.save(file, net, whitening);
        ZcaWhitening read = (ZcaWhitening) ModelFile.restoreNormalizer(file).orElseThrow();
        assertEquals(whitening, read);
        ModelFile.save(file, net, Map.of("more", new byte[] {1}));
        assertEquals(1, ModelFile.restoreBytes(file, "more").get("more")[0]);
        return "done by " + layer.getClass().getClassLoader();
    }
}
