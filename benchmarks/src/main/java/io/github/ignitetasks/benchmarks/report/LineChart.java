package io.github.ignitetasks.benchmarks.report;

import java.util.List;
import java.util.Locale;

/**
 * A chart of lines over some points of the x-axis, as SVG.
 *
 * @param title what it shows
 * @param xLabel what the points are
 * @param points the points, as text, at equal distances
 * @param series the lines
 */
public record LineChart(String title, String xLabel, List<String> points, List<Series> series) {
    private static final int WIDTH = 420;
    private static final int HEIGHT = 300;
    private static final int LEFT = 60;
    private static final int RIGHT = 20;
    private static final int TOP = 60;
    private static final int BOTTOM = 50;
    private static final int GRID_LINES = 4;
    private static final List<String> COLORS = List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7");

    /**
     * A line.
     *
     * @param name what it is of
     * @param values its value at each point, from 0
     */
    public record Series(String name, List<Double> values) {}

    /** Returns a picture of charts side by side. */
    public static String svg(List<LineChart> charts) {
        StringBuilder svg = new StringBuilder();
        int width = WIDTH * charts.size();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">%n",
                width,
                HEIGHT,
                width,
                HEIGHT));
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        for (int i = 0; i < charts.size(); i++) {
            svg.append(String.format(Locale.ROOT, "<g transform=\"translate(%d 0)\">%n", i * WIDTH));
            charts.get(i).draw(svg);
            svg.append("</g>\n");
        }
        return svg.append("</svg>\n").toString();
    }

    private void draw(StringBuilder svg) {
        text(svg, WIDTH / 2.0, 20, "middle", "font-weight=\"bold\"", title);
        text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "middle", "", xLabel);
        double top = topOfScale();
        for (int i = 0; i <= GRID_LINES; i++) {
            double value = top * i / GRID_LINES;
            line(svg, LEFT, y(value, top), WIDTH - RIGHT, y(value, top), "#ddd", 1);
            text(svg, LEFT - 8, y(value, top) + 4, "end", "", String.format(Locale.ROOT, "%,.0f", value));
        }
        for (int i = 0; i < points.size(); i++) {
            text(svg, x(i), HEIGHT - BOTTOM + 18, "middle", "", points.get(i));
        }
        for (int i = 0; i < series.size(); i++) {
            drawSeries(svg, series.get(i), COLORS.get(i % COLORS.size()), LEFT + i * 150, top);
        }
    }

    private void drawSeries(StringBuilder svg, Series drawn, String color, double legendX, double top) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < drawn.values().size(); i++) {
            double y = y(drawn.values().get(i), top);
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : " L", x(i), y));
            svg.append(String.format(
                    Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n", x(i), y, color));
        }
        svg.append(String.format(
                Locale.ROOT, "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n", path, color));
        line(svg, legendX, 40, legendX + 20, 40, color, 2);
        text(svg, legendX + 26, 44, "start", "", drawn.name());
    }

    /** Returns a round number that no value exceeds. */
    private double topOfScale() {
        double most = series.stream()
                .flatMap(drawn -> drawn.values().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        double power = Math.pow(10, Math.floor(Math.log10(most)));
        return Math.ceil(2 * most / power) * power / 2;
    }

    private double x(int point) {
        double step = (WIDTH - LEFT - RIGHT) / (double) points.size();
        return LEFT + step * (point + 0.5);
    }

    private static double y(double value, double top) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top;
    }

    private static void line(StringBuilder svg, double x1, double y1, double x2, double y2, String color, int width) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%d\"/>%n",
                x1,
                y1,
                x2,
                y2,
                color,
                width));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String style, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" %s>%s</text>%n",
                x,
                y,
                anchor,
                style,
                text));
    }
}
