package io.github.dl4jsparse.task.data;

import io.github.dl4jsparse.internal.check.Args;

/**
 * The size of an image in pixels.
 *
 * @param height at least 1
 * @param width  at least 1
 */
record ImageSize(int height, int width) {
    ImageSize {
        Args.atLeast("height", height, 1);
        Args.atLeast("width", width, 1);
    }

    /** The usual form, the width first. */
    @Override
    public String toString() {
        return width + " x " + height;
    }
}
