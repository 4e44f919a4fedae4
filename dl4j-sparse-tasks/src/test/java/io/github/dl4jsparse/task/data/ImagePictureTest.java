package io.github.dl4jsparse.task.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ImagePictureTest {
    @TempDir
    Path folder;

    /** All 256 levels in gray, and in three colours. */
    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        INDArray gray = Nd4j.linspace(0, 1, 256).castTo(DataType.FLOAT).reshape(1, 1, 8, 32);
        Path file = folder.resolve("image.png");
        ImagePicture.write(file, gray);
        assertTrue(gray.equalsWithEps(ImageFile.read(file, ImageChannels.GRAY), 1e-6));
        INDArray colour = Nd4j.concat(1, gray, gray.rsub(1), gray.mul(gray));
        ImagePicture.write(file, colour);
        assertTrue(colour.equalsWithEps(ImageFile.read(file, ImageChannels.COLOUR), 0.5 / 255 + 1e-6));
    }

    @Test
    void whatIsOutsideIsCutOff() {
        INDArray image = Nd4j.createFromArray(-3f, 7f).reshape(1, 1, 1, 2);
        assertEquals(0, ImagePicture.of(image).getRaster().getSample(0, 0, 0));
        assertEquals(255, ImagePicture.of(image).getRaster().getSample(1, 0, 0));
    }

    @Test
    void otherShapesAndValuesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> ImagePicture.of(Nd4j.create(2, 1, 3, 3)));
        assertThrows(IllegalArgumentException.class, () -> ImagePicture.of(Nd4j.create(1, 2, 3, 3)));
        assertThrows(IllegalArgumentException.class, () -> ImagePicture.of(Nd4j.create(3, 3)));
        INDArray bad = Nd4j.valueArrayOf(new long[] {1, 1, 2, 2}, Float.NaN);
        assertThrows(IllegalArgumentException.class, () -> ImagePicture.of(bad));
    }
}
