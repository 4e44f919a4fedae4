package io.github.dl4jsparse.task;

import io.github.dl4jsparse.internal.check.Args;

/**
 * The shape of a convolutional encoder that restores.
 *
 * @param filters of the dictionary, at least 1
 * @param steps   K, at least 1
 * @param kernel  side of a filter, at least 3
 * @param stride  pixels between neighbouring positions of a filter, from 1 to the kernel
 */
record UnrolledSettings(int filters, int steps, int kernel, int stride) {
    UnrolledSettings {
        Args.atLeast("filters", filters, 1);
        Args.atLeast("steps", steps, 1);
        Args.atLeast("kernel", kernel, 3);
        Args.inRange("stride", stride, 1, kernel);
    }
}
