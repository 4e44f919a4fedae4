package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngFileTest {
    @TempDir
    Path directory;

    @Test
    void holdsEveryPixel() throws IOException {
        BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(2, 1, 0x123456);
        Path file = directory.resolve("a.png");
        PngFile.write(file, picture);
        BufferedImage read = ImageIO.read(file.toFile());
        assertEquals(3, read.getWidth());
        assertEquals(2, read.getHeight());
        assertEquals(0xff123456, read.getRGB(2, 1));
        assertEquals(0xff000000, read.getRGB(0, 0));
    }

    @Test
    void leavesNoFileBehindAFailure() {
        Path file = directory.resolve("missing").resolve("a.png");
        BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        assertThrows(IOException.class, () -> PngFile.write(file, picture));
        assertThrows(IllegalArgumentException.class, () -> PngFile.write(directory.resolve("b.png"), null));
        assertFalse(Files.exists(directory.resolve("b.png")));
    }

    @Test
    void saysThatPngHoldsNoFloats() {
        ColorModel floats = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY), false, false, Transparency.OPAQUE, DataBuffer.TYPE_FLOAT);
        BufferedImage picture = new BufferedImage(floats, floats.createCompatibleWritableRaster(1, 1), false, null);
        Path file = directory.resolve("floats.png");
        assertEquals(
                "cannot write " + file + ": no PNG writer takes pictures of type 0",
                assertThrows(IOException.class, () -> PngFile.write(file, picture))
                        .getMessage());
        assertFalse(Files.exists(file));
    }
}
