package io.github.dl4jsparse.data;

/** What a {@link PatchGrid} does at the edges of an image. */
public enum PatchBorder {
    /** Patches lie inside of the image, where the stride puts them; pixels at the lower and right edge may be in none. */
    INSIDE,
    /** As INSIDE, and where the stride does not reach the lower or right edge, one more patch lies at that edge. */
    COVER,
    /**
     * Patches reach over all edges, and every pixel is in as many patches as one in the middle. What lies outside is the image
     * mirrored at its outermost pixels, which are not repeated.
     */
    MIRROR,
    /** As MIRROR, but what lies outside is 0. */
    ZERO
}
