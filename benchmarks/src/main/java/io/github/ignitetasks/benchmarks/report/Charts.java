package io.github.ignitetasks.benchmarks.report;

import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Draws line charts, and writes them as pictures. */
public final class Charts {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 400;

    /** Colors that people with color blindness can also tell apart. */
    private static final Color[] COLORS = {new Color(0x0072b2), new Color(0xd55e00)};

    private Charts() {}

    /**
     * Returns a chart with a line for each series. The y-axis starts at 0.
     *
     * @param points the points of the x-axis, at equal distances
     * @param series the values at these points, by the name of the line
     */
    public static CategoryChart lines(
            String title, String xLabel, List<String> points, Map<String, List<Double>> series) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(xLabel)
                .build();
        chart.getStyler()
                .setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Line)
                .setOverlapped(true) // draws each value above its point, not beside it
                .setYAxisMin(0.0)
                .setYAxisDecimalPattern("#,##0")
                .setSeriesColors(COLORS)
                .setLegendPosition(LegendPosition.OutsideS)
                .setLegendLayout(LegendLayout.Horizontal)
                .setChartBackgroundColor(Color.WHITE)
                .setChartTitleBoxVisible(false);
        series.forEach((name, values) -> chart.addSeries(name, points, values));
        return chart;
    }

    /** Writes a picture of charts side by side, as PNG. */
    public static void writePng(Path file, List<CategoryChart> charts) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            BitmapEncoder.saveBitmap(charts, 1, charts.size(), out, BitmapFormat.PNG);
        }
    }
}
