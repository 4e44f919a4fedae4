package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import java.awt.image.BufferedImage;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FilterSheetTest {
    /** Three atoms of 2 x 3 pixels; the last is zero. */
    private static INDArray dictionary() {
        return Nd4j.create(new double[][] {{4, 0.5, 0}, {-4, 1, 0}, {2, 0, 0}, {0, -1, 0}, {-2, 0, 0}, {1, 0, 0}});
    }

    private static int grey(BufferedImage image, int x, int y) {
        int rgb = image.getRGB(x, y);
        assertEquals(rgb & 0xff, rgb >> 8 & 0xff);
        assertEquals(rgb & 0xff, rgb >> 16 & 0xff);
        return rgb & 0xff;
    }

    @Test
    void hasRoomForEveryFilterAndTheGaps() {
        FilterSheet sheet = new FilterSheet(2, 3, 2, 4);
        BufferedImage image = sheet.draw(dictionary());
        assertEquals(2, sheet.gap());
        assertEquals(2 + 2 * (3 * 4 + 2), image.getWidth());
        assertEquals(2 + 2 * (2 * 4 + 2), image.getHeight());
    }

    @Test
    void scalesEachFilterAboutMiddleGrey() {
        BufferedImage image = new FilterSheet(2, 3, 2, 1).draw(dictionary());
        int[][] first = {{255, 0, 191}, {128, 64, 159}};
        int[][] second = {{191, 255, 128}, {0, 128, 128}};
        for (int y = 0; y < 2; y++) {
            for (int x = 0; x < 3; x++) {
                assertEquals(first[y][x], grey(image, 1 + x, 1 + y));
                assertEquals(second[y][x], grey(image, 5 + x, 1 + y));
                assertEquals(128, grey(image, 1 + x, 4 + y), "a zero atom");
                assertEquals(255, grey(image, 5 + x, 4 + y), "an empty place");
            }
        }
        assertEquals(255, grey(image, 4, 1), "between two filters");
    }

    @Test
    void enlargesPixelsToSquaresInTheGivenOrder() {
        BufferedImage image = new FilterSheet(2, 3, 1, 3).draw(dictionary(), new int[] {2, 0});
        assertEquals(128, grey(image, 1, 1));
        int top = 1 + 2 * 3 + 1;
        for (int y = 0; y < 3; y++) {
            for (int x = 0; x < 3; x++) {
                assertEquals(255, grey(image, 1 + x, top + y));
                assertEquals(0, grey(image, 4 + x, top + y));
            }
        }
    }

    private static int rgb(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) & 0xffffff;
    }

    /** One atom of 1 x 2 pixels: a red one and one that is green without blue; in both orders of its values. */
    @Test
    void threeChannelsAreColours() {
        INDArray channelsFirst = Nd4j.createFromArray(2.0, 0, 0, 1, 0, -2).reshape(6, 1);
        INDArray channelsLast = Nd4j.createFromArray(2.0, 0, 0, 0, 1, -2).reshape(6, 1);
        for (BufferedImage image : new BufferedImage[] {
            new FilterSheet(1, 2, 1, 1, 3, CNN2DFormat.NCHW).draw(channelsFirst),
            new FilterSheet(1, 2, 1, 1, 3, CNN2DFormat.NHWC).draw(channelsLast)
        }) {
            assertEquals(4, image.getWidth());
            assertEquals(0xff8080, rgb(image, 1, 1));
            assertEquals(0x80bf00, rgb(image, 2, 1));
        }
    }

    /** A picture of equal channels is the grey one. */
    @Test
    void equalChannelsAreGrey() {
        BufferedImage grey = new FilterSheet(2, 3, 2, 2).draw(dictionary());
        BufferedImage colour = new FilterSheet(2, 3, 2, 2, 3, CNN2DFormat.NCHW)
                .draw(Nd4j.concat(0, dictionary(), dictionary(), dictionary()));
        assertEquals(grey.getWidth(), colour.getWidth());
        for (int y = 0; y < grey.getHeight(); y++) {
            for (int x = 0; x < grey.getWidth(); x++) {
                assertEquals(rgb(grey, x, y), rgb(colour, x, y));
            }
        }
    }

    @Test
    void otherChannelsAreAStripOfOneScale() {
        INDArray atoms = Nd4j.concat(0, dictionary(), dictionary().mul(0.5));
        FilterSheet sheet = new FilterSheet(2, 3, 2, 1, 2, CNN2DFormat.NCHW);
        BufferedImage image = sheet.draw(atoms);
        assertEquals(1 + 2 * (2 * 3 + 1 + 1), image.getWidth());
        assertEquals(255, grey(image, 1, 1));
        assertEquals(255, grey(image, 4, 1), "the line between two channels");
        assertEquals(191, grey(image, 5, 1), "half as strong");
        assertEquals(64, grey(image, 6, 1));
        assertEquals(191, grey(image, 9, 1), "the next atom");
    }

    /** The column of a filter is what the layer's decoder makes of a code that is 1 at one position. */
    @Test
    void filtersOfAConvolutionalLayerAreItsReconstructions() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(2)
                .list()
                .layer(new ConvolutionalListaLayer.Builder(3, 2)
                        .nOut(2)
                        .convolutionMode(ConvolutionMode.Truncate)
                        .penalty(new L1Penalty(0.1))
                        .build())
                .layer(new OutputLayer.Builder().nOut(2).build())
                .setInputType(InputType.convolutional(3, 2, 3))
                .build());
        net.init();
        FilterSheet sheet =
                FilterSheet.of((ConvolutionalListaLayer) net.getLayer(0).conf().getLayer(), 2, 1);
        BufferedImage image = sheet.draw(net.getLayer(0).getParam("D"));
        INDArray code = Nd4j.zeros(1, 2, 1, 1);
        code.putScalar(new int[] {0, 1, 0, 0}, 1);
        INDArray atom = ((UnsupervisedLayer) net.getLayer(0)).decode(code);
        double largest = atom.amaxNumber().doubleValue();
        for (int y = 0; y < 3; y++) {
            for (int x = 0; x < 2; x++) {
                for (int c = 0; c < 3; c++) {
                    int level = rgb(image, 1 + 3 + x, 1 + y) >> 8 * (2 - c) & 0xff;
                    assertEquals(255 * (0.5 + atom.getDouble(0, c, y, x) / largest / 2), level, 0.51);
                }
            }
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        FilterSheet sheet = new FilterSheet(2, 2, 2, 1);
        assertEquals(
                "dictionary must be a matrix with 2 x 2 rows, got [6, 3]",
                assertThrows(IllegalArgumentException.class, () -> sheet.draw(dictionary()))
                        .getMessage());
        assertEquals(
                "dictionary must be a matrix with 2 x 3 x 3 channels rows, got [6, 3]",
                assertThrows(IllegalArgumentException.class, () -> new FilterSheet(2, 3, 2, 1, 3, CNN2DFormat.NCHW)
                                .draw(dictionary()))
                        .getMessage());
        FilterSheet fits = new FilterSheet(2, 3, 2, 1);
        assertThrows(IllegalArgumentException.class, () -> fits.draw(dictionary(), new int[] {3}));
        assertThrows(IllegalArgumentException.class, () -> fits.draw(dictionary(), new int[0]));
        assertThrows(IllegalArgumentException.class, () -> new FilterSheet(2, 3, 2, 0));
    }
}
