package io.github.dl4jsparse.diagnostics;

/** A figure as scalable vector graphics, for {@link HtmlReport#plot} and {@link HtmlReport#plots}. */
public sealed interface SvgFigure permits SvgMatrix, SvgPlot {
    /** The figure, an {@code svg} element. */
    String svg();
}
