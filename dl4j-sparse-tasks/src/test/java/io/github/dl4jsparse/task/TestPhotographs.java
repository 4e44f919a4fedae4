package io.github.dl4jsparse.task;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Images with edges, slopes and stripes, by formulas alone. */
final class TestPhotographs {
    private TestPhotographs() {}

    /** {@code [1, channels, height, width]}, values from 0.1 to 0.9; every number another image. */
    static INDArray image(int number, int channels, int height, int width) {
        INDArray image = Nd4j.create(1, channels, height, width);
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    boolean inside = Math.hypot(y - height / 2.0 + 3 * number, x - width / 3.0 - number) < height / 4.0;
                    double stripes = 0.15 * Math.sin(0.5 * x + 0.3 * number * y);
                    double value = inside ? 0.75 - 0.1 * c : 0.3 + 0.15 * c + stripes * (y > height / 2 ? 1 : 0);
                    image.putScalar(new int[] {0, c, y, x}, Math.max(0.1, Math.min(0.9, value)));
                }
            }
        }
        return image;
    }

    /** Several images in gray. */
    static List<INDArray> gray(int count, int height, int width) {
        List<INDArray> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            images.add(image(i, 1, height, width));
        }
        return images;
    }
}
