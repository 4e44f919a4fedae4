package io.github.dl4jsparse.examples.stack;

import io.github.dl4jsparse.diagnostics.ResponseInvariance;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** How much less the pools of the lower stage change than its units when the image shifts. */
final class StackInvariance {
    private static final int IMAGES = 40;
    private static final int FARTHEST = 3;

    private StackInvariance() {}

    /** Normalised variance of the pools as a part of that of the units, mean over shifts of one to three pixels. */
    static double ratio(MultiLayerNetwork net, INDArray images) {
        INDArray some = StackData.first(images, IMAGES);
        int height = (int) some.size(2);
        int width = (int) some.size(3);
        double sum = 0;
        for (int shift = 1; shift <= FARTHEST; shift++) {
            INDArray wide = Nd4j.pad(some, new int[][] {{0, 0}, {0, 0}, {shift, shift}, {shift, shift}});
            ResponseInvariance units =
                    ResponseInvariance.underShifts(x -> output(net, 0, x), wide, height, width, shift);
            ResponseInvariance pools =
                    ResponseInvariance.underShifts(x -> output(net, 1, x), wide, height, width, shift);
            sum += pools.ratioTo(units);
        }
        return sum / FARTHEST;
    }

    private static INDArray output(MultiLayerNetwork net, int layer, INDArray images) {
        return net.feedForwardToLayer(layer, images.dup('c'), false).get(layer + 1);
    }
}
