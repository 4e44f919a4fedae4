package io.github.dl4jsparse.internal.backend;

import io.github.dl4jsparse.OwnJvm;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import java.io.IOException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Programs for {@link KernelChoiceTest}, which differ in what they use first. */
final class FirstUse {
    private FirstUse() {}

    private static void report() {
        System.out.println(OwnJvm.MARK + BlasKernels.inUse().orElse("unknown"));
    }

    /** ND4J, before any class of the library. */
    static final class OfNd4j {
        public static void main(String[] args) {
            INDArray ones = Nd4j.ones(20, 30);
            System.out.println(OwnJvm.MARK + ones.mmul(ones.transpose()).getDouble(19, 19));
            report();
        }
    }

    /** The builder of a layer with parameters. */
    static final class OfBuilder {
        public static void main(String[] args) {
            System.out.println(
                    OwnJvm.MARK + new ListaLayer.Builder().nOut(3).build().getNOut());
            report();
        }
    }

    /** The configuration of a layer without parameters, as it is read from JSON. */
    static final class OfConfiguration {
        public static void main(String[] args) throws IOException {
            String json = "{\"@class\": \"" + L2NormalizeLayer.class.getName() + "\", \"layerName\": \"unit length\"}";
            Layer read = NeuralNetConfiguration.mapper().readValue(json, Layer.class);
            System.out.println(OwnJvm.MARK + read.getLayerName());
            report();
        }
    }
}
