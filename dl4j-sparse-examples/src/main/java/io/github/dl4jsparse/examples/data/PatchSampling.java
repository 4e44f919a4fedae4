package io.github.dl4jsparse.examples.data;

import io.github.dl4jsparse.internal.check.Args;
import lombok.With;

/**
 * How patches are cut from photographs.
 *
 * @param patch   side of a patch in pixels
 * @param patches of an epoch
 * @param batch   patches an update
 * @param heldOut patches to measure on
 */
@With
public record PatchSampling(int patch, int patches, int batch, int heldOut) {
    /** @throws IllegalArgumentException if a number is out of its range */
    public PatchSampling {
        // what has an orientation
        Args.atLeast("--patch", patch, 3);
        Args.atLeast("--patches", patches, 1);
        Args.atLeast("--batch", batch, 1);
        Args.atLeast("--held-out", heldOut, 1);
    }

    /** Updates of an epoch. */
    public int batches() {
        return (patches + batch - 1) / batch;
    }
}
