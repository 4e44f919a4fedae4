package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SvgPlotTest {
    private static Element parsed(SvgPlot plot) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(plot.svg().getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
    }

    private static double attribute(Element element, String name) {
        return Double.parseDouble(element.getAttribute(name));
    }

    /** Larger values are further right and up, in proportion; each point says what it is. */
    @Test
    void pointsStandWhereTheirValuesAre() throws Exception {
        Element svg = parsed(SvgPlot.of("a & b", "error <%>")
                .points("ours", new double[] {0, 5, 10}, new double[] {0, 2, 4})
                .bound("chance", 3));
        NodeList discs = svg.getElementsByTagName("circle");
        assertEquals(4, discs.getLength(), "three points and the legend's");
        Element first = (Element) discs.item(0);
        Element second = (Element) discs.item(1);
        Element third = (Element) discs.item(2);
        assertEquals(
                attribute(third, "cx") - attribute(second, "cx"),
                attribute(second, "cx") - attribute(first, "cx"),
                0.11);
        assertEquals(
                attribute(first, "cy") - attribute(second, "cy"),
                attribute(second, "cy") - attribute(third, "cy"),
                0.11);
        assertTrue(attribute(third, "cx") > attribute(first, "cx") && attribute(third, "cy") < attribute(first, "cy"));
        assertEquals("ours: 5, 2", second.getTextContent());
        NodeList lines = svg.getElementsByTagName("line");
        Element bound = (Element) lines.item(lines.getLength() - 1);
        assertEquals((attribute(second, "cy") + attribute(third, "cy")) / 2, attribute(bound, "y1"), 0.11);
        assertTrue(
                svg.getTextContent().contains("a & b") && svg.getTextContent().contains("error <%>"));
    }

    /** Equal factors are equal distances; ticks are the values. */
    @Test
    void aLogarithmicAxis() throws Exception {
        Element svg = parsed(SvgPlot.logarithmic("labels", "right")
                .line("ours", new double[] {10, 100, 1000}, new double[] {70, 80, 90}));
        NodeList discs = svg.getElementsByTagName("circle");
        double[] x = new double[3];
        for (int i = 0; i < 3; i++) {
            x[i] = attribute((Element) discs.item(i), "cx");
        }
        assertEquals(x[1] - x[0], x[2] - x[1], 0.11);
        assertEquals(1, svg.getElementsByTagName("polyline").getLength());
        assertTrue(svg.getTextContent().contains("1000"));
    }

    /** A bar reaches as far from its point as the axis says, and its values are in the title. */
    @Test
    void barsOfSpread() throws Exception {
        Element svg = parsed(SvgPlot.of("x", "y")
                .line("a", new double[] {1, 2}, new double[] {4, 6}, new double[] {0, 1})
                .points("a name that is longer than usual, much longer", new double[] {1}, new double[] {5}));
        String[] bar = ((Element) svg.getElementsByTagName("path").item(0))
                .getAttribute("d")
                .split("[MV ]");
        NodeList discs = svg.getElementsByTagName("circle");
        double unit = (attribute((Element) discs.item(0), "cy") - attribute((Element) discs.item(1), "cy")) / 2;
        assertEquals(2 * unit, Double.parseDouble(bar[2]) - Double.parseDouble(bar[3]), 0.21);
        assertEquals(attribute((Element) discs.item(1), "cx"), Double.parseDouble(bar[1]), 0.11);
        assertTrue(svg.getTextContent().contains("a: 2, 6 ± 1"));
        assertTrue(Integer.parseInt(svg.getAttribute("viewBox").split(" ")[2]) > 600, "room for the name");
        assertThrows(IllegalArgumentException.class, () -> SvgPlot.of("x", "y")
                .line("a", new double[1], new double[1], new double[2]));
        assertThrows(IllegalArgumentException.class, () -> SvgPlot.of("x", "y")
                .line("a", new double[1], new double[1], new double[] {-1}));
    }

    @Test
    void oneValueHasAnAxisToo() throws Exception {
        assertEquals(
                2,
                parsed(SvgPlot.of("x", "y").points("a", new double[] {3}, new double[] {3}))
                        .getElementsByTagName("circle")
                        .getLength());
        assertEquals(
                2,
                parsed(SvgPlot.of("x", "y").points("a", new double[] {0}, new double[] {0}))
                        .getElementsByTagName("circle")
                        .getLength());
    }

    @Test
    void badPointsAreNamed() {
        assertEquals(
                "point 1 of a must be finite, x above 0, got (0.0, 1.0)",
                assertThrows(IllegalArgumentException.class, () -> SvgPlot.logarithmic("x", "y")
                                .points("a", new double[] {1, 0}, new double[] {1, 1}))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> SvgPlot.of("x", "y")
                .points("a", new double[] {1}, new double[] {Double.NaN}));
        assertThrows(
                IllegalArgumentException.class, () -> SvgPlot.of("x", "y").points("a", new double[1], new double[2]));
        assertThrows(IllegalArgumentException.class, () -> SvgPlot.of("x", "y").svg());
    }

    /** Lines of pairs end at the points that they join; positions have names in place of numbers. */
    @Test
    void pairsOnNamedPositions() throws Exception {
        Element svg = parsed(SvgPlot.of("", "angle")
                .positions(List.of("before", "after"))
                .joining(new double[] {0}, new double[] {1}, new double[] {1}, new double[] {3})
                .points("unit", new double[] {0, 1}, new double[] {1, 3}));
        NodeList discs = svg.getElementsByTagName("circle");
        Element first = (Element) discs.item(0);
        Element second = (Element) discs.item(1);
        assertEquals("unit: before, 1", first.getTextContent());
        assertEquals("unit: after, 3", second.getTextContent());
        NodeList lines = svg.getElementsByTagName("line");
        Element join = (Element) lines.item(lines.getLength() - 1);
        assertEquals(attribute(first, "cx"), attribute(join, "x1"), 0.11);
        assertEquals(attribute(first, "cy"), attribute(join, "y1"), 0.11);
        assertEquals(attribute(second, "cx"), attribute(join, "x2"), 0.11);
        assertEquals(attribute(second, "cy"), attribute(join, "y2"), 0.11);
        double[] one = {1};
        double[] two = {1, 2};
        double[] none = {Double.NaN};
        SvgPlot plot = SvgPlot.of("a", "b");
        assertThrows(IllegalArgumentException.class, () -> plot.joining(one, one, two, one));
        assertThrows(IllegalArgumentException.class, () -> plot.joining(one, one, one, none));
        assertThrows(IllegalArgumentException.class, () -> plot.positions(List.of()));
        SvgPlot logarithmic = SvgPlot.logarithmic("a", "b");
        assertThrows(IllegalArgumentException.class, () -> logarithmic.positions(List.of("a")));
    }
}
