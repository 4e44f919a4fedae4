package io.github.dl4jsparse.operator;

import io.github.dl4jsparse.internal.math.HostArrays;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * im2col and its adjoint (col2im) on images in Java arrays, a few rows of positions at a time: patches of images are
 * gathered into the columns of a matrix, or such columns are added to images.
 * <p>\[ P_{(i,j,c),\,p} = x_{s_h p_y + i - t,\, s_w p_x + j - l,\, c} \]
 * The pixels for one column of the kernel in one channel are first copied to a {@link Im2ColPlane}, in which those for
 * each row of the kernel are consecutive. All arrays are {@link PlainBuffers} of the calling thread, which may use one
 * object at a time.
 * <p>Shapes: images {@code [batch, height, width, channels]} outside and {@code [batch, channels, height, width]}
 * inside, so that pixels are consecutive; P is {@code [patch, positions]}; lines, which are rows of positions, are
 * indexed through the batch.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class HostPatches<A> {
    private final VectorLoops<A> loops;
    private final ConvolutionGeometry geometry;
    private final int batch;
    private final A images;

    private HostPatches(VectorLoops<A> loops, ConvolutionGeometry geometry, A images, int batch) {
        this.loops = loops;
        this.geometry = geometry;
        this.batch = batch;
        this.images = images;
    }

    /** Images of zeros. */
    static <A> HostPatches<A> zeros(VectorLoops<A> loops, ConvolutionGeometry geometry, int batch) {
        int numbers = Math.multiplyExact(batch, geometry.pixels());
        A images = loops.buffers().of(PlainBuffers.Use.IMAGES, numbers);
        loops.clear(images, 0, numbers);
        return new HostPatches<>(loops, geometry, images, batch);
    }

    /** The images of an array. Not modified. */
    static <A> HostPatches<A> of(VectorLoops<A> loops, ConvolutionGeometry geometry, INDArray images) {
        A pixels = loops.read(images, PlainBuffers.Use.PIXELS);
        int batch = (int) (images.length() / geometry.pixels());
        if (geometry.channels() == 1) {
            return new HostPatches<>(loops, geometry, pixels, batch);
        }
        HostPatches<A> patches = zeros(loops, geometry, batch);
        patches.forEachChannel((from, to, step, n) -> loops.copy(pixels, from, step, patches.images, to, 1, n));
        return patches;
    }

    /** Writes the images: over an array with {@code beta} 0, else added to beta times it. Not to be used afterwards. */
    void into(INDArray result, double beta) {
        A pixels = images;
        if (geometry.channels() > 1) {
            A mixed = loops.buffers().of(PlainBuffers.Use.PIXELS, batch * geometry.pixels());
            forEachChannel((to, from, step, n) -> loops.copy(images, from, 1, mixed, to, step, n));
            pixels = mixed;
        }
        HostArrays.write(pixels, result, beta);
    }

    private interface Channel {
        /** Copies {@code n} elements, from every {@code step}-th index outside on to consecutive indices inside. */
        void accept(int outside, int inside, int step, int n);
    }

    private void forEachChannel(Channel use) {
        int n = geometry.height() * geometry.width();
        for (int image = 0; image < batch; image++) {
            for (int c = 0; c < geometry.channels(); c++) {
                int first = image * geometry.pixels();
                use.accept(first + c, first + c * n, geometry.channels(), n);
            }
        }
    }

    /** Rows of positions in all images. */
    int lines() {
        return batch * geometry.outHeight();
    }

    /**
     * Writes the patches of some lines.
     *
     * @param patches {@code [patch, lines * outWidth]} in c order. Modified in place.
     */
    void gather(int firstLine, int lines, INDArray patches) {
        VectorLoops.Memory<A> to = loops.memory(patches);
        A plane = plane(PlainBuffers.Use.PLANE, lines);
        forEachPlane(firstLine, lines, seen -> {
            loops.clear(plane, 0, seen.length());
            seen.forEachRun((pixel, place, n) -> loops.copy(images, pixel, geometry.strideWidth(), plane, place, 1, n));
            for (int i = 0; i < geometry.kernelHeight(); i++) {
                to.put(seen.position(i), plane, seen.piece(i), seen.positions());
            }
        });
    }

    /**
     * Adds the patches of some lines to the images.
     *
     * @param patches {@code [patch, lines * outWidth]} in c order. Not modified.
     */
    void scatter(int firstLine, int lines, INDArray patches) {
        VectorLoops.Memory<A> from = loops.memory(patches);
        A plane = plane(PlainBuffers.Use.PLANE, lines);
        A own = plane(PlainBuffers.Use.SHIFTED, lines);
        forEachPlane(firstLine, lines, seen -> {
            loops.clear(plane, 0, seen.length());
            for (int i = 0; i < geometry.kernelHeight(); i++) {
                int start = seen.piece(i);
                from.get(seen.position(i), own, start, seen.positions());
                loops.addRow(plane, own, start, start + seen.positions());
            }
            seen.forEachRun((pixel, place, n) -> loops.add(plane, place, 1, images, pixel, geometry.strideWidth(), n));
        });
    }

    private A plane(PlainBuffers.Use use, int lines) {
        return loops.buffers().of(use, Im2ColPlane.length(geometry, Math.min(lines, geometry.outHeight())));
    }

    /** The planes of each column of the kernel, each channel and each image for some lines. */
    private void forEachPlane(int firstLine, int lines, Consumer<Im2ColPlane> use) {
        int height = geometry.outHeight();
        int count;
        for (int line = firstLine; line < firstLine + lines; line += count) {
            count = Math.min(firstLine + lines - line, height - line % height);
            int before = (line - firstLine) * geometry.outWidth();
            for (int c = 0; c < geometry.channels(); c++) {
                for (int j = 0; j < geometry.kernelWidth(); j++) {
                    use.accept(new Im2ColPlane(
                            geometry, line / height, line % height, count, c, j, before, lines * geometry.outWidth()));
                }
            }
        }
    }
}
