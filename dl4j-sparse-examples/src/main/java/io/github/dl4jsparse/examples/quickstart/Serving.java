package io.github.dl4jsparse.examples.quickstart;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.model.ModelFile;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.serve.OnnxExport;
import io.github.dl4jsparse.task.data.CsvFile;
import io.github.dl4jsparse.train.Decoders;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import io.github.dl4jsparse.train.StandardLayers;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.learning.config.Adam;

/** A trained network in three forms for a server: with this library, with Deeplearning4j alone, with neither. */
public final class Serving {
    // spotless:off
    private Serving() {}

    /** @param args the digits as CSV: 64 pixels, then the class; a folder for the files */
    public static void main(String[] args) throws IOException {
        DataSet digits = CsvFile.of(Path.of(args[0])).label("65").read().dataSet();
        digits.shuffle(7);
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(1).updater(new Adam(3e-4)).list()
                .layer(new ListaLayer.Builder().nOut(128).iterations(3).inputScaling(true)
                        .penalty(new L1Penalty(0.05)).build())
                .layer(new OutputLayer.Builder().nOut(10).activation(Activation.SOFTMAX).build())
                .setInputType(InputType.feedForward(64)).build());
        net.init();
        DataSet train = (DataSet) digits.getRange(0, 1297);
        LayerwisePretrainer.builder().epochs(10).warmUp(100).seed(1).build().fit(net, train.getFeatures());

        MultiLayerNetwork served = Decoders.remove(net);
        served.fit(new ViewIterator(train, 50), 20);
        ModelFile.save(Path.of(args[1], "served.zip"), served);                       // sealed; needs this library
        ComputationGraph standard = StandardLayers.convertToGraph(served);            // DL4J's own layers
        standard.save(Path.of(args[1], "standard.zip").toFile());
        INDArray test = digits.getRange(1297, 1797).getFeatures();
        System.out.printf("%d parameters; DL4J's own layers differ by at most %.1e%n", served.numParams(),
                standard.outputSingle(test).sub(served.output(test)).amaxNumber().doubleValue());
        System.out.println(OnnxExport.write(served, Path.of(args[1], "served.onnx"))); // for ONNX Runtime anywhere
    }
    // spotless:on
}
