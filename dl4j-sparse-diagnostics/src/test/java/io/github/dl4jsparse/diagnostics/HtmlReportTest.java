package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    @Test
    void holdsThePictureItself(@TempDir Path directory) throws IOException {
        BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(2, 1, 0xff123456);
        Path target = directory.resolve("report.html");
        new HtmlReport("Maps").figure(picture, "a map").write(target);
        String html = Files.readString(target);
        String data = html.replaceAll("(?s).*base64,([^\"]*)\".*", "$1");
        BufferedImage read =
                ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(data)));
        assertEquals(0xff123456, read.getRGB(2, 1));
        assertEquals(0xff000000, read.getRGB(0, 0));
        assertFalse(html.contains("http"), "needs nothing from elsewhere");
    }

    @Test
    void showsTextAsItIs() {
        String html = new HtmlReport("a < b")
                .section("\"S\" & T")
                .paragraph("<script>")
                .table(List.of("x"), List.of(List.of("1 > 0")))
                .html();
        assertTrue(html.contains("<h1>a &lt; b</h1>"));
        assertTrue(html.contains("<h2>&quot;S&quot; &amp; T</h2>"));
        assertTrue(html.contains("<p>&lt;script&gt;</p>"));
        assertTrue(html.contains("<tr><td>1 &gt; 0</td></tr>"));
    }

    @Test
    void aHeadlineADiagramPicturesBesideEachOtherAndAFoldedTable() {
        Map<String, BufferedImage> figures = new LinkedHashMap<>();
        figures.put("map <1>", new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB));
        figures.put("control", new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB));
        String html = new HtmlReport("t")
                .headline("p < 0.001")
                .beside(figures)
                .plot(SvgPlot.of("x", "y").points("a", new double[] {1}, new double[] {2}), "a & b")
                .plots(Map.of("a matrix & more", SvgMatrix.of("unit", new double[][] {{1}})))
                .folded("Settings", List.of("name"), List.of(List.of("epochs")))
                .code("sparse map --control")
                .html();
        assertTrue(html.contains("<p class=\"headline\">p &lt; 0.001</p>"));
        assertTrue(html.contains("<figcaption>map &lt;1&gt;</figcaption>")
                && html.indexOf("map &lt;1&gt;") < html.indexOf("control"));
        assertTrue(html.contains("<svg class=\"plot\"") && html.contains("a &amp; b"));
        assertTrue(html.contains("0, 0: 1") && html.contains("a matrix &amp; more"));
        assertTrue(html.contains("<details><summary>Settings</summary>") && html.contains("<td>epochs</td>"));
        assertTrue(html.contains("<pre>sparse map --control</pre>"));
        assertFalse(html.contains("http"), "needs nothing from elsewhere");
    }

    @Test
    void linksTextsInTheirOrder() {
        Map<String, String> links = new LinkedHashMap<>();
        links.put("b & c", "/x?y=1&z=\"2\"");
        links.put("a", "/");
        String html = new HtmlReport("t").links(links).html();
        assertTrue(
                html.contains("<p><a href=\"/x?y=1&amp;z=&quot;2&quot;\">b &amp; c</a> \u00b7 <a href=\"/\">a</a></p>"),
                html);
    }

    @Test
    void refusesRowsOfOtherLengths() {
        HtmlReport report = new HtmlReport("t");
        assertEquals(
                "row must be of 2 texts, got [1]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> report.table(List.of("a", "b"), List.of(List.of("1"))))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new HtmlReport(null));
    }
}
