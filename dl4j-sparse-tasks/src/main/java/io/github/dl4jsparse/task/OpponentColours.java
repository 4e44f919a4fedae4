package io.github.dl4jsparse.task;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Colours as one channel of brightness and two of differences, which are nearly uncorrelated in photographs.
 * <p>\[ o = T c, \qquad T = \tfrac{1}{\sqrt 3} \begin{pmatrix} \tfrac{1}{\sqrt 3} &amp; \tfrac{1}{\sqrt 3} &amp; \tfrac{1}{\sqrt 3} \\
 * \tfrac{1}{\sqrt 2} &amp; 0 &amp; -\tfrac{1}{\sqrt 2} \\ \tfrac{1}{\sqrt 6} &amp; -\tfrac{2}{\sqrt 6} &amp; \tfrac{1}{\sqrt 6} \end{pmatrix} \]
 * where c is red, green, blue. T is a rotation divided by the root of 3: brightness is the mean of the colours, and white noise of
 * level sigma is white noise of level {@code sigma / sqrt(3)} in each channel.
 */
final class OpponentColours {
    /** The factor of the noise level. */
    static final double NOISE = 1 / Math.sqrt(3);

    private static final float[][] ROTATION = {
        {(float) (1 / Math.sqrt(3)), (float) (1 / Math.sqrt(3)), (float) (1 / Math.sqrt(3))},
        {(float) (1 / Math.sqrt(2)), 0, (float) (-1 / Math.sqrt(2))},
        {(float) (1 / Math.sqrt(6)), (float) (-2 / Math.sqrt(6)), (float) (1 / Math.sqrt(6))}
    };

    private OpponentColours() {}

    /**
     * The planes of an image.
     *
     * @param image {@code [1, 3, height, width]}. Not modified.
     * @return {@code [3, 1, height, width]}, a new array
     */
    static INDArray planes(INDArray image) {
        return turned(image, Nd4j.createFromArray(ROTATION).muli(NOISE)).reshape(3, 1, image.size(2), image.size(3));
    }

    /**
     * The image of planes.
     *
     * @param planes {@code [3, 1, height, width]}. Not modified.
     * @return {@code [1, 3, height, width]}, a new array
     */
    static INDArray image(INDArray planes) {
        INDArray back = Nd4j.createFromArray(ROTATION).transpose().divi(NOISE);
        return turned(planes, back).reshape(1, 3, planes.size(2), planes.size(3));
    }

    private static INDArray turned(INDArray channels, INDArray matrix) {
        return matrix.mmul(channels.dup('c').reshape('c', 3, channels.length() / 3))
                .dup('c');
    }
}
