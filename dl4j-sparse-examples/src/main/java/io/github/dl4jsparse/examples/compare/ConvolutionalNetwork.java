package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.task.LabelledTraining;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Two convolutions with maximum pooling and a dense layer below the classifier, from random weights: LeNet with
 * rectified units. Images of less than 16 pixels a side have filters of 3 x 3 with zeros around the image.
 */
final class ConvolutionalNetwork implements Contender<Void> {
    private static final int BATCH = 25;
    private static final int SMALL = 16;

    @Override
    public String name() {
        return "CNN";
    }

    @Override
    public Kind kind() {
        return Kind.CONVOLUTIONAL;
    }

    @Override
    public Grid grid() {
        return Grid.empty()
                .axis("rate", 1e-3, 3e-3)
                .axis("dropout", 0.5, 0)
                .axis("l2", 1e-4, 1e-3)
                .effort("updates", 400, 200);
    }

    @Override
    public Classifier train(Setting setting, Void nothing, Task task) {
        boolean small = Math.min(task.unlabelled().height(), task.unlabelled().width()) < SMALL;
        ListBuilder layers =
                Networks.rectified(task.seed()).l2(setting.value("l2")).list();
        MultiLayerNetwork net = Networks.init(layers.layer(convolution(small, 16))
                .layer(pool())
                .layer(convolution(small, 32))
                .layer(pool())
                .layer(new DenseLayer.Builder().nOut(128).build())
                .layer(Networks.classifier(task.classes(), setting.value("dropout")))
                .setInputType(Networks.images(task.unlabelled())));
        new LabelledTraining(BATCH, setting.count("updates"), setting.value("rate"), task.seed())
                .fit(net, task.labelled());
        return Classifier.of(net);
    }

    private static ConvolutionLayer convolution(boolean small, int maps) {
        int kernel = small ? 3 : 5;
        int padding = small ? 1 : 0;
        return new ConvolutionLayer.Builder(kernel, kernel)
                .nOut(maps)
                .padding(padding, padding)
                .build();
    }

    private static SubsamplingLayer pool() {
        return new SubsamplingLayer.Builder(PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build();
    }
}
