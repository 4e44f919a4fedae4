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

class SvgMatrixTest {
    private static Element parsed(SvgMatrix matrix) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(matrix.svg().getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
    }

    private static Element entry(NodeList titles, int i) {
        return (Element) titles.item(i).getParentNode();
    }

    private static int level(Element rect) {
        return Integer.parseInt(rect.getAttribute("fill").substring(1, 3), 16);
    }

    /** An entry stands in its row and column, is darker where it is greater, and says its names and value. */
    @Test
    void entriesStandInTheirRowsAndColumns() throws Exception {
        NodeList titles = parsed(SvgMatrix.of("unit <&>", new double[][] {{0, 0.5}, {2, 0}}, List.of("a", "b")))
                .getElementsByTagName("title");
        assertEquals(2, titles.getLength(), "entries of 0 are not drawn");
        assertEquals("a, b: 0.5", titles.item(0).getTextContent());
        assertEquals("b, a: 2", titles.item(1).getTextContent());
        Element above = entry(titles, 0);
        Element below = entry(titles, 1);
        int cell = Integer.parseInt(above.getAttribute("width"));
        assertEquals(cell, Integer.parseInt(above.getAttribute("x")) - Integer.parseInt(below.getAttribute("x")));
        assertEquals(cell, Integer.parseInt(below.getAttribute("y")) - Integer.parseInt(above.getAttribute("y")));
        assertTrue(level(below) < level(above));
    }

    /** The scale ends at the greatest entry; rows and columns are numbered, few of many. */
    @Test
    void axesAndScale() throws Exception {
        double[][] values = new double[64][64];
        values[3][4] = 8;
        String text = parsed(SvgMatrix.of("unit", values)).getTextContent();
        for (String tick : List.of("unit", "0", "56", "8", "6", "4", "2")) {
            assertTrue(text.contains(tick), tick + " in " + text);
        }
        assertTrue(!text.contains("57"), text);
        assertTrue(
                parsed(SvgMatrix.of("unit", new double[1][1])).getTextContent().contains("unit"), "all zeros");
    }

    @Test
    void whatIsNoSuchMatrixIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> SvgMatrix.of("unit", new double[0][0]));
        assertThrows(IllegalArgumentException.class, () -> SvgMatrix.of("unit", new double[2][3]));
        assertThrows(IllegalArgumentException.class, () -> SvgMatrix.of("unit", new double[][] {{-1}}));
        assertThrows(IllegalArgumentException.class, () -> SvgMatrix.of("unit", new double[][] {{Double.NaN}}));
        assertThrows(IllegalArgumentException.class, () -> SvgMatrix.of("unit", new double[1][1], List.of("a", "b")));
    }
}
