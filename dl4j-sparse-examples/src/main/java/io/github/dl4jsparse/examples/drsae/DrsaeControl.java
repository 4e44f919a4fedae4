package io.github.dl4jsparse.examples.drsae;

import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.examples.run.SignTest;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What is gained over pixels: the test error of the network beside that of the nearest mean of a class, on the same images.
 *
 * @param classMeansError share of the test images whose nearest class mean, of the training images, is another class's
 * @param classMeansP     of the sign test over the images that only one of the two gets right
 * @param byClass         errors of the network for each class that there are test images of
 * @param meansByClass    errors of the class means
 * @param classes         those classes
 */
record DrsaeControl(
        double classMeansError,
        double classMeansP,
        List<Double> byClass,
        List<Double> meansByClass,
        List<Integer> classes) {
    private static final int BATCH = 1000;

    /** Compares a network with the class means. */
    static DrsaeControl of(MultiLayerNetwork net, Digits digits) {
        int[] labels = classes(digits.test().getLabels());
        boolean[] ours = right(answers(net, digits.test()), labels);
        boolean[] means = right(nearestMean(digits), labels);
        int onlyOurs = 0;
        int onlyMeans = 0;
        int[] count = new int[Digits.CLASSES];
        int[] wrong = new int[Digits.CLASSES];
        int[] wrongMeans = new int[Digits.CLASSES];
        for (int i = 0; i < labels.length; i++) {
            onlyOurs += ours[i] && !means[i] ? 1 : 0;
            onlyMeans += means[i] && !ours[i] ? 1 : 0;
            count[labels[i]]++;
            wrong[labels[i]] += ours[i] ? 0 : 1;
            wrongMeans[labels[i]] += means[i] ? 0 : 1;
        }
        List<Integer> classes = new ArrayList<>();
        List<Double> byClass = new ArrayList<>();
        List<Double> meansByClass = new ArrayList<>();
        int allWrong = 0;
        for (int k = 0; k < Digits.CLASSES; k++) {
            if (count[k] > 0) {
                classes.add(k);
                byClass.add((double) wrong[k] / count[k]);
                meansByClass.add((double) wrongMeans[k] / count[k]);
                allWrong += wrongMeans[k];
            }
        }
        double error = (double) allWrong / labels.length;
        return new DrsaeControl(error, SignTest.p(onlyOurs, onlyMeans), byClass, meansByClass, classes);
    }

    private static int[] classes(INDArray rows) {
        return rows.argMax(1).toIntVector();
    }

    private static boolean[] right(int[] answers, int[] labels) {
        boolean[] right = new boolean[labels.length];
        for (int i = 0; i < right.length; i++) {
            right[i] = answers[i] == labels[i];
        }
        return right;
    }

    private static int[] answers(MultiLayerNetwork net, DataSet data) {
        List<INDArray> outputs = new ArrayList<>();
        ViewIterator batches = new ViewIterator(data, BATCH);
        while (batches.hasNext()) {
            outputs.add(net.output(batches.next().getFeatures()).dup());
        }
        return classes(Nd4j.vstack(outputs));
    }

    /** argmin |x - m|^2 = argmax x.m - |m|^2 / 2; a class without training images has a mean of 0 that is last. */
    private static int[] nearestMean(Digits digits) {
        INDArray labels = digits.train().getLabels();
        INDArray means = Nd4j.gemm(labels, digits.train().getFeatures(), true, false);
        INDArray counts = labels.sum(0);
        for (int k = 0; k < Digits.CLASSES; k++) {
            means.getRow(k).divi(Math.max(1, counts.getDouble(k)));
        }
        INDArray scores = Nd4j.gemm(digits.test().getFeatures(), means, false, true);
        for (int k = 0; k < Digits.CLASSES; k++) {
            double half = means.getRow(k).norm2Number().doubleValue();
            scores.getColumn(k).subi(counts.getDouble(k) == 0 ? Float.MAX_VALUE : half * half / 2);
        }
        return classes(scores);
    }
}
