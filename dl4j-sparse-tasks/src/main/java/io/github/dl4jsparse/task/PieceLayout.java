package io.github.dl4jsparse.task;

import io.github.dl4jsparse.internal.check.Args;

/**
 * The division of an example into pieces: the example itself, or overlapping patches, of which the last of a row or
 * column ends at the border of the example.
 *
 * @param channels    of an example; 1 for vectors
 * @param height      of an example; 1 for vectors and signals
 * @param width       of an example: elements of a vector, samples of a signal
 * @param pieceHeight at most the height
 * @param pieceWidth  at most the width
 * @param stride      pixels between the starts of pieces
 */
record PieceLayout(int channels, int height, int width, int pieceHeight, int pieceWidth, int stride) {
    PieceLayout {
        Args.atLeast("channels", channels, 1);
        Args.inRange("height of a patch", pieceHeight, 1, height);
        Args.inRange("width of a patch", pieceWidth, 1, width);
        Args.atLeast("stride", stride, 1);
    }

    /** Elements of an example. */
    int exampleSize() {
        return channels * height * width;
    }

    /** Elements of a piece, in the order channel, row, column. */
    int pieceSize() {
        return channels * pieceHeight * pieceWidth;
    }

    boolean isWhole() {
        return pieceHeight == height && pieceWidth == width;
    }

    private int down() {
        return 1 + (height - pieceHeight + stride - 1) / stride;
    }

    private int across() {
        return 1 + (width - pieceWidth + stride - 1) / stride;
    }

    /** Pieces of an example. */
    int count() {
        return Math.multiplyExact(down(), across());
    }

    int top(int piece) {
        return Math.min(piece / across() * stride, height - pieceHeight);
    }

    int left(int piece) {
        return Math.min(piece % across() * stride, width - pieceWidth);
    }

    /** Copies a piece of an example. */
    void copy(float[] example, int exampleOffset, int piece, float[] to, int offset) {
        int at = offset;
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < pieceHeight; i++) {
                int from = exampleOffset + (c * height + top(piece) + i) * width + left(piece);
                System.arraycopy(example, from, to, at, pieceWidth);
                at += pieceWidth;
            }
        }
    }

    /** At each pixel the mean of the scores of the pieces that cover it, {@code [height * width]}. */
    float[] map(double[] scores, int offset) {
        double[] sums = new double[height * width];
        int[] counts = new int[height * width];
        for (int piece = 0; piece < count(); piece++) {
            for (int i = top(piece); i < top(piece) + pieceHeight; i++) {
                for (int j = left(piece); j < left(piece) + pieceWidth; j++) {
                    sums[i * width + j] += scores[offset + piece];
                    counts[i * width + j]++;
                }
            }
        }
        float[] map = new float[sums.length];
        for (int i = 0; i < map.length; i++) {
            // a stride above the size of a patch leaves gaps
            map[i] = counts[i] == 0 ? 0 : (float) (sums[i] / counts[i]);
        }
        return map;
    }
}
