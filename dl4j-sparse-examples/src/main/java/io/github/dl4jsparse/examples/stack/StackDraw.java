package io.github.dl4jsparse.examples.stack;

import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * One draw of labelled images and first weights.
 *
 * @param pretrained   without labels
 * @param trained      with the last number of labels
 * @param errors       shares of wrong answers by the number of labels, pre-trained
 * @param randomErrors the same from random weights
 * @param ratio        variance of pools under shifts, as a part of that of units
 * @param ratioL1      the same where the units know nothing of their pools
 */
record StackDraw(
        MultiLayerNetwork pretrained,
        MultiLayerNetwork trained,
        Map<Integer, Double> errors,
        Map<Integer, Double> randomErrors,
        double ratio,
        double ratioL1) {}
