package io.github.dl4jsparse.examples.compare;

import org.deeplearning4j.nn.conf.layers.variational.BernoulliReconstructionDistribution;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;

/** DL4J's variational auto-encoder, pre-trained by {@code MultiLayerNetwork.pretrainLayer}, below the classifier. */
final class VariationalNetwork implements Contender<MultiLayerNetwork> {
    private static final int BATCH = 100;
    private static final int LABELLED_BATCH = 50;
    private static final int HIDDEN = 400;

    @Override
    public String name() {
        return "VariationalAutoencoder";
    }

    @Override
    public Kind kind() {
        return Kind.DENSE;
    }

    @Override
    public Grid grid() {
        return Grid.empty()
                .pretraining("latent units", 64, 32)
                .pretrainingEffort("pretrain epochs", 10, 5)
                .axis("rate", 1e-3, 3e-3, 3e-4)
                .axis("dropout", 0, 0.5)
                .effort("updates", 600, 1500);
    }

    @Override
    public MultiLayerNetwork pretrain(Setting setting, Unlabelled images, long seed) {
        MultiLayerNetwork net = Networks.init(Networks.rectified(seed)
                .updater(new Adam(1e-3))
                .list()
                .layer(new VariationalAutoencoder.Builder()
                        .nOut(setting.count("latent units"))
                        .encoderLayerSizes(HIDDEN)
                        .decoderLayerSizes(HIDDEN)
                        .pzxActivationFunction(Activation.IDENTITY)
                        .reconstructionDistribution(new BernoulliReconstructionDistribution(Activation.SIGMOID))
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
