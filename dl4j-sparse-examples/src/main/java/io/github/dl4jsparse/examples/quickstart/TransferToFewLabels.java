package io.github.dl4jsparse.examples.quickstart;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.model.ModelFile;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.task.data.CsvFile;
import io.github.dl4jsparse.train.Decoders;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.learning.config.Adam;

/**
 * An encoder that was trained without labels and saved becomes the frozen part of a classifier, by DL4J's {@code TransferLearning}.
 * Beside it logistic regression on the pixels, with the same labels.
 */
public final class TransferToFewLabels {
    // spotless:off
    private TransferToFewLabels() {}

    private static MultiLayerNetwork encoder() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(1).updater(new Adam(3e-4)).list()
                .layer(new ListaLayer.Builder().nOut(256).iterations(5).inputScaling(true)
                        .penalty(new L1Penalty(0.05)).build())
                .setInputType(InputType.feedForward(64)).build());
        net.init();
        return net;
    }

    private static OutputLayer classifier(int inputs) {
        return new OutputLayer.Builder().nIn(inputs).nOut(10).activation(Activation.SOFTMAX).updater(new Adam(0.03)).build();
    }

    private static double right(MultiLayerNetwork net, DataSet digits) {
        net.fit(new ViewIterator((DataSet) digits.getRange(0, 100), 50), 100);
        return 100 * net.evaluate(new ViewIterator((DataSet) digits.getRange(1297, 1797), 250)).accuracy();
    }

    /** @param args the digits as CSV: 64 pixels, then the class; a file for the encoder */
    public static void main(String[] args) throws IOException {
        DataSet digits = CsvFile.of(Path.of(args[0])).label("65").read().dataSet();
        digits.getFeatures().divi(16);                                         // 0 to 1
        digits.shuffle(7);
        MultiLayerNetwork trained = encoder();
        LayerwisePretrainer.builder().epochs(20).warmUp(100).seed(1).build()
                .fit(trained, digits.getRange(0, 1297).getFeatures());
        ModelFile.save(Path.of(args[1]), trained);

        MultiLayerNetwork features = Decoders.remove(ModelFile.restoreNetwork(Path.of(args[1])));
        MultiLayerNetwork net = new TransferLearning.Builder(features)
                .fineTuneConfiguration(new FineTuneConfiguration.Builder().updater(new Adam(1e-3)).seed(2).build())
                .setFeatureExtractor(0)                                        // the encoder is frozen
                .addLayer(new L2NormalizeLayer.Builder().build())
                .addLayer(classifier(256)).build();
        MultiLayerNetwork logistic = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(2).list()
                .layer(classifier(64)).build());
        logistic.init();
        System.out.printf("100 labels: %.1f %% right on codes, %.1f %% by logistic regression%n",
                right(net, digits), right(logistic, digits));
    }
    // spotless:on
}
