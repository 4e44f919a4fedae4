package io.github.dl4jsparse.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SourceImageTest {
    private static final INDArray IMAGE = Samples.gaussian(3, 2, 4, 5);

    private static void assertIsImage(INDArray expected, SourceImage image) {
        assertEquals(List.of(2, 4, 5), List.of(image.channels(), image.height(), image.width()));
        assertArrayEquals(expected.dup('c').data().asFloat(), image.pixels());
    }

    @Test
    void shapesOfOneImage() {
        for (INDArray same : new INDArray[] {IMAGE, IMAGE.dup('f'), IMAGE.reshape(1, 2, 4, 5)}) {
            assertIsImage(IMAGE, SourceImage.of("a", same));
        }
        SourceImage grey = SourceImage.of("grey", Samples.gaussian(1, 4, 5));
        assertEquals(List.of(1, 4, 5), List.of(grey.channels(), grey.height(), grey.width()));
    }

    @Test
    void imagesOfABatch() {
        INDArray batch = Nd4j.stack(0, IMAGE, IMAGE.mul(2), IMAGE.mul(3));
        for (INDArray same : new INDArray[] {batch, batch.dup('f')}) {
            List<SourceImage> images = SourceImage.ofBatch("set", same);
            for (int i = 0; i < 3; i++) {
                assertIsImage(IMAGE.mul(i + 1), images.get(i));
                assertEquals("set " + i, images.get(i).name());
            }
        }
    }

    @Test
    void refusalsSayWhatIsWrong() {
        INDArray batch = Nd4j.stack(0, IMAGE, IMAGE);
        refused(
                "image \"a\" must be [height, width], [channels, height, width] or [1, channels, height, width]; add a batch of "
                        + "images by images(name, pixels), got [2, 2, 4, 5]",
                () -> SourceImage.of("a", batch));
        batch.putScalar(new long[] {1, 1, 2, 3}, Float.NaN);
        refused(
                "image \"set 1\" must be finite everywhere, got NaN at channel 1, row 2, column 3",
                () -> SourceImage.ofBatch("set", batch));
        refused(
                "image \"set\" must be a batch [images, channels, height, width], got [2, 4, 5]",
                () -> SourceImage.ofBatch("set", IMAGE));
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
