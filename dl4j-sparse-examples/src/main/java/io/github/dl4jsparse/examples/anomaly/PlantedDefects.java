package io.github.dl4jsparse.examples.anomaly;

import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Copies of images with one defect each, of 1 % of the area, at a random place in black or white: a scratch, a straight line of 42 % of the
 * image's side; a blot, a disc with soft edges; a missing part, a square.
 *
 * @param images {@code [images, 1, side, side]}
 * @param masks  {@code [image][row * side + column]}, where the defect is
 * @param kinds  what each has
 */
record PlantedDefects(INDArray images, boolean[][] masks, Kind[] kinds) {
    private static final double AREA = 0.01;
    private static final double SCRATCH = 0.42;
    private static final double BLACK = 0.02;
    private static final double WHITE = 0.98;
    private static final double BLOT_OPACITY = 0.9;

    /** What is planted. */
    enum Kind {
        SCRATCH,
        BLOT,
        MISSING
    }

    /** Each image once with each kind of defect. */
    static PlantedDefects in(float[][][] good, long seed) {
        Random random = new Random(seed);
        int kinds = Kind.values().length;
        int side = good[0].length;
        float[][][][] images = new float[good.length * kinds][1][][];
        boolean[][] masks = new boolean[images.length][side * side];
        Kind[] all = new Kind[images.length];
        for (int i = 0; i < images.length; i++) {
            all[i] = Kind.values()[i % kinds];
            images[i][0] = planted(good[i / kinds], all[i], random, masks[i]);
        }
        return new PlantedDefects(Nd4j.createFromArray(images), masks, all);
    }

    private static float[][] planted(float[][] good, Kind kind, Random random, boolean[] mask) {
        int side = good.length;
        double tone = random.nextBoolean() ? WHITE : BLACK;
        double angle = Math.PI * random.nextDouble();
        double reach = reach(kind, side);
        double row = reach + (side - 2 * reach) * random.nextDouble();
        double column = reach + (side - 2 * reach) * random.nextDouble();
        float[][] image = new float[side][side];
        for (int i = 0; i < side; i++) {
            for (int j = 0; j < side; j++) {
                double opacity = opacity(kind, i + 0.5 - row, j + 0.5 - column, angle, side);
                mask[i * side + j] = opacity >= 0.45;
                image[i][j] = (float) (good[i][j] * (1 - opacity) + opacity * tone);
            }
        }
        return image;
    }

    /** How far a defect reaches from its centre. */
    private static double reach(Kind kind, int side) {
        return switch (kind) {
            case SCRATCH -> SCRATCH * side / 2 + 1;
            case BLOT -> 1.25 * radius(side) + 1;
            case MISSING -> half(side) + 1;
        };
    }

    private static double radius(int side) {
        return side * Math.sqrt(AREA / Math.PI);
    }

    private static double half(int side) {
        return side * Math.sqrt(AREA) / 2;
    }

    private static double opacity(Kind kind, double down, double across, double angle, int side) {
        return switch (kind) {
            case SCRATCH -> {
                double along = down * Math.sin(angle) + across * Math.cos(angle);
                double beside = Math.abs(across * Math.sin(angle) - down * Math.cos(angle));
                double width = AREA * side / SCRATCH;
                yield Math.abs(along) <= SCRATCH * side / 2 ? clipped(width / 2 + 0.5 - beside) : 0;
            }
            case BLOT -> {
                double radius = radius(side);
                yield BLOT_OPACITY * clipped((1.25 * radius - Math.hypot(down, across)) / (0.5 * radius));
            }
            case MISSING -> Math.max(Math.abs(down), Math.abs(across)) <= half(side) ? 1 : 0;
        };
    }

    private static double clipped(double value) {
        return Math.min(1, Math.max(0, value));
    }
}
