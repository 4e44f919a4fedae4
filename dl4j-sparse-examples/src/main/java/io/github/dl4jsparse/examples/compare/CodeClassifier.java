package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.examples.compare.Contender.Classifier;
import io.github.dl4jsparse.task.FeatureNetwork;
import io.github.dl4jsparse.task.LabelledTraining;
import io.github.dl4jsparse.task.LayerCodes;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** A classifier on the codes of a network that stays as it is: the codes are computed once for all its updates. */
final class CodeClassifier implements Classifier {
    private final MultiLayerNetwork encoder;
    private final int layer;
    private final double dropout;
    private final long seed;
    private MultiLayerNetwork head;

    /**
     * @param encoder not modified
     * @param layer   the last one that makes the codes
     * @param dropout share of the code that the classifier does not see in training
     * @param seed    of the classifier's first weights
     */
    CodeClassifier(MultiLayerNetwork encoder, int layer, double dropout, long seed) {
        this.encoder = encoder;
        this.layer = layer;
        this.dropout = dropout;
        this.seed = seed;
    }

    /** Trains the classifier as {@link LabelledTraining} does. */
    void fit(DataSet labelled, int batch, int updates, double rate, long order) {
        INDArray codes = LayerCodes.of(encoder, layer, labelled.getFeatures());
        head = Networks.init(Networks.builder(seed)
                .list()
                .layer(FeatureNetwork.classifier(codes.size(1), labelled.numOutcomes(), dropout)));
        new LabelledTraining(batch, updates, rate, order).fit(head, new DataSet(codes, labelled.getLabels()));
    }

    /**
     * Puts the trained classifier into a network.
     *
     * @param net its last layer is a classifier of the same shape. Modified in place.
     */
    void copyTo(MultiLayerNetwork net) {
        net.getOutputLayer().setParams(head.getOutputLayer().params());
    }

    @Override
    public INDArray scores(INDArray images) {
        return head.output(LayerCodes.of(encoder, layer, images));
    }
}
