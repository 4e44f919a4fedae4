package io.github.dl4jsparse.examples.picture;

/** How large filters are drawn. */
public final class FilterZoom {
    private static final int TILE = 48;

    private FilterZoom() {}

    /** Screen pixels along each side of a filter's pixel, so that a filter is about as large as a thumb nail. */
    public static int of(int side) {
        return Math.max(1, TILE / side);
    }
}
