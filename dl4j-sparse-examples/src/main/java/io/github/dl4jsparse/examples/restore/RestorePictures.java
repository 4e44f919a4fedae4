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
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The restored image as PNG, and one picture of all: clean where it is known, degraded, restored, what was taken away. */
final class RestorePictures {
    private static final int GAP = 8;
    private static final int CAPTION = 22;

    private RestorePictures() {}

    static void write(RunDirectory directory, RestoredImage image) throws IOException {
        String stem = RestoreResult.stem(image.name());
        directory.write(stem + "-restored.png", ImagePicture.of(image.restored()));
        directory.write(stem + "-compared.png", compared(image));
    }

    private static BufferedImage compared(RestoredImage image) {
        Map<String, BufferedImage> parts = new LinkedHashMap<>();
        if (image.clean() != null) {
            parts.put("original", ImagePicture.of(image.clean()));
        }
        parts.put(image.mask() == null ? "noisy" : "degraded", ImagePicture.of(image.degraded()));
        parts.put("restored", ImagePicture.of(image.restored()));
        INDArray difference = image.degraded().sub(image.restored());
        if (image.mask() != null) {
            difference.muli(image.mask().broadcast(difference.shape()));
        }
        parts.put("degraded - restored", ImagePicture.of(difference.addi(0.5)));
        return Canvas.titled(image.name(), RestoredImage.line(image.figures()), beside(parts));
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
            g.drawString(part.getKey(), x, y + CAPTION - 7);
            g.drawImage(part.getValue(), x, y + CAPTION, null);
            number++;
        }
        g.dispose();
        return sheet;
    }
}
