package io.github.dl4jsparse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.data.UnitNormScaling;
import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.diagnostics.PngFile;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.model.ModelFile;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** Writing and reading of all files of the library, in a container without a directory for temporary files. */
class NoTemporaryDirectoryTest {
    @TempDir
    Path directory;

    @Test
    void allFilesAreWrittenAndRead() throws IOException, InterruptedException {
        // below a file there can be no directory, not for root either
        Path none = Files.createFile(directory.resolve("file")).resolve("none");
        ChildJvm child = ChildJvm.run(List.of("-Djava.io.tmpdir=" + none), AllFiles.class, directory.toString());
        assertEquals(0, child.status(), child.printed());
    }

    /** Ends with an exception if one can't be written. */
    static final class AllFiles {
        public static void main(String[] args) throws IOException {
            Path directory = Path.of(args[0]);
            BufferedImage picture = new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB);
            PngFile.write(directory.resolve("a.png"), picture);
            new HtmlReport("title").figure(picture, "a picture").write(directory.resolve("a.html"));
            MultiLayerNetwork net = network();
            Path file = directory.resolve("net.zip");
            ModelFile.save(file, net, new UnitNormScaling());
            ModelFile.restoreNormalizer(file).orElseThrow();
            ModelFile.save(file, net, Map.of("more", new byte[] {1}));
            Path checkpoint = directory.resolve("checkpoint.zip");
            DataSet data = new DataSet(Samples.gaussian(3, 12, 5), Samples.oneHot(12, 2));
            var pretrainer =
                    LayerwisePretrainer.builder().checkpoint(checkpoint).resume(true);
            pretrainer.build().fit(net, new ExistingDataSetIterator(List.of(data)));
            MultiLayerNetwork restored = ModelFile.restoreNetwork(checkpoint);
            pretrainer.epochs(2).build().fit(restored, new ExistingDataSetIterator(List.of(data)));
        }

        private static MultiLayerNetwork network() {
            MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                    .dataType(org.nd4j.linalg.api.buffer.DataType.DOUBLE)
                    .updater(new Adam(0.01))
                    .list()
                    .layer(new ListaLayer.Builder()
                            .nIn(5)
                            .nOut(8)
                            .iterations(2)
                            .penalty(new L1Penalty(0.02))
                            .build())
                    .layer(new OutputLayer.Builder().nIn(8).nOut(2).build())
                    .build());
            net.init();
            return net;
        }
    }
}
