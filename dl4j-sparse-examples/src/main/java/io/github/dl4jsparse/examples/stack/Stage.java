package io.github.dl4jsparse.examples.stack;

import io.github.dl4jsparse.group.SpatialWindow;
import io.github.dl4jsparse.internal.check.Args;
import lombok.With;

/**
 * One auto-encoder with its pools.
 *
 * @param maps      of the code
 * @param kernel    side of a filter
 * @param pool      side of a pool in space
 * @param stride    positions from one pool to the next
 * @param lambda    weight of the group penalty beside 1/2 |x - D z|^2
 * @param threshold of the rectification at the start
 */
@With
record Stage(int maps, int kernel, int pool, int stride, double lambda, double threshold) {
    Stage {
        Args.atLeast("--maps", maps, 1);
        Args.atLeast("--kernels", kernel, 1);
        Args.nonNegative("--lambdas", lambda);
    }

    /** The pools in space. */
    SpatialWindow window() {
        return SpatialWindow.square(pool, stride);
    }
}
