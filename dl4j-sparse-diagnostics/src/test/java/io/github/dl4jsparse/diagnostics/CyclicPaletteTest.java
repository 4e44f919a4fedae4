package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Distances of colours in CIELAB, as people see them with and without both kinds of red-green blindness. */
class CyclicPaletteTest {
    private static final int STEPS = 64;

    /** Matrices in linear RGB for the full deficiency: Machado, Oliveira and Fernandes, IEEE TVCG 15, 2009, table 1. */
    private enum Vision {
        NORMAL(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}),
        DEUTERANOPIA(new double[][] {
            {0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}
        }),
        PROTANOPIA(new double[][] {
            {0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}
        });

        private final double[][] matrix;

        Vision(double[][] matrix) {
            this.matrix = matrix;
        }

        private double[] lab(Color colour) {
            double[] linear = new double[3];
            int[] levels = {colour.getRed(), colour.getGreen(), colour.getBlue()};
            for (int i = 0; i < 3; i++) {
                for (int k = 0; k < 3; k++) {
                    double level = levels[k] / 255.0;
                    double decoded = level <= 0.04045 ? level / 12.92 : Math.pow((level + 0.055) / 1.055, 2.4);
                    linear[i] += matrix[i][k] * decoded;
                }
                linear[i] = Math.max(0, Math.min(1, linear[i]));
            }
            double x = root((0.4124564 * linear[0] + 0.3575761 * linear[1] + 0.1804375 * linear[2]) / 0.95047);
            double y = root(0.2126729 * linear[0] + 0.7151522 * linear[1] + 0.0721750 * linear[2]);
            double z = root((0.0193339 * linear[0] + 0.1191920 * linear[1] + 0.9503041 * linear[2]) / 1.08883);
            return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
        }

        private static double root(double t) {
            return t > Math.pow(6.0 / 29, 3) ? Math.cbrt(t) : t * 841 / 108 + 4.0 / 29;
        }

        double difference(Color one, Color other) {
            double[] a = lab(one);
            double[] b = lab(other);
            return Math.sqrt(Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
        }
    }

    private static Color colour(int step) {
        return CyclicPalette.colour(Math.PI * step / STEPS);
    }

    /** No two orientations 22.5 degrees or more apart look alike; those of a hue circle differ by 1 with deuteranopia. */
    @ParameterizedTest
    @EnumSource
    void orientationsAreToldApart(Vision vision) {
        double least = Double.POSITIVE_INFINITY;
        double leastOfHues = Double.POSITIVE_INFINITY;
        for (int i = 0; i < STEPS; i++) {
            for (int j = i + STEPS / 8; j <= i + STEPS / 2; j++) {
                least = Math.min(least, vision.difference(colour(i), colour(j)));
                leastOfHues = Math.min(leastOfHues, vision.difference(hue(i), hue(j)));
            }
        }
        assertTrue(least > 20, least + " in CIELAB");
        assertTrue(vision == Vision.NORMAL || leastOfHues < 2, leastOfHues + ": the measure sees the fault of hues");
    }

    private static Color hue(int step) {
        return Color.getHSBColor((float) step / STEPS, 0.85f, 0.95f);
    }

    /** Equal differences of orientation are about equal differences of colour. */
    @ParameterizedTest
    @EnumSource
    void theCircleIsEven(Vision vision) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int i = 0; i < STEPS; i++) {
            double difference = vision.difference(colour(i), colour(i + STEPS / 8));
            least = Math.min(least, difference);
            most = Math.max(most, difference);
        }
        assertTrue(most < 1.7 * least, least + " to " + most);
    }

    @Test
    void coloursComeBackAfterHalfATurnAndFadeToWhite() {
        assertEquals(CyclicPalette.colour(0.3), CyclicPalette.colour(0.3 + Math.PI));
        assertEquals(Color.WHITE, CyclicPalette.colour(1, 0));
        assertEquals(CyclicPalette.colour(1), CyclicPalette.colour(1, 7));
    }
}
