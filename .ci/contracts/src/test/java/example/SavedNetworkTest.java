package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.Samples;
import java.io.File;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** A network with the project's own layer, penalty and shrinkage is trained, saved, loaded, and trained on. */
class SavedNetworkTest {
    private static MultiLayerNetwork network() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.DOUBLE)
                .updater(new Adam(0.01))
                .list()
                .layer(new CompressionLayer.Builder().strength(3).build())
                .layer(new ListaLayer.Builder()
                        .nOut(8)
                        .iterations(3)
                        .shrinkage(new FirmShrinkage(2))
                        .penalty(new ElasticNet(0.1, 0.2))
                        .unsupervisedWeight(0.5)
                        .build())
                .layer(new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build())
                .setInputType(InputType.feedForward(5))
                .build());
        net.init();
        return net;
    }

    @Test
    void loadedNetworkGoesOnAsTheSavedOne(@TempDir Path directory) throws Exception {
        MultiLayerNetwork net = network();
        DataSet data = new DataSet(Samples.gaussian(1, 20, 5), Samples.oneHot(20, 3));
        double before = net.score(data);
        for (int i = 0; i < 30; i++) {
            net.fit(data);
        }
        assertEquals(true, net.score(data) < before, net.score(data) + " after " + before);
        File file = directory.resolve("own.zip").toFile();
        ModelSerializer.writeModel(net, file, true);
        MultiLayerNetwork loaded = ModelSerializer.restoreMultiLayerNetwork(file, true);
        assertEquals(net.getLayerWiseConfigurations(), loaded.getLayerWiseConfigurations());
        INDArray x = data.getFeatures();
        assertEquals(0, Samples.distance(net.output(x), loaded.output(x)));
        net.fit(data);
        loaded.fit(data);
        assertEquals(0, Samples.distance(net.params(), loaded.params()), 1e-12);
    }
}
