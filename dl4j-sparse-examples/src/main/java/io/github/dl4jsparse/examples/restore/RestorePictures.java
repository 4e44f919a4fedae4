package io.github.dl4jsparse.examples.restore;

import io.github.dl4jsparse.examples.picture.Canvas;
import io.github.dl4jsparse.examples.run.RunDirectory;
import io.github.dl4jsparse.task.data.ImagePicture;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The restored image as PNG, and one picture of all: clean where it is known, degraded, restored, what was taken away. */
final class RestorePictures {
    private static final String ORIGINAL = "original";
    private static final String RESTORED = "restored";
    private static final String DIFFERENCE = "degraded - restored";
    /** Pixels across that a picture on a page has at least. */
    private static final int LEGIBLE = 320;

    private static final int GAP = 8;
    private static final int CAPTION = 22;

    private RestorePictures() {}

    static void write(RunDirectory directory, RestoredImage image) throws IOException {
        String stem = RestoreResult.stem(image.name());
        directory.write(stem + "-restored.png", ImagePicture.of(image.restored()));
        directory.write(stem + "-compared.png", compared(image));
    }

    private static BufferedImage compared(RestoredImage image) {
        return Canvas.titled(image.name(), RestoredImage.line(image.figures()), beside(parts(image)));
    }

    /** As {@link #parts}, for a page: with name and PSNR, small images enlarged, what was given beside the result. */
    static Map<String, BufferedImage> shown(RestoredImage image) {
        RestoredImage.Figures figures = image.figures();
        Map<String, BufferedImage> shown = new LinkedHashMap<>();
        BufferedImage[] original = {null};
        parts(image).forEach((caption, picture) -> {
            if (caption.equals(ORIGINAL)) {
                original[0] = enlarged(picture);
                return;
            }
            boolean measured = figures.psnr() != null && !caption.startsWith(DIFFERENCE);
            double psnr = measured ? caption.equals(RESTORED) ? figures.psnr() : figures.psnrBefore() : Double.NaN;
            shown.put(
                    image.name() + ", " + caption
                            + (measured ? String.format(Locale.ROOT, "; PSNR %.2f dB", psnr) : ""),
                    enlarged(picture));
        });
        if (original[0] != null) {
            shown.put(image.name() + ", " + ORIGINAL, original[0]);
        }
        return shown;
    }

    /** A picture of whole multiples of its size, where it is small. */
    private static BufferedImage enlarged(BufferedImage picture) {
        int times = Math.max(1, LEGIBLE / picture.getWidth());
        BufferedImage large = Canvas.white(times * picture.getWidth(), times * picture.getHeight());
        Graphics2D g = large.createGraphics();
        g.drawImage(picture, 0, 0, large.getWidth(), large.getHeight(), null);
        g.dispose();
        return large;
    }

    /** The image before and after by captions: clean where it is known, degraded, restored, and what was taken away. */
    private static Map<String, BufferedImage> parts(RestoredImage image) {
        Map<String, BufferedImage> parts = new LinkedHashMap<>();
        if (image.clean() != null) {
            parts.put(ORIGINAL, ImagePicture.of(image.clean()));
        }
        parts.put(
                image.mask() == null ? "noisy" : "degraded; missing pixels are orange",
                image.mask() == null ? ImagePicture.of(image.degraded()) : marked(image.degraded(), image.mask()));
        parts.put(RESTORED, ImagePicture.of(image.restored()));
        INDArray difference = image.degraded().sub(image.restored());
        if (image.mask() != null) {
            difference.muli(image.mask().broadcast(difference.shape()));
        }
        parts.put(DIFFERENCE + "; gray is 0", ImagePicture.of(difference.addi(0.5)));
        return parts;
    }

    /** The image with its missing pixels in a colour. */
    private static BufferedImage marked(INDArray image, INDArray mask) {
        BufferedImage gray = ImagePicture.of(image);
        BufferedImage marked = Canvas.white(gray.getWidth(), gray.getHeight());
        Graphics2D g = marked.createGraphics();
        g.drawImage(gray, 0, 0, null);
        g.dispose();
        for (int y = 0; y < gray.getHeight(); y++) {
            for (int x = 0; x < gray.getWidth(); x++) {
                if (mask.getDouble(0, 0, y, x) == 0) {
                    marked.setRGB(x, y, Canvas.ORANGE.getRGB());
                }
            }
        }
        return marked;
    }

    private static BufferedImage beside(Map<String, BufferedImage> parts) {
        List<BufferedImage> pictures = new ArrayList<>(parts.values());
        int width = pictures.get(0).getWidth();
        int height = pictures.get(0).getHeight();
        int columns = width > height || parts.size() < 4 ? Math.min(2, parts.size()) : parts.size();
        int rows = (parts.size() + columns - 1) / columns;
        BufferedImage sheet = Canvas.white(columns * (width + GAP) - GAP, rows * (height + CAPTION + GAP) - GAP);
        Graphics2D g = Canvas.graphics(sheet);
        g.setFont(Canvas.TEXT);
        g.setColor(Canvas.INK);
        int number = 0;
        for (Map.Entry<String, BufferedImage> part : parts.entrySet()) {
            int x = number % columns * (width + GAP);
            int y = number / columns * (height + CAPTION + GAP);
            g.drawString(fitting(g, part.getKey(), width), x, y + CAPTION - 7);
            g.drawImage(part.getValue(), x, y + CAPTION, null);
            number++;
        }
        g.dispose();
        return sheet;
    }

    /** The caption, or its first part where the picture is narrow. */
    private static String fitting(Graphics2D g, String caption, int width) {
        return g.getFontMetrics().stringWidth(caption) <= width ? caption : caption.split(";")[0];
    }
}
