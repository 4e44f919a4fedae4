package io.github.dl4jsparse.examples.spark;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.evaluation.classification.Evaluation;

/** A way to train the stack, with data, batches and epochs of its own. */
interface StackTrainer {
    /** What a reader knows it by. */
    String name();

    /** Trains both stages without labels, the lower one first. Modified in place. */
    void pretrain(MultiLayerNetwork net);

    /** Trains all layers with labels. Modified in place. */
    void train(MultiLayerNetwork net);

    /** Counts right and wrong answers on the test images. */
    Evaluation evaluate(MultiLayerNetwork net);
}
