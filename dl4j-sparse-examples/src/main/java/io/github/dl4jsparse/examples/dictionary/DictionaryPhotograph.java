package io.github.dl4jsparse.examples.dictionary;

import io.github.dl4jsparse.diagnostics.CodeStatistics;
import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.examples.data.NaturalPatches;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.task.data.ImagePicture;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The middle of a photograph and what a dictionary makes of it, patch by patch without overlap:
 * \[ \hat x = D z(x - m) + m \]
 * where x is a whitened patch and m its mean.
 *
 * @param name           of the photograph
 * @param pixels         as it was taken, {@code [height][width]}
 * @param white          whitened
 * @param reconstruction of that
 * @param activeUnits    of a patch on average
 */
record DictionaryPhotograph(
        String name, float[][] pixels, float[][] white, float[][] reconstruction, double activeUnits) {
    /** Patches along a side at most. */
    private static final int ACROSS = 16;
    /** Black and white of the pictures, in standard deviations of whitened pixels. */
    private static final double RANGE = 3;
    /** Pixels across that a picture has at least. */
    private static final int LEGIBLE = 320;

    /** The codes are those that the network gives, not those of the exact solver, which takes minutes for some structures. */
    static DictionaryPhotograph of(NaturalPatches.Whitened photograph, MultiLayerNetwork net, int patch) {
        int down = Math.min(ACROSS, photograph.white().length / patch);
        int across = Math.min(ACROSS, photograph.white()[0].length / patch);
        int top = (photograph.white().length - down * patch) / 2;
        int left = (photograph.white()[0].length - across * patch) / 2;
        float[][] white = part(photograph.white(), top, left, down * patch, across * patch);
        float[][] patches = new float[down * across][patch * patch];
        for (int y = 0; y < white.length; y++) {
            for (int x = 0; x < white[0].length; x++) {
                patches[y / patch * across + x / patch][y % patch * patch + x % patch] = white[y][x];
            }
        }
        INDArray rows = Nd4j.createFromArray(patches);
        INDArray means = rows.mean(true, 1);
        INDArray codes = net.output(rows.subColumnVector(means));
        INDArray dictionary = net.getLayer(0).getParam(SparseCodingLayer.DICTIONARY);
        float[][] made =
                codes.mmul(dictionary.transpose()).addColumnVector(means).toFloatMatrix();
        float[][] whole = new float[white.length][white[0].length];
        for (int y = 0; y < white.length; y++) {
            for (int x = 0; x < white[0].length; x++) {
                whole[y][x] = made[y / patch * across + x / patch][y % patch * patch + x % patch];
            }
        }
        return new DictionaryPhotograph(
                photograph.name(),
                part(photograph.pixels(), top, left, white.length, white[0].length),
                white,
                whole,
                CodeStatistics.of(codes).meanActiveUnits());
    }

    private static float[][] part(float[][] image, int top, int left, int height, int width) {
        float[][] part = new float[height][width];
        for (int y = 0; y < height; y++) {
            System.arraycopy(image[top + y], left, part[y], 0, width);
        }
        return part;
    }

    /** Peak signal-to-noise ratio in decibels, where the peak is the range from black to white. */
    double psnr() {
        double squares = 0;
        for (int y = 0; y < white.length; y++) {
            for (int x = 0; x < white[0].length; x++) {
                squares += Math.pow(white[y][x] - (double) reconstruction[y][x], 2);
            }
        }
        return 10 * Math.log10(4 * RANGE * RANGE * white.length * white[0].length / squares);
    }

    /** Adds the photograph, its reconstruction and the difference on one scale. */
    void addTo(HtmlReport page) {
        Map<String, BufferedImage> beside = new LinkedHashMap<>();
        beside.put(name + ", whitened: what the dictionary is given", picture(white, true));
        beside.put(
                String.format(
                        Locale.ROOT,
                        "Reconstruction, patch by patch without overlap: %.1f units active in a patch, PSNR %.1f dB of the "
                                + "range from black to white",
                        activeUnits,
                        psnr()),
                picture(reconstruction, true));
        float[][] difference = new float[white.length][white[0].length];
        for (int y = 0; y < white.length; y++) {
            for (int x = 0; x < white[0].length; x++) {
                difference[y][x] = white[y][x] - reconstruction[y][x];
            }
        }
        beside.put("Difference, on the same scale: gray is 0", picture(difference, true));
        beside.put("The photograph before whitening", picture(pixels, false));
        page.beside(beside);
    }

    private static BufferedImage picture(float[][] image, boolean whitened) {
        INDArray levels = Nd4j.createFromArray(new float[][][][] {{image}});
        BufferedImage small = ImagePicture.of(whitened ? levels.div(2 * RANGE).addi(0.5) : levels);
        int times = Math.max(1, LEGIBLE / small.getWidth());
        BufferedImage large =
                new BufferedImage(times * small.getWidth(), times * small.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D g = large.createGraphics();
        g.drawImage(small, 0, 0, large.getWidth(), large.getHeight(), null);
        g.dispose();
        return large;
    }
}
