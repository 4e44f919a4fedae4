package io.github.dl4jsparse.task.data;

/** The treatment of the edges of an image by a {@link PatchGrid}. */
public enum PatchBorder {
    /**
     * Patches lie inside of the image, at multiples of the stride; pixels at the lower and right edge may be in none.
     */
    INSIDE,
    /** As INSIDE, and where the stride does not reach the lower or right edge, one more patch lies at that edge. */
    COVER,
    /**
     * Patches reach over all edges, and every pixel is in as many patches as one in the middle. Pixels outside are
     * those of the image reflected at its outermost pixels, which are not repeated.
     */
    MIRROR,
    /** As MIRROR, but pixels outside are 0. */
    ZERO
}
