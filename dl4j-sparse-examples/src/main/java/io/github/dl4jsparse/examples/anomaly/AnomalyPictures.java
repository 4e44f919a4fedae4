package io.github.dl4jsparse.examples.anomaly;

import io.github.dl4jsparse.examples.picture.Canvas;
import io.github.dl4jsparse.task.AnomalyDetector;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The pictures of {@code anomaly}. */
final class AnomalyPictures {
    private static final int TILE = 192;
    private static final int GAP = 12;
    private static final int ACROSS = 4;
    private static final int MOST = 12;
    private static final int LINE = 20;
    private static final int STRIP = 110;
    private static final int STRIP_WIDTH = 1400;
    private static final double STRIP_SECONDS = 20;

    private AnomalyPictures() {}

    private static Graphics2D page(BufferedImage picture) {
        Graphics2D g = picture.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        g.setFont(Canvas.TEXT);
        g.setColor(Canvas.INK);
        return g;
    }

    /** Images with their scores, and their heat maps below. */
    static BufferedImage defects(INDArray images, INDArray maps, AnomalyDetector detector, double[] scores) {
        int count = (int) Math.min(MOST, images.size(0));
        int rows = (count + ACROSS - 1) / ACROSS;
        int cell = 2 * TILE + LINE + GAP;
        BufferedImage picture = new BufferedImage(
                GAP + ACROSS * (TILE + GAP), LINE + GAP + rows * (cell + GAP), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = page(picture);
        g.drawString(
                String.format(
                        Locale.ROOT, "Scores, threshold %.2f; white: 10 deviations and more", detector.threshold()),
                GAP,
                LINE);
        for (int i = 0; i < count; i++) {
            int x = GAP + i % ACROSS * (TILE + GAP);
            int y = LINE + GAP + i / ACROSS * (cell + GAP);
            g.setColor(scores[i] > detector.threshold() ? Canvas.RED : Canvas.INK);
            g.drawString(
                    String.format(
                            Locale.ROOT, "%.1f%s", scores[i], scores[i] > detector.threshold() ? " anomalous" : ""),
                    x,
                    y + LINE - 6);
            g.drawImage(image(images.slice(i)), x, y + LINE, TILE, TILE, null);
            g.drawImage(heat(maps.slice(i)), x, y + LINE + TILE + 2, TILE, TILE, null);
        }
        g.dispose();
        return picture;
    }

    private static BufferedImage image(INDArray pixels) {
        int height = (int) pixels.size(1);
        int width = (int) pixels.size(2);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                int rgb = 0;
                for (int c = 0; c < 3; c++) {
                    rgb = rgb << 8 | level(pixels.getDouble(Math.min(c, pixels.size(0) - 1), i, j));
                }
                image.setRGB(j, i, rgb);
            }
        }
        return image;
    }

    private static BufferedImage heat(INDArray map) {
        int height = (int) map.size(0);
        int width = (int) map.size(1);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                double part = map.getDouble(i, j) / 10;
                image.setRGB(j, i, level(part * 2) << 16 | level(part * 2 - 0.6) << 8 | level(part * 4 - 3));
            }
        }
        return image;
    }

    private static int level(double part) {
        return (int) Math.round(255 * Math.min(1, Math.max(0, part)));
    }

    /** A recording in strips of 20 seconds, with a mark at every beat: filled where anomalous, ringed where wide by the rule. */
    static BufferedImage beats(BeatWindows beats, boolean[] odd, boolean[] wide, String caption) {
        double seconds = beats.signal().length() / beats.signal().rate();
        int strips = (int) Math.ceil(seconds / STRIP_SECONDS);
        BufferedImage picture =
                new BufferedImage(STRIP_WIDTH + 2 * GAP, 2 * LINE + GAP + strips * STRIP, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = page(picture);
        g.drawString(caption, GAP, LINE);
        float[] samples = beats.signal().channel(0);
        for (int strip = 0; strip < strips; strip++) {
            strip(g, beats, samples, strip, odd, wide);
        }
        g.dispose();
        return picture;
    }

    private static void strip(
            Graphics2D g, BeatWindows beats, float[] samples, int strip, boolean[] odd, boolean[] wide) {
        double rate = beats.signal().rate();
        int first = (int) (strip * STRIP_SECONDS * rate);
        int end = (int) Math.min(samples.length, (strip + 1) * STRIP_SECONDS * rate);
        float[] part = Arrays.copyOfRange(samples, first, end);
        float[] sorted = part.clone();
        Arrays.sort(sorted);
        float low = sorted[0];
        float range = Math.max(sorted[sorted.length - 1] - low, 1e-6f);
        int top = 2 * LINE + strip * STRIP;
        double scale = STRIP_WIDTH / (STRIP_SECONDS * rate);
        g.setColor(Canvas.FAINT_INK);
        g.drawString(String.format(Locale.ROOT, "%.0f s", beats.signal().seconds(first)), GAP, top + 10);
        g.setColor(Canvas.BLUE);
        for (int i = 1; i < part.length; i++) {
            g.drawLine(
                    GAP + (int) (scale * (i - 1)),
                    top + height(part[i - 1], low, range),
                    GAP + (int) (scale * i),
                    top + height(part[i], low, range));
        }
        g.setStroke(new BasicStroke(2));
        for (int b = 0; b < odd.length; b++) {
            int at = beats.positions()[b];
            if (at >= first && at < end) {
                mark(g, GAP + (int) (scale * (at - first)), top, odd[b], wide != null && wide[b]);
            }
        }
        g.setStroke(new BasicStroke(1));
    }

    private static void mark(Graphics2D g, int x, int top, boolean odd, boolean wide) {
        g.setColor(odd ? Canvas.RED : Canvas.GREY);
        if (odd) {
            g.fillOval(x - 4, top + STRIP - 18, 9, 9);
        } else {
            g.drawLine(x, top + STRIP - 16, x, top + STRIP - 10);
        }
        if (wide) {
            g.setColor(Canvas.INK);
            g.drawOval(x - 7, top + STRIP - 21, 15, 15);
        }
    }

    private static int height(float value, float low, float range) {
        return (int) ((STRIP - 30) * (1 - (value - low) / range)) + 6;
    }

    /** The examples of the highest scores, highest first. */
    static List<Integer> highest(double[] scores, int count) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i]))
                .limit(count)
                .toList();
    }
}
