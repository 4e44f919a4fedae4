package io.github.dl4jsparse.operator;

/**
 * A buffer of im2col: the pixels of one channel of an image that one column of the kernel is multiplied with at some
 * lines (rows of positions), as a row of {@code outWidth} pixels for every image row within the reach of the kernel.
 * <p>The rows are sorted by their phase of the stride, so that the pixels for one row of the kernel at all these lines
 * are consecutive. Pixels outside of the image are zero.
 *
 * @param image   index in the batch
 * @param line    first line in the image
 * @param count   lines
 * @param channel of the image
 * @param column  of the kernel
 * @param before  number of columns of the matrix of patches before these lines
 * @param all     number of columns of that matrix
 */
record Im2ColPlane(
        ConvolutionGeometry geometry, int image, int line, int count, int channel, int column, int before, int all) {

    /** Elements of the plane of some lines. */
    static int length(ConvolutionGeometry geometry, int lines) {
        return geometry.strideHeight() * phase(geometry, lines);
    }

    /** Elements of one phase: rows for the lines, and further ones for the lower rows of the kernel. */
    private static int phase(ConvolutionGeometry geometry, int lines) {
        int further = (geometry.kernelHeight() - 1) / geometry.strideHeight();
        return (lines + further) * geometry.outWidth();
    }

    int length() {
        return length(geometry, count);
    }

    int positions() {
        return count * geometry.outWidth();
    }

    /** The index of the first pixel for a row of the kernel. */
    int piece(int row) {
        int down = row / geometry.strideHeight() * geometry.outWidth();
        return row % geometry.strideHeight() * phase(geometry, count) + down;
    }

    /** The index of the first element of that row in the matrix of patches {@code [patch, all]}. */
    int position(int row) {
        int tap = (row * geometry.kernelWidth() + column) * geometry.channels() + channel;
        return tap * all + before;
    }

    /** A part of an image row. */
    interface Run {
        /**
         * @param pixel first pixel, in images {@code [batch, channels, height, width]}; the next is the stride away
         * @param place first index in the plane
         * @param n     pixels
         */
        void accept(int pixel, int place, int n);
    }

    /** The parts of the rows of the plane that are inside of the image. */
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
