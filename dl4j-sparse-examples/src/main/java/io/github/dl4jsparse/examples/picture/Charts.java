package io.github.dl4jsparse.examples.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;

/** Charts in the look of {@link Canvas}. */
public final class Charts {
    private static final int TICK_SPACING = 90;

    private Charts() {}

    /** An empty chart whose x axis starts at 0, with the legend below the data. */
    public static XYChart create(int width, int height, String title, String xAxis, String yAxis) {
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(height)
                .title(title)
                .xAxisTitle(xAxis)
                .yAxisTitle(yAxis)
                .build();
        XYStyler style = chart.getStyler();
        style(style);
        style.setMarkerSize(6);
        style.setChartPadding(14);
        style.setXAxisTickMarkSpacingHint(TICK_SPACING);
        style.setXAxisMin(0.0);
        return chart;
    }

    /** White ground, the canvas's fonts and colours, thin grid lines, the legend below the data. Modified in place. */
    public static void style(AxesChartStyler style) {
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBorderVisible(false);
        style.setChartTitleFont(Canvas.TITLE);
        style.setChartTitleBoxVisible(false);
        style.setAxisTitleFont(Canvas.TEXT);
        style.setAxisTickLabelsFont(Canvas.TEXT);
        style.setLegendFont(Canvas.TEXT);
        style.setLegendBorderColor(Color.WHITE);
        style.setLegendPosition(LegendPosition.OutsideS);
        style.setLegendLayout(LegendLayout.Horizontal);
        style.setPlotGridLinesColor(Canvas.LINE);
        style.setPlotGridLinesStroke(new BasicStroke(0.5f));
        style.setChartFontColor(Canvas.INK);
    }

    /** Draws charts from left to right. */
    public static BufferedImage sideBySide(XYChart... charts) {
        int width = 0;
        int height = 0;
        for (XYChart chart : charts) {
            width += chart.getWidth();
            height = Math.max(height, chart.getHeight());
        }
        BufferedImage picture = Canvas.white(width, height);
        Graphics2D g = Canvas.graphics(picture);
        for (XYChart chart : charts) {
            chart.paint(g, chart.getWidth(), chart.getHeight());
            g.translate(chart.getWidth(), 0);
        }
        g.dispose();
        return picture;
    }
}
