package io.github.dl4jsparse.examples.compare;

import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * DL4J's denoising auto-encoder, pre-trained by {@code MultiLayerNetwork.pretrainLayer} as its users do, below the
 * classifier. In DL4J 1.0.0-M2.1 the gradient of that pre-training has the wrong sign: the reconstruction gets worse.
 */
final class AutoEncoderNetwork implements Contender<MultiLayerNetwork> {
    private static final int BATCH = 100;
    private static final int LABELLED_BATCH = 50;
    private static final int UNITS = 400;

    @Override
    public String name() {
        return "AutoEncoder";
    }

    @Override
    public Kind kind() {
        return Kind.DENSE;
    }

    @Override
    public Grid grid() {
        return Grid.empty()
                .pretraining("pretrain rate", 1e-3, 1e-4)
                .pretraining("corruption", 0.3, 0.1)
                .pretrainingEffort("pretrain epochs", 5, 1)
                .axis("rate", 1e-3, 3e-3, 3e-4)
                .axis("dropout", 0.5, 0)
                .effort("updates", 600, 1500);
    }

    @Override
    public MultiLayerNetwork pretrain(Setting setting, Unlabelled images, long seed) {
        MultiLayerNetwork net = Networks.init(Networks.builder(seed)
                .updater(new Adam(setting.value("pretrain rate")))
                .list()
                .layer(new AutoEncoder.Builder()
                        .nOut(UNITS)
                        .activation(Activation.SIGMOID)
                        .corruptionLevel(setting.value("corruption"))
                        .lossFunction(LossFunction.MSE)
                        .build())
                .layer(Networks.classifier(Pretraining.CLASSES, 0))
                .setInputType(Networks.rows(images)));
        net.pretrainLayer(0, images.batches(BATCH), setting.count("pretrain epochs"));
        return net;
    }

    @Override
    public Classifier train(Setting setting, MultiLayerNetwork pretrained, Task task) {
        return Pretraining.fineTune(setting, pretrained, task, LABELLED_BATCH);
    }
}
