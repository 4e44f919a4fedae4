package io.github.dl4jsparse.task;

/**
 * A border of mirrored pixels around a plane, so that it has a multiple of a stride's rows and columns.
 *
 * @param height rows of the plane
 * @param width  columns of the plane
 * @param border least width of the border
 * @param stride that rows and columns are to be a multiple of
 */
record MirrorBorder(int height, int width, int border, int stride) {
    private int outer(int side) {
        return (side + 2 * border + stride - 1) / stride * stride;
    }

    int outerHeight() {
        return outer(height);
    }

    int outerWidth() {
        return outer(width);
    }

    int pixels() {
        return outerHeight() * outerWidth();
    }

    /**
     * The pixel of a side whose copy is at a position of the outer plane: reflection at the outer edges of the first
     * and the last pixel, repeated as often as needed.
     */
    static int mirrored(int at, int side) {
        int place = Math.floorMod(at, 2 * side);
        return place < side ? place : 2 * side - 1 - place;
    }

    /** Writes a plane with its border. */
    void write(float[] plane, float[] target, int first) {
        for (int y = 0; y < outerHeight(); y++) {
            int row = mirrored(y - border, height) * width;
            for (int x = 0; x < outerWidth(); x++) {
                target[first + y * outerWidth() + x] = plane[row + mirrored(x - border, width)];
            }
        }
    }

    /** The plane without its border, plus a constant; a new array. */
    float[] inside(float[] outer, float plus) {
        float[] plane = new float[height * width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                plane[y * width + x] = outer[(y + border) * outerWidth() + x + border] + plus;
            }
        }
        return plane;
    }
}
