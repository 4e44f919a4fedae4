package io.github.dl4jsparse.examples.anomaly;

import java.awt.image.BufferedImage;
import java.util.Random;

/** Images of stripes, with a black spot in odd ones. */
final class AnomalyImages {
    private AnomalyImages() {}

    /** 40 x 36 pixels, in gray. */
    static BufferedImage stripes(long seed, boolean odd) {
        Random random = new Random(seed);
        double phase = 2 * Math.PI * random.nextDouble();
        BufferedImage image = new BufferedImage(40, 36, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 36; y++) {
            for (int x = 0; x < 40; x++) {
                boolean spot = odd && x >= 20 && x < 26 && y >= 10 && y < 16;
                double value = 150 + 50 * Math.sin(0.9 * x + 0.3 * y + phase) + 5 * random.nextGaussian();
                image.getRaster().setSample(x, y, 0, spot ? 0 : (int) Math.max(0, Math.min(255, value)));
            }
        }
        return image;
    }
}
