package io.github.dl4jsparse.examples.picture;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** The look that all pictures share: fonts, colours, an empty page. */
public final class Canvas {
    public static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
    public static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    static final int DESCENT = 5;
    public static final int MARGIN = 16;
    public static final int LINE_HEIGHT = 20;
    /** Height of a caption with the margins above and below it. */
    public static final int CAPTION = MARGIN + 2 * LINE_HEIGHT + MARGIN;

    public static final Color INK = new Color(0x22, 0x22, 0x22);
    public static final Color FAINT_INK = new Color(0x66, 0x66, 0x66);
    public static final Color LINE = new Color(0xd0, 0xd0, 0xd0);
    // distinguishable without red-green vision (Okabe and Ito)
    public static final Color BLUE = new Color(0x00, 0x72, 0xb2);
    public static final Color ORANGE = new Color(0xe6, 0x9f, 0x00);
    public static final Color RED = new Color(0xd5, 0x5e, 0x00);
    public static final Color GREEN = new Color(0x00, 0x9e, 0x73);
    public static final Color GREY = new Color(0xaa, 0xaa, 0xaa);

    private Canvas() {}

    public static BufferedImage white(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, width, height);
        g.dispose();
        return image;
    }

    public static Graphics2D graphics(BufferedImage image) {
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        return g;
    }

    /** Writes a title and a line below it at the top of a picture. */
    public static void caption(Graphics2D g, String title, String text, int left) {
        g.setFont(TITLE);
        g.setColor(INK);
        g.drawString(title, left, MARGIN + LINE_HEIGHT - DESCENT);
        g.setFont(TEXT);
        g.setColor(FAINT_INK);
        g.drawString(text, left, MARGIN + 2 * LINE_HEIGHT - DESCENT);
    }

    /** A picture with a caption and margins. */
    public static BufferedImage titled(String title, String text, BufferedImage content) {
        // a narrow picture has room for its caption
        Graphics2D measure = graphics(content);
        int wide = Math.max(
                measure.getFontMetrics(TITLE).stringWidth(title),
                measure.getFontMetrics(TEXT).stringWidth(text));
        measure.dispose();
        BufferedImage picture =
                white(Math.max(content.getWidth(), wide) + 2 * MARGIN, CAPTION + content.getHeight() + MARGIN);
        Graphics2D g = graphics(picture);
        caption(g, title, text, MARGIN);
        g.drawImage(content, MARGIN, CAPTION, null);
        g.dispose();
        return picture;
    }
}
