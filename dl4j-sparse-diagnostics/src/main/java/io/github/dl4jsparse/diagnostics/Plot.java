package io.github.dl4jsparse.diagnostics;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.math.MathContext;

/** A small diagram with two linear axes that start at 0. */
final class Plot {
    static final Color INK = new Color(0x22, 0x22, 0x22);
    // distinguishable without red-green vision (Okabe and Ito)
    static final Color BLUE = new Color(0x00, 0x72, 0xb2);
    static final Color RED = new Color(0xd5, 0x5e, 0x00);
    static final Color GREEN = new Color(0x00, 0x9e, 0x73);
    static final Color PURPLE = new Color(0xcc, 0x79, 0xa7);
    static final Color ORANGE = new Color(0xe6, 0x9f, 0x00);
    static final Color SKY = new Color(0x56, 0xb4, 0xe9);
    static final Color GREY = new Color(0xbb, 0xbb, 0xbb);

    private static final Color GRID = new Color(0xe2, 0xe2, 0xe2);
    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    private static final int WIDTH = 560;
    private static final int HEIGHT = 340;
    private static final int LEFT = 56;
    private static final int RIGHT = 16;
    private static final int TOP = 46;
    private static final int BOTTOM = 44;
    private static final int TICKS = 6;
    private static final int SECOND_ROW = 8;
    /** Pixels between a name of the legend and the colour of the next. */
    private static final int GAP = 24;
    /**
     * The smallest end of an axis; below it, and above 1 / it, ticks are lost in rounding. A training that diverges or
     * makes no progress has such values.
     */
    private static final double SMALLEST = 1e-30;

    private static final double LARGEST = 1e30;
    private static final int PLAIN_DIGITS = 6;

    private final BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    private final Graphics2D g = picture.createGraphics();
    private final double maxX;
    private final double maxY;
    private int legendX = LEFT;
    private int legendY = TOP - 20;
    private final int second;

    /** Draws the axes; a maximum that is not above 1e-30 is taken as 1, one above 1e30 as 1e30. */
    Plot(String xAxis, String yAxis, double maxX, double maxY) {
        this.maxX = end(maxX);
        this.maxY = end(maxY);
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setFont(TEXT);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, WIDTH, HEIGHT);
        double stepX = step(this.maxX);
        for (double tick = 0; tick <= this.maxX * 1.0001; tick += stepX) {
            g.setColor(GRID);
            g.draw(new Line2D.Double(x(tick), y(0), x(tick), TOP));
            g.setColor(INK);
            centred(label(tick), x(tick), HEIGHT - BOTTOM + 16);
        }
        double stepY = step(this.maxY);
        for (double tick = 0; tick <= this.maxY * 1.0001; tick += stepY) {
            g.setColor(GRID);
            g.draw(new Line2D.Double(LEFT, y(tick), WIDTH - RIGHT, y(tick)));
            g.setColor(INK);
            String text = label(tick);
            g.drawString(text, LEFT - 6 - g.getFontMetrics().stringWidth(text), (float) y(tick) + 4);
        }
        centred(xAxis, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8);
        g.drawString(yAxis, 8, 16);
        second = 8 + g.getFontMetrics().stringWidth(yAxis) + GAP;
        g.draw(new Line2D.Double(LEFT, y(0), WIDTH - RIGHT, y(0)));
    }

    private static double end(double maximum) {
        return maximum > SMALLEST ? Math.min(maximum, LARGEST) : 1;
    }

    /** A round number of which at most {@link #TICKS} fit. */
    private static double step(double range) {
        double power = Math.pow(10, Math.floor(Math.log10(range / TICKS)));
        for (double digit : new double[] {1, 2, 5}) {
            if (digit * power * TICKS >= range) {
                return digit * power;
            }
        }
        return 10 * power;
    }

    /** Three digits, without zeros at the end, and with a power of ten where there would be many. */
    private static String label(double tick) {
        BigDecimal number = new BigDecimal(tick).round(new MathContext(3)).stripTrailingZeros();
        int power = number.precision() - number.scale();
        return tick == 0 || Math.abs(power) <= PLAIN_DIGITS ? number.toPlainString() : number.toString();
    }

    private void centred(String text, double x, double y) {
        g.drawString(text, (float) (x - g.getFontMetrics().stringWidth(text) / 2.0), (float) y);
    }

    private double x(double value) {
        return LEFT + value / maxX * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        double inside = Math.max(-0.02 * maxY, Math.min(1.02 * maxY, value));
        return HEIGHT - BOTTOM - inside / maxY * (HEIGHT - TOP - BOTTOM);
    }

    /**
     * Adds a colour and its name to the legend at the top; names that no longer fit there are written beside the axis
     * title.
     */
    Plot legend(Color colour, String text) {
        int width = 17 + g.getFontMetrics().stringWidth(text);
        if (legendX + width > WIDTH - 2 && legendY != SECOND_ROW) {
            legendX = second;
            legendY = SECOND_ROW;
        }
        g.setColor(colour);
        g.fillRect(legendX, legendY, 12, 8);
        g.setColor(INK);
        g.drawString(text, legendX + 17, legendY + 8);
        legendX += width + GAP;
        return this;
    }

    /** A line through the points; a NaN point is skipped, an infinite one interrupts the line. */
    Plot line(double[] xs, double[] ys, Color colour) {
        Path2D path = new Path2D.Double();
        boolean pen = false;
        for (int i = 0; i < xs.length; i++) {
            if (Double.isNaN(ys[i])) {
                continue;
            }
            boolean there = Double.isFinite(ys[i]);
            if (there && pen) {
                path.lineTo(x(xs[i]), y(ys[i]));
            } else if (there) {
                path.moveTo(x(xs[i]), y(ys[i]));
            }
            pen = there;
        }
        g.setStroke(new BasicStroke(2));
        g.setColor(colour);
        g.draw(path);
        return this;
    }

    /** A disc at each point that is finite. */
    Plot points(double[] xs, double[] ys, Color colour) {
        g.setColor(colour);
        for (int i = 0; i < xs.length; i++) {
            if (Double.isFinite(ys[i])) {
                g.fill(new Ellipse2D.Double(x(xs[i]) - 3, y(ys[i]) - 3, 6, 6));
            }
        }
        return this;
    }

    /** A bar from the axis up. */
    Plot bar(double from, double to, double height, Color colour) {
        g.setColor(colour);
        g.fill(new Rectangle2D.Double(x(from) + 1, y(height), Math.max(1, x(to) - x(from) - 2), y(0) - y(height)));
        return this;
    }

    /** A vertical line over the whole height. */
    Plot mark(double at, Color colour) {
        g.setStroke(new BasicStroke(2.5f));
        g.setColor(colour);
        g.draw(new Line2D.Double(x(at), y(0), x(at), TOP));
        return this;
    }

    BufferedImage picture() {
        return picture;
    }
}
