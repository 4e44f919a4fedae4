package io.github.dl4jsparse.examples.anomaly;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A photograph of a texture cut into square tiles that do not overlap, dealt at random into three parts.
 *
 * @param fitted  tiles to learn from
 * @param heldOut tiles for scale and threshold
 * @param fresh   tiles to measure on
 */
record TextureTiles(float[][][] fitted, float[][][] heldOut, float[][][] fresh) {
    /** Pixels of a side. */
    static final int SIDE = 96;
    /** The fewest with which a threshold for a tenth of false alarms exists. */
    private static final int LEAST_HELD_OUT = 9;

    /**
     * Deals the tiles.
     *
     * @param pixels {@code [height][width]}. Not modified.
     * @throws IOException if there are fewer than 18 tiles
     */
    static TextureTiles of(String name, float[][] pixels, long seed) throws IOException {
        List<float[][]> tiles = new ArrayList<>();
        for (int i = 0; i + SIDE <= pixels.length; i += SIDE) {
            for (int j = 0; j + SIDE <= pixels[0].length; j += SIDE) {
                tiles.add(tile(pixels, i, j));
            }
        }
        if (tiles.size() < 2 * LEAST_HELD_OUT) {
            throw new IOException("texture " + name + " must have at least " + 2 * LEAST_HELD_OUT + " tiles of " + SIDE
                    + " x " + SIDE + " pixels, got " + tiles.size() + "; give a larger photograph");
        }
        Collections.shuffle(tiles, new Random(seed));
        int heldOut = Math.max(LEAST_HELD_OUT, tiles.size() / 3);
        int fitted = (tiles.size() - heldOut) / 2;
        return new TextureTiles(
                part(tiles, 0, fitted),
                part(tiles, fitted, fitted + heldOut),
                part(tiles, fitted + heldOut, tiles.size()));
    }

    private static float[][] tile(float[][] pixels, int top, int left) {
        float[][] tile = new float[SIDE][SIDE];
        for (int i = 0; i < SIDE; i++) {
            System.arraycopy(pixels[top + i], left, tile[i], 0, SIDE);
        }
        return tile;
    }

    private static float[][][] part(List<float[][]> tiles, int from, int to) {
        return tiles.subList(from, to).toArray(float[][][]::new);
    }

    /** As a batch, {@code [tiles, 1, side, side]}. */
    static INDArray batch(float[][][] tiles) {
        float[][][][] images = new float[tiles.length][1][][];
        for (int i = 0; i < tiles.length; i++) {
            images[i][0] = tiles[i];
        }
        return Nd4j.createFromArray(images);
    }
}
