package io.github.dl4jsparse.examples.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.data.PatchSampler;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NaturalImagesTest {

    /** Sums of pixels by Pillow: sum(Image.open(file).getdata()). */
    @Test
    void readsTheEmbeddedImages() throws IOException {
        Map<String, float[][]> images = NaturalImages.embedded();
        assertEquals(
                List.of("ascent", "camera", "cat", "forest", "grass", "mountain", "raccoon", "stream"),
                List.copyOf(images.keySet()));
        images.forEach((name, pixels) -> {
            int side = name.equals("cat") ? 300 : 512;
            assertEquals(side, pixels.length, name);
            assertEquals(side, pixels[0].length, name);
        });
        assertEquals(33_832_495, sum(images.get("camera")));
        assertEquals(10_563_142, sum(images.get("cat")));
    }

    private static long sum(float[][] pixels) {
        return Arrays.stream(pixels)
                .mapToLong(row -> {
                    long sum = 0;
                    for (float value : row) {
                        sum += Math.round(255 * value);
                    }
                    return sum;
                })
                .sum();
    }

    @Test
    void givesPatches() throws IOException {
        PatchSampler.Builder builder =
                PatchSampler.builder().patchSize(8, 12).batch(5).patches(5);
        NaturalImages.embedded().forEach(builder::image);
        assertEquals(96, builder.build().next().getFeatures().columns());
    }
}
