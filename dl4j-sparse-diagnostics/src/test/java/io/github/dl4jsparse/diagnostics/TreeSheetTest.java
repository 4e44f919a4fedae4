package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TreeSheetTest {
    private static final TreeSheet SHEET = new TreeSheet(4, 6, 3);

    /** The lecture's 1 + 10 + 20 + 40, a deep chain, a binary tree, forests, uneven ones, children before parents. */
    static Stream<int[]> forests() {
        int[] lecture = new int[71];
        int[] chain = new int[9];
        int[] binary = new int[63];
        int[] reversed = new int[40];
        Arrays.setAll(lecture, unit -> unit == 0 ? -1 : unit <= 10 ? 0 : (unit - 11) / 2 + 1);
        Arrays.setAll(chain, unit -> unit - 1);
        Arrays.setAll(binary, unit -> (unit + 1) / 2 - 1);
        Arrays.setAll(reversed, unit -> unit == 39 ? -1 : 39 - (38 - unit) / 3);
        Random random = new Random(1);
        int[] uneven = new int[80];
        Arrays.setAll(uneven, unit -> unit < 3 ? -1 : random.nextInt(1 + unit / 2));
        return Stream.of(new int[] {-1}, new int[] {-1, -1}, lecture, chain, binary, reversed, uneven);
    }

    private static int grey(BufferedImage image, int x, int y) {
        int rgb = image.getRGB(x, y) & 0xffffff;
        assertEquals((rgb & 0xff) * 0x010101, rgb);
        return rgb & 0xff;
    }

    @ParameterizedTest
    @MethodSource("forests")
    void letsNoTwoTilesOverlap(int[] parents) {
        List<Rectangle> tiles = SHEET.tiles(parents);
        assertEquals(parents.length, tiles.size());
        for (int i = 0; i < parents.length; i++) {
            Rectangle grown = new Rectangle(tiles.get(i));
            grown.grow(1, 1);
            for (int j = 0; j < i; j++) {
                assertFalse(grown.intersects(tiles.get(j)), i + " and " + j);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forests")
    void leadsNoBranchAcrossAnotherTile(int[] parents) {
        Forest forest = Forest.of(parents, parents.length);
        double pitch = 20;
        RadialLayout layout = RadialLayout.of(forest, pitch);
        for (int unit = 0; unit < parents.length; unit++) {
            if (parents[unit] >= 0) {
                for (int other = 0; other < parents.length; other++) {
                    if (other != unit && other != parents[unit]) {
                        assertTrue(distance(layout.branch(unit), layout.centre(other)) > 0.49 * pitch);
                    }
                }
                assertEquals(0, distance(layout.branch(unit), layout.centre(unit)), 1e-9);
                assertEquals(0, distance(layout.branch(unit), layout.centre(parents[unit])), 1e-9);
            }
        }
    }

    private static double distance(Path2D line, Point2D from) {
        double closest = Double.POSITIVE_INFINITY;
        double[] point = new double[6];
        for (PathIterator at = line.getPathIterator(null); !at.isDone(); at.next()) {
            at.currentSegment(point);
            closest = Math.min(closest, from.distance(point[0], point[1]));
        }
        return closest;
    }

    @ParameterizedTest
    @MethodSource("forests")
    void isAsLargeAsItsTiles(int[] parents) {
        BufferedImage image = SHEET.draw(Samples.gaussian(1, 24, parents.length), parents);
        List<Rectangle> tiles = SHEET.tiles(parents);
        int gap = SHEET.gap();
        assertEquals(gap, tiles.stream().mapToInt(tile -> tile.x).min().orElse(-1));
        assertEquals(gap, tiles.stream().mapToInt(tile -> tile.y).min().orElse(-1));
        assertEquals(
                image.getWidth() - gap,
                tiles.stream().mapToInt(tile -> tile.x + tile.width).max().orElse(-1));
        assertEquals(
                image.getHeight() - gap,
                tiles.stream().mapToInt(tile -> tile.y + tile.height).max().orElse(-1));
    }

    @ParameterizedTest
    @MethodSource("forests")
    void drawsEveryPixelOfEveryFilter(int[] parents) {
        INDArray filters = Samples.gaussian(2, 24, parents.length);
        INDArray copy = filters.dup();
        int[] before = parents.clone();
        BufferedImage image = SHEET.draw(filters, parents);
        List<Rectangle> tiles = SHEET.tiles(parents);
        for (int unit = 0; unit < parents.length; unit++) {
            double largest = filters.getColumn(unit).dup().amaxNumber().doubleValue();
            for (int k = 0; k < 24; k++) {
                int expected = (int) Math.round(255 * (0.5 + filters.getDouble(k, unit) / largest / 2));
                Rectangle tile = tiles.get(unit);
                assertEquals(expected, grey(image, tile.x + k % 6 * 3 + 1, tile.y + k / 6 * 3 + 1), 1);
            }
        }
        assertEquals(copy, filters);
        assertEquals(Arrays.toString(before), Arrays.toString(parents));
    }

    @Test
    void putsASingleRootAmongItsChildren() {
        List<Rectangle> tiles = SHEET.tiles(new int[] {4, 4, 4, 4, -1});
        double x = 0;
        double y = 0;
        for (Rectangle child : tiles.subList(0, 4)) {
            x += child.getCenterX() / 4;
            y += child.getCenterY() / 4;
        }
        assertEquals(tiles.get(4).getCenterX(), x, 1);
        assertEquals(tiles.get(4).getCenterY(), y, 1);
        // clockwise from the top
        assertTrue(tiles.get(0).x > tiles.get(3).x);
        assertTrue(tiles.get(0).y < tiles.get(1).y);
    }

    @Test
    void drawsUnusedUnitsPale() {
        INDArray filters = Nd4j.zeros(24, 3);
        filters.putScalar(0, 0, 1).putScalar(0, 1, 1).putScalar(1, 1, -1);
        int[] parents = {-1, 0, 0};
        BufferedImage image = SHEET.draw(filters, parents, new boolean[] {true, false, true});
        Point[] corners =
                SHEET.tiles(parents).stream().map(Rectangle::getLocation).toArray(Point[]::new);
        assertEquals(255, grey(image, corners[0].x, corners[0].y));
        assertEquals(128, grey(image, corners[0].x + 3, corners[0].y));
        assertEquals(255, grey(image, corners[1].x, corners[1].y));
        assertEquals(Math.round(255 * 0.7), grey(image, corners[1].x + 3, corners[1].y));
        assertEquals(Math.round(255 * 0.85), grey(image, corners[1].x + 6, corners[1].y));
        assertEquals(128, grey(image, corners[2].x, corners[2].y), "a zero filter");
    }

    private static String refusal(int... parents) {
        return assertThrows(IllegalArgumentException.class, () -> SHEET.tiles(parents))
                .getMessage();
    }

    @Test
    void refusesParentsThatMakeNoForest() {
        assertEquals("parent of unit 1 must be a unit from 0 to 1, or -1 for a root, got 2", refusal(-1, 2));
        assertEquals("parent of unit 0 must be a unit from 0 to 1, or -1 for a root, got -2", refusal(-2, 0));
        assertEquals("parents must be free of cycles, got a cycle above unit 1", refusal(-1, 2, 1, 0));
        assertEquals("parents must be free of cycles, got a cycle above unit 0", refusal(0));
        assertEquals("number of units must be at least 1, got 0", refusal());
    }

    @Test
    void refusesWhatDoesNotFit() {
        INDArray filters = Nd4j.zeros(24, 2);
        assertEquals(
                "parents must be one for each of 2 units, got 3",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> SHEET.draw(filters, new int[] {-1, 0, 0}, new boolean[2]))
                        .getMessage());
        assertEquals(
                "used must be one for each of 2 units, got 1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> SHEET.draw(filters, new int[] {-1, 0}, new boolean[1]))
                        .getMessage());
        INDArray small = Nd4j.zeros(23, 2);
        assertThrows(IllegalArgumentException.class, () -> SHEET.draw(small, new int[] {-1, 0}));
        assertThrows(IllegalArgumentException.class, () -> new TreeSheet(4, 6, 0));
    }
}
