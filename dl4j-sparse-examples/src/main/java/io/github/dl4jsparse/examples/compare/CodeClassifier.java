package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.examples.compare.Contender.Classifier;
import io.github.dl4jsparse.math.Rows;
import io.github.dl4jsparse.task.LabelledTraining;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A classifier on the codes of a network that stays as it is: the codes are computed once for all its updates. */
final class CodeClassifier implements Classifier {
    private static final int PIECE = 250;

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
        INDArray codes = codes(labelled.getFeatures());
        head = Networks.init(Networks.builder(seed)
                .list()
                .layer(Networks.classifierOn(Math.toIntExact(codes.size(1)), labelled.numOutcomes(), dropout)));
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

    private INDArray codes(INDArray images) {
        List<INDArray> parts = new ArrayList<>();
        for (long from = 0; from < images.size(0); from += PIECE) {
            INDArray piece = Rows.of(images, from, Math.min(PIECE, images.size(0) - from));
            INDArray code = encoder.feedForwardToLayer(layer, piece, false).get(layer + 1);
            parts.add(code.reshape('c', code.size(0), code.length() / code.size(0)));
        }
        return Nd4j.vstack(parts);
    }

    @Override
    public INDArray scores(INDArray images) {
        return head.output(codes(images));
    }
}
