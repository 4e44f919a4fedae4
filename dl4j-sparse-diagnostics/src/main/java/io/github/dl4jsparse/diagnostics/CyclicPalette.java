package io.github.dl4jsparse.diagnostics;

import java.awt.Color;

/**
 * A cyclic palette for orientations, with a period of half a turn, which is also distinguishable without red-green
 * vision.
 * <p>\[ L = 58 - 30 \cos 2\theta, \qquad a = -20 \cos 2\theta, \qquad b = 40 \sin 2\theta \]
 * in CIELAB, with theta in rad. Lightness and the axis from blue to yellow alone make the circle, so that orientations 22.5 degrees apart
 * differ by about as much everywhere, and hardly less with deuteranopia and protanopia. Horizontal is dark, vertical light, 45 degrees
 * yellow and 135 degrees blue.
 * <p>Reference: Kovesi, Good colour maps: how to design them, arXiv 1509.03700, 2015 (uniform, cyclic palettes).
 */
final class CyclicPalette {
    /** Of the white point D65, relative to its Y. */
    private static final double[] WHITE = {0.95047, 1, 1.08883};

    private static final double[][] TO_RED_GREEN_BLUE = {
        {3.2404542, -1.5371385, -0.4985314}, {-0.9692660, 1.8760108, 0.0415560}, {0.0556434, -0.2040259, 1.0572252}
    };

    private CyclicPalette() {}

    /** The colour of an orientation in rad. */
    static Color colour(double theta) {
        return colour(theta, 1);
    }

    /**
     * The colour of an orientation in rad, mixed with white.
     *
     * @param selectivity 1 for the colour, 0 for white
     */
    static Color colour(double theta, double selectivity) {
        double part = Math.max(0, Math.min(1, selectivity));
        double cos = Math.cos(2 * theta);
        return ofLab(100 - part * (42 + 30 * cos), -20 * part * cos, 40 * part * Math.sin(2 * theta));
    }

    private static Color ofLab(double lightness, double a, double b) {
        double y = (lightness + 16) / 116;
        double[] xyz = {WHITE[0] * cubed(y + a / 500), WHITE[1] * cubed(y), WHITE[2] * cubed(y - b / 200)};
        int[] levels = new int[3];
        for (int i = 0; i < 3; i++) {
            double linear = 0;
            for (int k = 0; k < 3; k++) {
                linear += TO_RED_GREEN_BLUE[i][k] * xyz[k];
            }
            double inside = Math.max(0, Math.min(1, linear));
            double encoded = inside <= 0.0031308 ? 12.92 * inside : 1.055 * Math.pow(inside, 1 / 2.4) - 0.055;
            levels[i] = (int) Math.round(255 * encoded);
        }
        return new Color(levels[0], levels[1], levels[2]);
    }

    private static double cubed(double t) {
        double bend = 6.0 / 29;
        return t > bend ? t * t * t : 3 * bend * bend * (t - 4.0 / 29);
    }
}
