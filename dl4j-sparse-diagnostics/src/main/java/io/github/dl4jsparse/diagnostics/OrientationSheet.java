package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Draws a map of orientations in a cyclic palette with a period of half a turn.
 * <p>\[ \mathrm{hue} = \theta / \pi \]
 * where theta is the field's orientation, interpolated between units on {@link #draw}, a square a unit on
 * {@link #drawUnits}. Red is a horizontal stripe; where there is no orientation the map is grey. Iso-orientation lines,
 * drawn thin and black, are the borders of {@value #LINES} equal ranges of orientation; they meet in the pinwheels. A white
 * disc is a pinwheel of sign +1, a black square one of sign -1. Below the map, a key shows strokes in the colour of their
 * orientation.
 * <p>Reference: Blasdel and Salama, Voltage-sensitive dyes reveal a modular organization in monkey striate cortex, Nature
 * 321, 1986 (the way of drawing).
 *
 * @param zoom screen pixels along each side of a unit
 */
public record OrientationSheet(int zoom) {
    /** Number of iso-orientation lines that leave a pinwheel. */
    public static final int LINES = 8;

    private static final Color NONE = new Color(0x9a, 0x9a, 0x9a);
    private static final int STROKES = 8;
    private static final int MARGIN = 8;
    private static final int KEY = 30;

    /** @throws IllegalArgumentException if the zoom is below 1 */
    public OrientationSheet {
        Args.atLeast("zoom", zoom, 1);
    }

    /**
     * Draws a field between its units, with iso-orientation lines and marks of pinwheels.
     *
     * @param field     smoothed as the pinwheels were found in it
     * @param pinwheels to mark
     */
    public BufferedImage draw(OrientationField field, List<Pinwheel> pinwheels) {
        MapGrid grid = Args.given("field", field).grid();
        BufferedImage picture = empty(grid);
        int width = grid.width() * zoom;
        int height = grid.height() * zoom;
        int[][] ranges = new int[height][width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double[] value = field.between((y + 0.5) / zoom - 0.5, (x + 0.5) / zoom - 0.5);
                boolean oriented = Math.hypot(value[0], value[1]) > 0;
                double theta = OrientationField.orientation(value[0], value[1]);
                ranges[y][x] = oriented ? (int) (theta / Math.PI * LINES) % LINES : -1;
                picture.setRGB(x, y, oriented ? colour(theta).getRGB() : NONE.getRGB());
            }
        }
        for (int y = 0; y + 1 < height; y++) {
            for (int x = 0; x + 1 < width; x++) {
                if (ranges[y][x] != ranges[y][x + 1] || ranges[y][x] != ranges[y + 1][x]) {
                    picture.setRGB(x, y, Color.BLACK.getRGB());
                }
            }
        }
        Graphics2D g = graphics(picture);
        g.setClip(0, 0, width, height);
        for (Pinwheel pinwheel : Args.given("pinwheels", pinwheels)) {
            mark(g, pinwheel, grid);
        }
        g.dispose();
        return picture;
    }

    /** Draws every unit as a square of its own colour. */
    public BufferedImage drawUnits(OrientationField field) {
        MapGrid grid = Args.given("field", field).grid();
        BufferedImage picture = empty(grid);
        for (int unit = 0; unit < grid.units(); unit++) {
            Color colour = field.strength(unit) > 0 ? colour(field.orientation(unit)) : NONE;
            FilterTile.fill(
                    picture, unit % grid.width() * zoom, unit / grid.width() * zoom, zoom, zoom, colour.getRGB());
        }
        return picture;
    }

    /** The colour of an orientation in rad. */
    static Color colour(double theta) {
        return Color.getHSBColor((float) (theta / Math.PI), 0.85f, 0.95f);
    }

    /** White, with the key at the bottom. */
    private BufferedImage empty(MapGrid grid) {
        int top = grid.height() * zoom;
        int width = Math.max(grid.width() * zoom, STROKES * KEY + 2 * MARGIN);
        BufferedImage picture = new BufferedImage(width, top + KEY + 2 * MARGIN, BufferedImage.TYPE_INT_RGB);
        FilterTile.fill(picture, 0, 0, width, picture.getHeight(), Color.WHITE.getRGB());
        Graphics2D g = graphics(picture);
        g.setStroke(new BasicStroke(5, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (int i = 0; i < STROKES; i++) {
            double theta = Math.PI * i / STROKES;
            double x = MARGIN + (i + 0.5) * KEY;
            double y = top + MARGIN + KEY / 2.0;
            double alongX = Math.cos(theta) * KEY / 3;
            double alongY = Math.sin(theta) * KEY / 3;
            g.setColor(colour(theta));
            g.draw(new Line2D.Double(x - alongX, y - alongY, x + alongX, y + alongY));
        }
        g.dispose();
        return picture;
    }

    private static Graphics2D graphics(BufferedImage picture) {
        Graphics2D g = picture.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        return g;
    }

    /** On a torus a pinwheel between the last and the first row or column is drawn at both. */
    private void mark(Graphics2D g, Pinwheel pinwheel, MapGrid grid) {
        double size = Math.max(4, Math.min(12, zoom * 0.6));
        Shape shape = pinwheel.sign() > 0
                ? new Ellipse2D.Double(-size / 2, -size / 2, size, size)
                : new Rectangle2D.Double(-size / 2.3, -size / 2.3, size / 1.15, size / 1.15);
        g.setStroke(new BasicStroke(1.5f));
        for (int copy = 0; copy < (grid.torus() ? 4 : 1); copy++) {
            double x = (pinwheel.x() + 0.5 - copy % 2 * grid.width()) * zoom;
            double y = (pinwheel.y() + 0.5 - copy / 2 * grid.height()) * zoom;
            Shape placed = AffineTransform.getTranslateInstance(x, y).createTransformedShape(shape);
            g.setColor(pinwheel.sign() > 0 ? Color.WHITE : Color.BLACK);
            g.fill(placed);
            g.setColor(pinwheel.sign() > 0 ? Color.BLACK : Color.WHITE);
            g.draw(placed);
        }
    }
}
