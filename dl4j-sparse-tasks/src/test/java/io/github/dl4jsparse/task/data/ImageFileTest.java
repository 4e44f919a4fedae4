package io.github.dl4jsparse.task.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.color.ColorSpace;
import java.awt.image.BandedSampleModel;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Realistic photographs: truncated, turned by their EXIF orientation, of 16 bits a colour, huge, of macOS. */
class ImageFileTest {
    private static byte[] bytes(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(image, format, out));
        return out.toByteArray();
    }

    private static BufferedImage noise(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Random random = new Random(1);
        for (int i = 0; i < width * height; i++) {
            image.getRaster().setSample(i % width, i / width, 0, random.nextInt(256));
        }
        return image;
    }

    private static String failure(byte[] content, String name) {
        return assertThrows(IOException.class, () -> ImageFile.gray(content, name))
                .getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png"})
    void refusesAFileThatEndsEarly(String format) throws IOException {
        byte[] whole = bytes(noise(64, 48), format);
        assertEquals(48, ImageFile.gray(whole, "whole").length);
        for (double part : new double[] {0.3, 0.5, 0.9}) {
            String message = failure(Arrays.copyOf(whole, (int) (part * whole.length)), "half." + format);
            assertTrue(message.startsWith("half." + format + " can't be read as an image: "), message);
        }
    }

    /** A JPEG with an APP1 segment of EXIF that holds the orientation alone. */
    private static byte[] withOrientation(byte[] jpeg, int orientation) {
        ByteBuffer exif = ByteBuffer.allocate(36);
        exif.putShort((short) 0xffe1).putShort((short) 34);
        exif.put("Exif\0\0MM".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        exif.putShort((short) 42).putInt(8).putShort((short) 1);
        exif.putShort((short) 0x112).putShort((short) 3).putInt(1).putShort((short) orientation);
        ByteBuffer file = ByteBuffer.allocate(jpeg.length + exif.capacity());
        file.put(jpeg, 0, 2).put(exif.array()).put(jpeg, 2, jpeg.length - 2);
        return file.array();
    }

    /** Where the corner of the file's first row and column must be: EXIF 2.3, tag 0x0112. */
    @ParameterizedTest
    @CsvSource({
        "1, top, left", "2, top, right", "3, bottom, right", "4, bottom, left",
        "5, left, top", "6, right, top", "7, right, bottom", "8, left, bottom"
    })
    void turnsAsTheOrientationSays(int orientation, String firstRow, String firstColumn) throws IOException {
        BufferedImage image = new BufferedImage(32, 16, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 16; i++) {
            for (int j = 0; j < 32; j++) {
                image.getRaster().setSample(j, i, 0, i < 8 && j < 8 ? 255 : 0);
            }
        }
        float[][] upright = ImageFile.gray(withOrientation(bytes(image, "jpg"), orientation), "x.jpg");
        boolean transposed = orientation >= 5;
        assertEquals(transposed ? 32 : 16, upright.length);
        assertEquals(transposed ? 16 : 32, upright[0].length);
        Set<String> corner = Set.of(firstRow, firstColumn);
        int row = corner.contains("top") ? 2 : upright.length - 3;
        int column = corner.contains("left") ? 2 : upright[0].length - 3;
        assertEquals(1, upright[row][column], 0.05);
        assertEquals(0, upright[upright.length - 1 - row][upright[0].length - 1 - column], 0.05);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsSixteenBitsAColour(boolean alpha) throws IOException {
        int side = 32;
        int bands = alpha ? 4 : 3;
        short[] samples = new short[bands * side * side];
        Random random = new Random(1);
        for (int i = 0; i < side * side; i++) {
            short value = (short) (0x8000 + random.nextInt(256));
            Arrays.fill(samples, bands * i, bands * (i + 1), value);
        }
        ColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                alpha,
                false,
                alpha ? ColorModel.TRANSLUCENT : ColorModel.OPAQUE,
                DataBuffer.TYPE_USHORT);
        int[] offsets = alpha ? new int[] {0, 1, 2, 3} : new int[] {0, 1, 2};
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferUShort(samples, samples.length), side, side, bands * side, bands, offsets, null);
        float[][] pixels = ImageFile.gray(bytes(new BufferedImage(model, raster, false, null), "png"), "deep.png");
        Set<Float> levels = new HashSet<>();
        for (float[] row : pixels) {
            for (float value : row) {
                levels.add(value);
            }
        }
        assertTrue(levels.size() > 200, levels.size() + " levels");
        assertEquals((samples[0] & 0xffff) / 65535.0, pixels[0][0], 1e-6);
    }

    /** A PNG of which only the header says how large it is. */
    private static byte[] header(int width, int height) {
        ByteBuffer chunk = ByteBuffer.allocate(17).put("IHDR".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        chunk.putInt(width).putInt(height).put(new byte[] {8, 0, 0, 0, 0});
        CRC32 sum = new CRC32();
        sum.update(chunk.array());
        return ByteBuffer.allocate(33)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'})
                .putInt(13)
                .put(chunk.array())
                .putInt((int) sum.getValue())
                .array();
    }

    @Test
    void refusesAHugeImageByItsHeader() {
        assertEquals(
                "huge.png must have at most 134217728 pixels, got 200000 x 300000; make it smaller, or take it out of"
                        + " the folder",
                failure(header(200_000, 300_000), "huge.png"));
    }

    private static BufferedImage colours(int type) {
        BufferedImage image = new BufferedImage(7, 3, type);
        image.setRGB(4, 1, 0xffff0000);
        image.setRGB(5, 2, 0xffffffff);
        return image;
    }

    @ParameterizedTest
    @CsvSource({"png, 0", "bmp, 0", "tiff, 0", "gif, 0", "jpg, 0.1"})
    void readsEveryFormatInColourAndInGray(String format, double tolerance) throws IOException {
        BufferedImage image = new BufferedImage(32, 16, BufferedImage.TYPE_INT_RGB);
        image.createGraphics().fillRect(0, 0, 16, 16);
        for (int i = 0; i < 256; i++) {
            image.setRGB(16 + i % 16, i / 16, 0xff0000);
        }
        byte[] content = bytes(image, format);
        float[][][] colour =
                ImageFile.decode(content, "x", ImageChannels.COLOUR).channels();
        assertEquals(3, colour.length);
        for (int c = 0; c < 3; c++) {
            assertEquals(1, colour[c][7][3], tolerance);
            assertEquals(c == 0 ? 1 : 0, colour[c][7][28], tolerance);
        }
        assertEquals(0.299, ImageFile.gray(content, "x")[7][28], Math.max(1e-6, tolerance));
        assertTrue(ImageFile.decode(content, "x", ImageChannels.GRAY).coloured());
        assertEquals(new ImageSize(16, 32), ImageFile.size(content, "x"));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_BYTE_INDEXED
            })
    void takesTheLumaOfColours(int type) throws IOException {
        float[][] gray = ImageFile.gray(bytes(colours(type), "png"), "x.png");
        assertEquals(0.299, gray[1][4], 1e-6);
        assertEquals(1, gray[2][5]);
        assertEquals(0, gray[0][0]);
    }

    @Test
    void keepsGrayAsItIs() throws IOException {
        BufferedImage eight = new BufferedImage(7, 3, BufferedImage.TYPE_BYTE_GRAY);
        eight.getRaster().setSample(4, 1, 0, 51);
        assertEquals(0.2f, ImageFile.gray(bytes(eight, "png"), "x.png")[1][4]);
        BufferedImage sixteen = new BufferedImage(7, 3, BufferedImage.TYPE_USHORT_GRAY);
        sixteen.getRaster().setSample(4, 1, 0, 13107);
        for (String format : new String[] {"png", "tiff"}) {
            ImagePixels deep = ImageFile.decode(bytes(sixteen, format), "x", ImageChannels.COLOUR);
            assertFalse(deep.coloured());
            for (int c = 0; c < 3; c++) {
                assertEquals(0.2f, deep.channels()[c][1][4]);
            }
        }
        assertEquals(1, ImageFile.gray(bytes(colours(BufferedImage.TYPE_BYTE_BINARY), "png"), "x.png")[2][5], 1e-6);
    }

    @Test
    void givesABatchOfOne(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("x.png");
        Files.write(file, bytes(colours(BufferedImage.TYPE_INT_RGB), "png"));
        INDArray image = ImageFile.read(file, ImageChannels.COLOUR);
        assertArrayEquals(new long[] {1, 3, 3, 7}, image.shape());
        assertEquals(1, image.getDouble(0, 0, 1, 4));
        assertEquals(0, image.getDouble(0, 1, 1, 4));
        assertEquals(1, image.getDouble(0, 2, 2, 5));
    }

    @Test
    void refusesFloatingPointPixelsAndText() throws IOException {
        SampleModel model = new BandedSampleModel(DataBuffer.TYPE_FLOAT, 4, 4, 1);
        ColorModel gray = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY), false, false, ColorModel.OPAQUE, DataBuffer.TYPE_FLOAT);
        WritableRaster raster = Raster.createWritableRaster(model, null);
        byte[] content = bytes(new BufferedImage(gray, raster, false, null), "tiff");
        assertEquals(
                "x.tif must have whole numbers as pixels, got floating-point ones, whose white is not known; save it with 8"
                        + " or 16 bits a colour",
                failure(content, "x.tif"));
        assertEquals("y.png is no image, or of a kind that Java does not read", failure(new byte[] {1, 2}, "y.png"));
    }
}
