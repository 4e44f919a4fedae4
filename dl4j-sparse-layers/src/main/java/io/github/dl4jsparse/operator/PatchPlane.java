package io.github.dl4jsparse.operator;

/**
 * What one column of a kernel sees in one channel of an image from some lines, rows of places: the pixels in its way, a row of
 * {@code outWidth} pixels for every row of the image that a row of the kernel sees.
 * <p>The rows are sorted by their phase of the stride, so that what one row of the kernel sees from all these lines is one piece
 * of the plane. Pixels outside of the image are zero.
 *
 * @param image   number in the batch
 * @param line    first line in the image
 * @param count   lines
 * @param channel of the image
 * @param column  of the kernel
 * @param before  places of a matrix of patches before these
 * @param all     places of the matrix
 */
record PatchPlane(
        ConvolutionGeometry geometry, int image, int line, int count, int channel, int column, int before, int all) {

    /** Numbers of the plane of some lines. */
    static int length(ConvolutionGeometry geometry, int lines) {
        return geometry.strideHeight() * phase(geometry, lines);
    }

    /** Numbers of one phase: the lines, and those that lower rows of the kernel see after them. */
    private static int phase(ConvolutionGeometry geometry, int lines) {
        int further = (geometry.kernelHeight() - 1) / geometry.strideHeight();
        return (lines + further) * geometry.outWidth();
    }

    int length() {
        return length(geometry, count);
    }

    int places() {
        return count * geometry.outWidth();
    }

    /** Where the piece of a row of the kernel begins. */
    int piece(int row) {
        int down = row / geometry.strideHeight() * geometry.outWidth();
        return row % geometry.strideHeight() * phase(geometry, count) + down;
    }

    /** Where it begins in the matrix of patches {@code [patch, all]}. */
    int position(int row) {
        int tap = (row * geometry.kernelWidth() + column) * geometry.channels() + channel;
        return tap * all + before;
    }

    /** A part of an image row. */
    interface Run {
        /**
         * @param pixel first pixel, in images {@code [batch, channels, height, width]}; the next is the stride away
         * @param place first place in the plane
         * @param n     pixels
         */
        void accept(int pixel, int place, int n);
    }

    /** The rows of the plane, as far as they are in the image. */
    void forEachRun(Run use) {
        int stride = geometry.strideWidth();
        int shift = column - geometry.left();
        int first = Math.max(0, Math.floorDiv(stride - 1 - shift, stride));
        int last = Math.min(geometry.outWidth() - 1, Math.floorDiv(geometry.width() - 1 - shift, stride));
        int rows = phase(geometry, count) / geometry.outWidth();
        int top = (image * geometry.channels() + channel) * geometry.height();
        for (int row = 0; first <= last && row < rows * geometry.strideHeight(); row++) {
            int y = (line + row % rows) * geometry.strideHeight() + row / rows - geometry.top();
            if (y >= 0 && y < geometry.height()) {
                int pixel = (top + y) * geometry.width() + first * stride + shift;
                use.accept(pixel, row * geometry.outWidth() + first, last - first + 1);
            }
        }
    }
}
