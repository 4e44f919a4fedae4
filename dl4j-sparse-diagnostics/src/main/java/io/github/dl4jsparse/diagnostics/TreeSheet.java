package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Draws filters as a tree: the root in the middle, its children on a ring about it, theirs on the next, joined by lines.
 * <p>Each filter is a grey picture as on a {@link FilterSheet}: zero is middle grey, and each filter uses the whole range.
 * A unit's sector is as wide as its share of the leaves, and rings are as large as they need to be, so pictures never
 * overlap. Where there are several roots, they are on the innermost ring. Children come clockwise from the top, in
 * ascending order. Units that are marked as unused are pale.
 * <p>Shapes: {@code filters: [height * width, n]}, the pixels of a column row by row.
 * <p>Reference: Szlam, Gregor and LeCun, Structured sparse coding via lateral inhibition, NIPS 2011, the figure of a tree.
 *
 * @param height of a filter in pixels
 * @param width  of a filter in pixels
 * @param zoom   screen pixels along each side of a filter's pixel
 */
public record TreeSheet(int height, int width, int zoom) {
    private static final Color RING = new Color(0xE6E9EF);
    private static final Color BRANCH = new Color(0x4A6FA5);
    private static final Color FRAME = new Color(0x2F3B52);
    private static final Color UNUSED = new Color(0xC9CED8);
    /** Contrast of an unused filter, as a fraction of that of a used one. */
    private static final double PALE = 0.3;

    /** @throws IllegalArgumentException if a number is below 1 */
    public TreeSheet {
        Args.atLeast("height", height, 1);
        Args.atLeast("width", width, 1);
        Args.atLeast("zoom", zoom, 1);
    }

    /** Screen pixels between two pictures at least, and around the whole. */
    public int gap() {
        return Math.max(6, Math.max(height, width) * zoom / 6);
    }

    /**
     * Where each unit's picture lies on the sheet.
     *
     * @param parents of each unit, in any order; -1 for a root. Not modified.
     * @return a new list, by unit
     * @throws IllegalArgumentException if there is no unit, a parent is no unit, or there is a cycle
     */
    public List<Rectangle> tiles(int[] parents) {
        return tiles(layout(parents, Args.given("parents", parents).length), parents.length);
    }

    private RadialLayout layout(int[] parents, int units) {
        return RadialLayout.of(Forest.of(parents, units), Math.hypot(height * zoom, width * zoom) + gap());
    }

    private List<Rectangle> tiles(RadialLayout layout, int units) {
        List<Rectangle> tiles = new ArrayList<>();
        Rectangle bounds = new Rectangle(-1, -1);
        for (int unit = 0; unit < units; unit++) {
            Point2D centre = layout.centre(unit);
            tiles.add(new Rectangle(
                    (int) Math.round(centre.getX() - width * zoom / 2.0),
                    (int) Math.round(centre.getY() - height * zoom / 2.0),
                    width * zoom,
                    height * zoom));
            bounds = bounds.union(tiles.get(unit));
        }
        for (Rectangle tile : tiles) {
            tile.translate(gap() - bounds.x, gap() - bounds.y);
        }
        return tiles;
    }

    /** Draws all filters at full contrast. */
    public BufferedImage draw(INDArray filters, int[] parents) {
        boolean[] used = new boolean[Args.given("parents", parents).length];
        Arrays.fill(used, true);
        return draw(filters, parents, used);
    }

    /**
     * Draws all filters, those of unused units pale.
     *
     * @param filters {@code [height * width, n]}. Not modified.
     * @param parents of each unit, in any order; -1 for a root. Not modified.
     * @param used    whether the unit is ever active. Not modified.
     * @throws IllegalArgumentException if the filters have another number of rows, or the parents make no tree or trees of
     *     n units, or {@code used} has another length
     */
    public BufferedImage draw(INDArray filters, int[] parents, boolean[] used) {
        double[][] columns = FilterColumns.of("filters", filters, height, width);
        if (Args.given("used", used).length != columns.length) {
            throw Args.failure("used", "one for each of " + columns.length + " units", used.length);
        }
        RadialLayout layout = layout(parents, columns.length);
        List<Rectangle> tiles = tiles(layout, columns.length);
        Rectangle sheet = new Rectangle(gap(), gap(), 0, 0);
        tiles.forEach(sheet::add);
        BufferedImage image = new BufferedImage(
                (int) sheet.getMaxX() + gap(), (int) sheet.getMaxY() + gap(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        drawBranches(graphics, layout, tiles, parents, used);
        FilterTile picture = new FilterTile(width, zoom);
        for (int unit = 0; unit < columns.length; unit++) {
            Rectangle tile = tiles.get(unit);
            graphics.setColor(used[unit] ? FRAME : UNUSED);
            graphics.fillRect(tile.x - frame(), tile.y - frame(), tile.width + 2 * frame(), tile.height + 2 * frame());
            picture.draw(image, tile.x, tile.y, columns[unit], used[unit] ? 1 : PALE);
        }
        graphics.dispose();
        return image;
    }

    /** Width of the frame about a picture. */
    private int frame() {
        return Math.max(1, gap() / 6);
    }

    private void drawBranches(
            Graphics2D graphics, RadialLayout layout, List<Rectangle> tiles, int[] parents, boolean[] used) {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setStroke(new BasicStroke(1 + frame() / 2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        AffineTransform toSheet = AffineTransform.getTranslateInstance(
                tiles.get(0).getCenterX() - layout.centre(0).getX(),
                tiles.get(0).getCenterY() - layout.centre(0).getY());
        graphics.setColor(RING);
        for (double radius : layout.radii()) {
            Ellipse2D ring = new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius);
            graphics.draw(toSheet.createTransformedShape(ring));
        }
        for (int unit = 0; unit < parents.length; unit++) {
            if (parents[unit] >= 0) {
                graphics.setColor(used[unit] ? BRANCH : UNUSED);
                graphics.draw(toSheet.createTransformedShape(layout.branch(unit)));
            }
        }
    }
}
