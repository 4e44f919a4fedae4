package io.github.dl4jsparse.task;

import java.util.List;
import java.util.Random;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Draws batches of degraded crops of images: a crop at a random position of a random image, turned or mirrored, with
 * noise of a random level; a share of the crops has missing pixels, a random share of the pixels of each crop, and less
 * noise.
 *
 * @param planes  images {@code [height][width]}, each at least as large as a crop. Not modified.
 * @param side    of a crop
 * @param batch   crops of a batch
 * @param noise   the largest noise level; levels are drawn evenly from 0 to it
 * @param masked  share of the crops with missing pixels
 * @param missing the largest share of missing pixels; shares are drawn evenly from 0 to it
 */
record TrainingCrops(List<float[][]> planes, int side, int batch, double noise, double masked, double missing) {
    /** Noise level of crops with missing pixels, relative to that of others. */
    private static final double NOISE_OF_MASKED = 0.3;

    /** Inputs and targets as {@link UnrolledNetwork} takes them. */
    DataSet draw(Random random) {
        int pixels = side * side;
        float[] inputs = new float[batch * UnrolledNetwork.CHANNELS * pixels];
        float[] targets = new float[batch * pixels];
        for (int b = 0; b < batch; b++) {
            float[] clean = crop(random);
            boolean lacks = random.nextDouble() < masked;
            double share = lacks ? random.nextDouble() * missing : 0;
            double sigma = random.nextDouble() * noise * (lacks ? NOISE_OF_MASKED : 1);
            float[] known = new float[pixels];
            float[] noisy = new float[pixels];
            for (int i = 0; i < pixels; i++) {
                known[i] = random.nextDouble() < share ? 0 : 1;
                noisy[i] = (float) (clean[i] + sigma * random.nextGaussian());
            }
            float mean = CentredPlane.mean(noisy, known);
            int first = b * UnrolledNetwork.CHANNELS * pixels;
            System.arraycopy(CentredPlane.of(noisy, known, mean), 0, inputs, first, pixels);
            System.arraycopy(known, 0, inputs, first + pixels, pixels);
            for (int i = 0; i < pixels; i++) {
                inputs[first + 2 * pixels + i] = (float) sigma;
            }
            System.arraycopy(CentredPlane.of(clean, null, mean), 0, targets, b * pixels, pixels);
        }
        return new DataSet(
                Nd4j.createFromArray(inputs).reshape('c', batch, UnrolledNetwork.CHANNELS, side, side),
                Nd4j.createFromArray(targets).reshape('c', batch, 1, side, side));
    }

    private float[] crop(Random random) {
        float[][] plane = planes.get(random.nextInt(planes.size()));
        int top = random.nextInt(plane.length - side + 1);
        int left = random.nextInt(plane[0].length - side + 1);
        boolean down = random.nextBoolean();
        boolean across = random.nextBoolean();
        boolean turned = random.nextBoolean();
        float[] crop = new float[side * side];
        for (int i = 0; i < side; i++) {
            for (int j = 0; j < side; j++) {
                int y = down ? side - 1 - i : i;
                int x = across ? side - 1 - j : j;
                crop[i * side + j] = plane[top + (turned ? x : y)][left + (turned ? y : x)];
            }
        }
        return crop;
    }
}
