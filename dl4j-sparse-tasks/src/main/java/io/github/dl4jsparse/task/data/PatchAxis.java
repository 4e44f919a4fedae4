package io.github.dl4jsparse.task.data;

import io.github.dl4jsparse.internal.check.Args;

/**
 * Where patches begin along one axis of an image.
 *
 * @param starts of the patches in ascending order; below 0 where a patch reaches over the edge
 * @param side   of the image in pixels
 * @param patch  side of a patch in pixels
 */
record PatchAxis(int[] starts, int side, int patch) {
    /**
     * @throws IllegalArgumentException if the image is smaller than a patch, or the stride leaves gaps and the border
     * is not INSIDE
     */
    static PatchAxis of(String name, int side, int patch, int stride, PatchBorder border) {
        Args.atLeast("patch " + name, patch, 1);
        Args.atLeast("image " + name, side, patch);
        Args.atLeast("stride along the " + name, stride, 1);
        if (border != PatchBorder.INSIDE && stride > patch) {
            throw Args.failure(
                    "stride along the " + name,
                    "at most the patch's " + patch + " pixels, or the border INSIDE",
                    stride);
        }
        boolean over = border == PatchBorder.MIRROR || border == PatchBorder.ZERO;
        int first = over ? 1 - patch : 0;
        int last = over ? side - 1 : side - patch;
        int count = (last - first) / stride + 1;
        boolean atEdge = border == PatchBorder.COVER && (count - 1) * stride < last;
        int[] starts = new int[atEdge ? count + 1 : count];
        for (int i = 0; i < count; i++) {
            starts[i] = first + i * stride;
        }
        if (atEdge) {
            starts[count] = last;
        }
        return new PatchAxis(starts, side, patch);
    }

    int count() {
        return starts.length;
    }

    /** Whether a pixel is one of the image. */
    boolean holds(int pixel) {
        return pixel >= 0 && pixel < side;
    }

    /** The pixel of the image that mirrors a pixel less than a patch outside of it, or the pixel itself. */
    int mirrored(int pixel) {
        int inside = Math.abs(pixel);
        return inside < side ? inside : 2 * (side - 1) - inside;
    }
}
