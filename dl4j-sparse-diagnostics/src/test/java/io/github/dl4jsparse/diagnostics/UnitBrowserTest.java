package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class UnitBrowserTest {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\">(.*?)</script>", Pattern.DOTALL);

    private static MultiLayerNetwork network(Layer layer, InputType type) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.FLOAT)
                .list()
                .layer(layer)
                .setInputType(type)
                .build());
        net.init();
        return net;
    }

    private static JsonNode data(UnitBrowser browser) throws IOException {
        Matcher data = DATA.matcher(browser.addTo(new HtmlReport("units")).html());
        assertTrue(data.find());
        return new ObjectMapper().readTree(data.group(1));
    }

    /** Units are pixels, so that what drives each is known. */
    private static MultiLayerNetwork pixels() {
        MultiLayerNetwork net = network(
                new ListaLayer.Builder()
                        .nOut(6)
                        .iterations(1)
                        .penalty(new GroupL2Penalty(0.01, Groups.blocks(6, 2)))
                        .build(),
                InputType.feedForward(6));
        ((UnsupervisedLayer) net.getLayer(0)).startFrom(Nd4j.eye(6).castTo(DataType.FLOAT));
        return net;
    }

    @Test
    void whatDrivesAUnitIsCountedAndNamed() throws IOException {
        INDArray examples = Nd4j.zeros(DataType.FLOAT, 4, 6);
        examples.putScalar(0, 2, 5);
        examples.putScalar(1, 2, 7);
        examples.putScalar(1, 3, 1);
        examples.putScalar(3, 4, 1);
        JsonNode units = data(UnitBrowser.of(pixels(), 0, examples).names(List.of("a", "b</script>", "c", "d")));
        assertEquals(6, units.size());
        JsonNode unit = units.get(2);
        assertEquals(0.5, unit.get("share").asDouble());
        assertTrue(unit.get("positions").isNull());
        assertEquals("b</script>", unit.get("inputs").get(0).get("name").asText());
        assertEquals("a", unit.get("inputs").get(1).get("name").asText());
        assertEquals(2, unit.get("inputs").size());
        double first = unit.get("inputs").get(0).get("value").asDouble();
        double second = unit.get("inputs").get(1).get("value").asDouble();
        assertEquals(first, unit.get("largest").asDouble(), 1e-6);
        assertEquals((first + second) / 2, unit.get("mean").asDouble(), 1e-6);
        int[] histogram = new ObjectMapper().convertValue(unit.get("histogram"), int[].class);
        assertEquals(1, histogram[histogram.length - 1]);
        assertEquals(1, histogram[(int) (histogram.length * second / first)]);
        JsonNode group = unit.get("relations").get(0);
        assertEquals("in groups with it (number of groups)", group.get("name").asText());
        assertEquals("[3]", group.get("units").toString());
        assertEquals(0, units.get(0).get("share").asDouble());
        assertEquals(0, units.get(0).get("inputs").size());
    }

    /** Phi of a two-by-two table, by hand: both in one example of four, one alone in one more. */
    @Test
    void unitsThatAreActiveTogetherAreCorrelated() throws IOException {
        INDArray examples = Nd4j.createFromArray(
                new float[][] {{1, 0, 0, 0, 0, 0}, {1, 0, 1, 0, 0, 0}, {0, 0, 0, 0, 0, 1}, {0, 0, 0, 0, 0, 1}});
        JsonNode relations = data(UnitBrowser.of(pixels(), 0, examples)).get(0).get("relations");
        JsonNode together = relations.get(relations.size() - 1);
        assertEquals("active together (correlation)", together.get("name").asText());
        assertEquals("[2]", together.get("units").toString());
        assertEquals(
                (0.25 - 0.5 * 0.25) / Math.sqrt(0.25 * 0.1875),
                together.get("strengths").get(0).asDouble(),
                1e-9);
    }

    /** An image that is zero but for the filter of a unit: the unit is strongest there. */
    @ParameterizedTest
    @CsvSource({"Truncate, 1, NCHW", "Same, 1, NCHW", "Truncate, 2, NHWC", "Same, 2, NHWC", "Same, 1, NHWC"})
    void thePositionInTheInputIsThatOfTheFilter(ConvolutionMode mode, int stride, CNN2DFormat format)
            throws IOException {
        MultiLayerNetwork net = network(
                new ConvolutionalListaLayer.Builder(3, 2)
                        .nOut(4)
                        .stride(stride, stride)
                        .convolutionMode(mode)
                        .dataFormat(format)
                        .penalty(new L1Penalty(0.01))
                        .build(),
                InputType.convolutional(9, 8, 2, format));
        UnsupervisedLayer layer = (UnsupervisedLayer) net.getLayer(0);
        INDArray filters = Samples.gaussian(DataType.FLOAT, 3, 12, 4);
        filters.diviRowVector(filters.norm2(0));
        layer.startFrom(filters);
        // rows of a filter are row, column, channel
        INDArray filter = filters.getColumn(2, true).reshape('c', 3, 2, 2).permute(2, 0, 1);
        int top = mode == ConvolutionMode.Same ? 3 : 4;
        int left = mode == ConvolutionMode.Same && stride == 1 ? 3 : 4;
        INDArray images = Nd4j.zeros(DataType.FLOAT, 3, 2, 9, 8);
        images.get(
                        NDArrayIndex.point(1),
                        NDArrayIndex.all(),
                        NDArrayIndex.interval(top, top + 3),
                        NDArrayIndex.interval(left, left + 2))
                .assign(filter);
        INDArray given =
                format == CNN2DFormat.NCHW ? images : images.permute(0, 2, 3, 1).dup('c');
        JsonNode unit = data(UnitBrowser.of(net, 0, given)).get(2);
        assertEquals(
                "example 1, row " + top + ", column " + left,
                unit.get("inputs").get(0).get("name").asText());
        assertTrue(unit.get("positions").asDouble() > 0);
        assertTrue(unit.get("filter").asText().startsWith("<img alt=\"filter of unit 2\""));
    }

    @Test
    void vectorsAreCurvesOrImages(@TempDir Path folder) throws IOException {
        INDArray examples = Samples.gaussian(DataType.FLOAT, 1, 5, 6);
        assertTrue(data(UnitBrowser.of(pixels(), 0, examples))
                .get(1)
                .get("filter")
                .asText()
                .startsWith("<svg"));
        UnitBrowser images = UnitBrowser.of(pixels(), 0, examples).images(1, 2, 3);
        assertTrue(data(images).get(1).get("filter").asText().startsWith("<img"));
        Path page = folder.resolve("units.html");
        images.write(page);
        String html = Files.readString(page);
        assertTrue(html.contains("Units of layer layer0") && !html.contains("@DATA@"));
        assertTrue(!html.contains("http:") && !html.contains("https:"), "needs no other file");
    }

    @Test
    void badArgumentsAreNamed() {
        INDArray examples = Samples.gaussian(DataType.FLOAT, 1, 5, 6);
        UnitBrowser browser = UnitBrowser.of(pixels(), 0, examples);
        assertEquals(
                "images must be of as many pixels as a vector has values, 6, got 1 x 2 x 2",
                refused(() -> browser.images(1, 2, 2)));
        assertEquals(
                "number of names must be that of the examples, 5, got 2",
                refused(() -> browser.names(Collections.nCopies(2, "a"))));
        refused(() -> UnitBrowser.of(pixels(), 1, examples));
        refused(() -> UnitBrowser.of(pixels(), 0, Nd4j.zeros(5)));
    }

    private static String refused(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }
}
