package io.github.dl4jsparse.data;

/**
 * The variances of all patches of an image, from sums over rectangles.
 * <p>\[ v = \frac{1}{C} \sum_k \left( \overline{x_k^2} - \overline{x_k}^2 \right) \]
 * where k runs over the C channels and the bar is the mean over the patch. The mean of the channel is subtracted first,
 * for precision.
 */
final class PatchVariances {
    private final SourceImage image;
    private final int height;
    private final int width;

    PatchVariances(SourceImage image, int height, int width) {
        this.image = image;
        this.height = height;
        this.width = width;
    }

    /** One value for each position of the patch's first pixel, row by row. */
    double[] all() {
        int rows = image.height() - height + 1;
        int columns = image.width() - width + 1;
        double[] variances = new double[rows * columns];
        for (int k = 0; k < image.channels(); k++) {
            double mean = rectangles(k, 0, false)[(image.height() + 1) * (image.width() + 1) - 1]
                    / ((double) image.height() * image.width());
            double[] sums = rectangles(k, mean, false);
            double[] squares = rectangles(k, mean, true);
            for (int i = 0; i < variances.length; i++) {
                double average = sum(sums, i / columns, i % columns) / (height * width);
                double square = sum(squares, i / columns, i % columns) / (height * width);
                variances[i] += Math.max(0, square - average * average) / image.channels();
            }
        }
        return variances;
    }

    private double sum(double[] rectangles, int row, int column) {
        int stride = image.width() + 1;
        int top = row * stride + column;
        int bottom = top + height * stride;
        return rectangles[bottom + width] - rectangles[bottom] - rectangles[top + width] + rectangles[top];
    }

    /** At (i, j) the sum over the rows before i and the columns before j. */
    private double[] rectangles(int channel, double mean, boolean squared) {
        int stride = image.width() + 1;
        double[] sums = new double[(image.height() + 1) * stride];
        int pixel = channel * image.height() * image.width();
        for (int i = 1; i <= image.height(); i++) {
            double row = 0;
            for (int j = 1; j < stride; j++) {
                double value = image.pixels()[pixel++] - mean;
                row += squared ? value * value : value;
                sums[i * stride + j] = sums[(i - 1) * stride + j] + row;
            }
        }
        return sums;
    }
}
