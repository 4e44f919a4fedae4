package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/**
 * Draws a map of orientations in a cyclic palette with a period of half a turn, which is also distinguishable without
 * red-green vision.
 * <p>On {@link #draw} the field is interpolated between units; the stronger it is, the fuller the colour, and where it is 0 the map is
 * white. On {@link #drawUnits} each unit is a square, white where the unit has no orientation. Iso-orientation lines,
 * drawn thin and black, are the borders of {@value #LINES} equal ranges of orientation; they meet in the pinwheels. A white
 * disc is a pinwheel of sign +1, a black square one of sign -1. Below the map are a half wheel of the orientations from 0
 * (horizontal stripes) to 180 degrees and, if it is known, a bar as long as the column spacing.
 * <p>Reference: Blasdel and Salama, Voltage-sensitive dyes reveal a modular organization in monkey striate cortex, Nature
 * 321, 1986 (the way of drawing).
 *
 * @param zoom screen pixels along each side of a unit
 */
public record OrientationSheet(int zoom) {
    /** Number of iso-orientation lines that leave a pinwheel. */
    public static final int LINES = 8;

    /** A smoothed map of fewer oriented units shows what smoothing made; draw the units. */
    public static final double LEAST_ORIENTED = 0.3;

    /** The strength of a field at which a colour is full. */
    private static final double FULL = 0.5;

    private static final int RADIUS = 44;
    private static final int MARGIN = 22;
    private static final int LEAST_WIDTH = 260;
    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

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
        return draw(field, pinwheels, Double.NaN);
    }

    /**
     * Draws a field with a scale bar.
     *
     * @param field     smoothed as the pinwheels were found in it
     * @param pinwheels to mark
     * @param spacing   column spacing in units; NaN if there is none
     */
    public BufferedImage draw(OrientationField field, List<Pinwheel> pinwheels, double spacing) {
        MapGrid grid = Args.given("field", field).grid();
        BufferedImage picture = empty(grid, spacing);
        int width = grid.width() * zoom;
        int height = grid.height() * zoom;
        int[][] ranges = new int[height][width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double[] value = field.between((y + 0.5) / zoom - 0.5, (x + 0.5) / zoom - 0.5);
                double strength = Math.hypot(value[0], value[1]);
                boolean oriented = strength > 0;
                double theta = OrientationField.orientation(value[0], value[1]);
                ranges[y][x] = oriented ? (int) (theta / Math.PI * LINES) % LINES : -1;
                picture.setRGB(
                        x,
                        y,
                        CyclicPalette.colour(theta, oriented ? strength / FULL : 0)
                                .getRGB());
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
        BufferedImage picture = empty(grid, Double.NaN);
        for (int unit = 0; unit < grid.units(); unit++) {
            Color colour = field.strength(unit) > 0 ? colour(field.orientation(unit)) : Color.WHITE;
            FilterTile.fill(
                    picture, unit % grid.width() * zoom, unit / grid.width() * zoom, zoom, zoom, colour.getRGB());
        }
        return picture;
    }

    /** The colour of an orientation in rad. */
    static Color colour(double theta) {
        return CyclicPalette.colour(theta);
    }

    /** White, with the key below the map. */
    private BufferedImage empty(MapGrid grid, double spacing) {
        int top = grid.height() * zoom;
        boolean hasBar = spacing > 0 && spacing <= grid.width();
        int bar = hasBar ? (int) Math.round(spacing * zoom) : 0;
        int wheel = 2 * (RADIUS + MARGIN) + 2 * MARGIN;
        int width = Math.max(grid.width() * zoom, hasBar ? Math.max(LEAST_WIDTH, wheel + bar + MARGIN) : wheel);
        BufferedImage picture = new BufferedImage(width, top + RADIUS + 2 * MARGIN, BufferedImage.TYPE_INT_RGB);
        FilterTile.fill(picture, 0, 0, width, picture.getHeight(), Color.WHITE.getRGB());
        Graphics2D g = graphics(picture);
        g.setFont(TEXT);
        wheel(g, MARGIN + RADIUS + 10, top + RADIUS + MARGIN);
        g.setColor(Plot.GREY);
        g.drawLine(0, top, grid.width() * zoom, top);
        if (hasBar) {
            g.setColor(Plot.INK);
            g.fillRect(wheel, top + RADIUS, bar, 4);
            g.drawString(
                    String.format(Locale.ROOT, "column spacing, %.1f units", spacing), wheel, top + RADIUS + MARGIN);
        }
        g.dispose();
        return picture;
    }

    /** Half a disc whose colour at an angle is that of stripes along it. */
    private static void wheel(Graphics2D g, double centreX, double centreY) {
        for (int degree = 0; degree < 180; degree++) {
            g.setColor(colour(Math.toRadians(degree + 0.5)));
            g.fill(new Arc2D.Double(
                    centreX - RADIUS, centreY - RADIUS, 2 * RADIUS, 2 * RADIUS, degree - 0.3, 1.6, Arc2D.PIE));
        }
        g.setColor(Plot.INK);
        for (int degree = 0; degree <= 180; degree += 45) {
            double angle = Math.toRadians(degree);
            String text = degree + "\u00b0";
            double x = centreX
                    + (RADIUS + 14) * Math.cos(angle)
                    - g.getFontMetrics().stringWidth(text) / 2.0;
            g.drawString(text, (float) x, (float) (centreY - (RADIUS + 8) * Math.sin(angle) + 4));
        }
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
