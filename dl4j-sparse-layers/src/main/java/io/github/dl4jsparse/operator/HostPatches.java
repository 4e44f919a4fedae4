package io.github.dl4jsparse.operator;

import io.github.dl4jsparse.math.HostArrays;
import java.lang.reflect.Array;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Images with zeros around them in plain arrays, from which patches are gathered into the rows of a matrix, or onto which such
 * rows are added: im2col and its adjoint, a few rows of places at a time.
 * <p>Shapes: images {@code [batch, height, width, channels]}; a patch is {@code [kernelHeight, kernelWidth, channels]}; lines,
 * rows of places, are numbered through the batch.
 */
abstract sealed class HostPatches {
    private static final int SHORT = 16;

    private final ConvolutionGeometry geometry;
    private final int batch;
    /** Numbers of an image with the zeros around it, and of a row of it. */
    private final int image;

    private final int row;
    /** Where the pieces of all patches of a line begin, from the line's first number on. */
    final int[] runs;
    /** Numbers of a piece: those of a row of a patch, or 1 where they are so few that a loop over them costs more. */
    final int run;

    private HostPatches(ConvolutionGeometry geometry, int batch) {
        this.geometry = geometry;
        this.batch = batch;
        row = geometry.paddedWidth() * geometry.channels();
        image = geometry.paddedHeight() * row;
        int patchRow = geometry.kernelWidth() * geometry.channels();
        run = patchRow < SHORT ? 1 : patchRow;
        int pieces = patchRow / run;
        runs = new int[geometry.outWidth() * geometry.kernelHeight() * pieces];
        for (int i = 0; i < runs.length; i++) {
            int place = i / pieces / geometry.kernelHeight();
            int down = i / pieces % geometry.kernelHeight();
            runs[i] = place * geometry.strideWidth() * geometry.channels() + down * row + i % pieces;
        }
    }

    /** Images of zeros. */
    static HostPatches zeros(ConvolutionGeometry geometry, int batch, DataType type) {
        int numbers =
                Math.toIntExact((long) batch * geometry.paddedHeight() * geometry.paddedWidth() * geometry.channels());
        return type == DataType.FLOAT
                ? new OfFloats(geometry, batch, new float[numbers])
                : new OfDoubles(geometry, batch, new double[numbers]);
    }

    /** The images of an array. Not modified. */
    static HostPatches of(ConvolutionGeometry geometry, INDArray images) {
        int batch = (int) (images.length() / geometry.pixels());
        HostPatches patches = zeros(geometry, batch, images.dataType());
        Object plain = HostArrays.plain(images);
        patches.forEachRow((from, to, length) -> System.arraycopy(plain, from, patches.images(), to, length));
        return patches;
    }

    /** Writes the images without the zeros around them: over an array with {@code beta} 0, else added to beta times it. */
    void into(INDArray result, double beta) {
        Object plain = room(batch * geometry.pixels());
        forEachRow((to, from, length) -> System.arraycopy(images(), from, plain, to, length));
        HostArrays.write(plain, result, beta);
    }

    /** Rows of places in all images. */
    int lines() {
        return batch * geometry.outHeight();
    }

    /** A plain array of the type of the images. */
    Object room(int length) {
        return Array.newInstance(images().getClass().getComponentType(), length);
    }

    private interface RowCopy {
        void copy(int plain, int padded, int length);
    }

    private void forEachRow(RowCopy use) {
        int length = geometry.width() * geometry.channels();
        for (int b = 0; b < batch; b++) {
            for (int y = 0; y < geometry.height(); y++) {
                int padded = b * image + (y + geometry.top()) * row + geometry.left() * geometry.channels();
                use.copy((b * geometry.height() + y) * length, padded, length);
            }
        }
    }

    /** Where the first patch of a line begins. */
    final int start(int line) {
        int places = geometry.outHeight();
        return line / places * image + line % places * geometry.strideHeight() * row;
    }

    /** The plain array of the images. */
    abstract Object images();

    /** Writes the patches of some lines one after the other. */
    abstract void gather(int firstLine, int lines, Object patches);

    /** Adds the patches of some lines to the images. */
    abstract void scatter(int firstLine, int lines, Object patches);

    private static final class OfFloats extends HostPatches {
        private final float[] images;

        OfFloats(ConvolutionGeometry geometry, int batch, float[] images) {
            super(geometry, batch);
            this.images = images;
        }

        @Override
        Object images() {
            return images;
        }

        @Override
        void gather(int firstLine, int lines, Object patches) {
            float[] to = (float[]) patches;
            int position = 0;
            for (int line = firstLine; line < firstLine + lines; line++) {
                int start = start(line);
                if (run == 1) {
                    for (int i = 0; i < runs.length; i++) {
                        to[position + i] = images[start + runs[i]];
                    }
                    position += runs.length;
                    continue;
                }
                for (int offset : runs) {
                    System.arraycopy(images, start + offset, to, position, run);
                    position += run;
                }
            }
        }

        @Override
        void scatter(int firstLine, int lines, Object patches) {
            float[] from = (float[]) patches;
            int position = 0;
            for (int line = firstLine; line < firstLine + lines; line++) {
                int start = start(line);
                if (run == 1) {
                    for (int i = 0; i < runs.length; i++) {
                        images[start + runs[i]] += from[position + i];
                    }
                    position += runs.length;
                    continue;
                }
                for (int offset : runs) {
                    int to = start + offset;
                    for (int j = 0; j < run; j++) {
                        images[to + j] += from[position + j];
                    }
                    position += run;
                }
            }
        }
    }

    private static final class OfDoubles extends HostPatches {
        private final double[] images;

        OfDoubles(ConvolutionGeometry geometry, int batch, double[] images) {
            super(geometry, batch);
            this.images = images;
        }

        @Override
        Object images() {
            return images;
        }

        @Override
        void gather(int firstLine, int lines, Object patches) {
            double[] to = (double[]) patches;
            int position = 0;
            for (int line = firstLine; line < firstLine + lines; line++) {
                int start = start(line);
                for (int offset : runs) {
                    System.arraycopy(images, start + offset, to, position, run);
                    position += run;
                }
            }
        }

        @Override
        void scatter(int firstLine, int lines, Object patches) {
            double[] from = (double[]) patches;
            int position = 0;
            for (int line = firstLine; line < firstLine + lines; line++) {
                for (int offset : runs) {
                    int to = start(line) + offset;
                    for (int j = 0; j < run; j++) {
                        images[to + j] += from[position + j];
                    }
                    position += run;
                }
            }
        }
    }
}
