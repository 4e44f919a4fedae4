package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.io.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A self-contained HTML page of text, tables and pictures; pictures are embedded as PNG.
 * <p>What is added appears in the order of the calls. All text is plain; characters with a meaning in HTML are escaped.
 */
public final class HtmlReport {
    private static final String HEAD =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%1$s</title>
            <link rel="icon" href="data:,">
            <style>
            body { font: 16px/1.5 sans-serif; color: #222; max-width: 78rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
            p { max-width: 48rem; }
            figure { display: inline-block; vertical-align: top; margin: 1rem 1.2rem 1rem 0; max-width: 100%%; }
            figcaption { color: #555; max-width: 36rem; }
            img { max-width: 100%%; height: auto; }
            .wide { overflow-x: auto; }
            .headline { font-size: 1.25rem; border-left: .35rem solid #0072b2; padding-left: .8rem; max-width: 60rem; }
            .beside { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%%), 1fr)); gap: 1rem; }
            .beside figure { margin: 0; }
            svg.plot { width: 100%%; max-width: 48rem; height: auto; }
            @media (max-width: 600px) { figure { margin-right: 0; } svg.plot { font-size: 15px; overflow: visible; } }
            details { margin: 1rem 0; }
            summary { cursor: pointer; color: #0b5a8a; }
            pre { overflow-x: auto; background: #f4f4f4; padding: .6rem; }
            table { border-collapse: collapse; margin: 1rem 0; }
            th, td { padding: .2rem .8rem; border-bottom: 1px solid #ddd; text-align: left; overflow-wrap: normal; }
            </style>
            </head>
            <body>
            <h1>%1$s</h1>
            """;

    private final StringBuilder page;

    /** An empty page. */
    public HtmlReport(String title) {
        page = new StringBuilder(String.format(HEAD, escaped(Args.given("title", title))));
    }

    /** Begins a section. */
    public HtmlReport section(String heading) {
        return element("h2", heading);
    }

    /** Adds a paragraph. */
    public HtmlReport paragraph(String text) {
        return element("p", text);
    }

    /** Adds the claim of the page in one sentence, with its figure. */
    public HtmlReport headline(String claim) {
        page.append("<p class=\"headline\">")
                .append(escaped(Args.given("claim", claim)))
                .append("</p>\n");
        return this;
    }

    /** Adds a line in a fixed-width font, such as a command. */
    public HtmlReport code(String text) {
        return element("pre", text);
    }

    /** Adds a diagram with a text below it. */
    public HtmlReport plot(SvgFigure plot, String caption) {
        page.append("<figure style=\"width: 46rem\">")
                .append(Args.given("plot", plot).svg());
        page.append("<figcaption>")
                .append(escaped(Args.given("caption", caption)))
                .append("</figcaption></figure>\n");
        return this;
    }

    /**
     * Adds diagrams beside each other, or below each other where the window is narrow.
     *
     * @param plots captions and their diagrams, in the order in which they are shown. Not modified.
     */
    public HtmlReport plots(Map<String, ? extends SvgFigure> plots) {
        page.append("<div class=\"beside\">\n");
        Args.given("plots", plots).forEach((caption, plot) -> page.append("<figure>")
                .append(plot.svg())
                .append("<figcaption>")
                .append(escaped(caption))
                .append("</figcaption></figure>\n"));
        page.append("</div>\n");
        return this;
    }

    /**
     * Adds pictures beside each other, or below each other where the window is narrow: a result and its control.
     *
     * @param figures captions and their pictures, in the order in which they are shown. Not modified.
     */
    public HtmlReport beside(Map<String, BufferedImage> figures) {
        page.append("<div class=\"beside\">\n");
        Args.given("figures", figures).forEach((caption, picture) -> figure(picture, caption));
        page.append("</div>\n");
        return this;
    }

    /** Adds a table that is shown when its title is clicked. */
    public HtmlReport folded(String title, List<String> heading, List<List<String>> rows) {
        page.append("<details><summary>")
                .append(escaped(Args.given("title", title)))
                .append("</summary>\n");
        table(heading, rows);
        page.append("</details>\n");
        return this;
    }

    /**
     * Adds a line of links.
     *
     * @param addresses from the text of each link to its address, in the order in which they are shown
     */
    public HtmlReport links(Map<String, String> addresses) {
        String line = Args.given("addresses", addresses).entrySet().stream()
                .map(link -> "<a href=\"" + escaped(link.getValue()) + "\">" + escaped(link.getKey()) + "</a>")
                .collect(Collectors.joining(" \u00b7 ", "<p>", "</p>\n"));
        page.append(line);
        return this;
    }

    private HtmlReport element(String tag, String text) {
        page.append('<').append(tag).append('>').append(escaped(Args.given("text", text)));
        page.append("</").append(tag).append(">\n");
        return this;
    }

    /**
     * Adds a picture with a text below it.
     *
     * @param picture of a kind that PNG can hold. Not modified.
     * @throws IllegalArgumentException if no PNG can hold the picture
     */
    public HtmlReport figure(BufferedImage picture, String caption) {
        String text = escaped(Args.given("caption", caption));
        page.append("<figure><img alt=\"")
                .append(text)
                .append("\" width=\"")
                .append(Args.given("picture", picture).getWidth());
        page.append("\" height=\"").append(picture.getHeight()).append("\" src=\"");
        page.append(dataAddress(picture));
        page.append("\"><figcaption>").append(text).append("</figcaption></figure>\n");
        return this;
    }

    /** An address that holds a picture as PNG. */
    static String dataAddress(BufferedImage picture) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png(picture));
    }

    /** Adds HTML without escaping. */
    HtmlReport raw(String html) {
        page.append(html);
        return this;
    }

    private static byte[] png(BufferedImage picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!PngFile.encode(picture, bytes)) {
                throw Args.failure("picture", "of a type that a PNG can hold", picture.getType());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Adds a table.
     *
     * @param heading one text a column
     * @param rows    of as many texts each
     * @throws IllegalArgumentException if a row has more or fewer texts
     */
    public HtmlReport table(List<String> heading, List<List<String>> rows) {
        Args.atLeast("number of columns", Args.given("heading", heading).size(), 1);
        page.append("<div class=\"wide\"><table>\n");
        row("th", heading);
        for (List<String> row : Args.given("rows", rows)) {
            if (row.size() != heading.size()) {
                throw Args.failure("row", "of " + heading.size() + " texts", row);
            }
            row("td", row);
        }
        page.append("</table></div>\n");
        return this;
    }

    private void row(String tag, List<String> texts) {
        page.append("<tr>");
        for (String text : texts) {
            page.append('<').append(tag).append('>').append(escaped(text));
            page.append("</").append(tag).append('>');
        }
        page.append("</tr>\n");
    }

    /** Text whose characters mean nothing in HTML. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** The page so far. */
    public String html() {
        return page + "</body>\n</html>\n";
    }

    /**
     * Writes the page as UTF-8, whole or not at all, replacing the file where it exists.
     *
     * @param target in a directory that exists
     * @throws IOException if the file can't be written; the message names it and says why
     */
    public void write(Path target) throws IOException {
        byte[] bytes = html().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(target, out -> out.write(bytes));
    }
}
