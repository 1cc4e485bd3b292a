package io.github.ignitetasks.benchmarks.report;

import static java.util.stream.Collectors.joining;

import io.github.ignitetasks.benchmarks.measure.Line;
import io.github.ignitetasks.benchmarks.measure.Target.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The table of results in a document, between two marker lines. */
public final class ResultTable {
    private static final String BEGIN = "<!-- The table is written by the command above, and never by hand. -->";
    private static final String END = "<!-- The end of the table. -->";

    private ResultTable() {}

    /**
     * Replaces the table in a document.
     *
     * @throws IllegalArgumentException if the document lacks the marker lines
     */
    public static void write(Path document, List<Line> lines) throws IOException {
        String text = Files.readString(document);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(
                    document + " must have the lines '" + BEGIN + "' and '" + END + "' around the table");
        }
        Files.writeString(
                document, text.substring(0, begin) + BEGIN + "\n\n" + table(lines) + "\n" + text.substring(end));
    }

    private static String table(List<Line> lines) {
        return Machine.describe() + ".\n\n"
                + "| row | ours | peer | ratio | spread | must | goal | |\n"
                + "|---|---:|---:|---:|---:|---:|---:|---|\n"
                + lines.stream().map(ResultTable::row).collect(joining());
    }

    private static String row(Line line) {
        return String.join(
                " | ",
                "| `" + line.name() + "`",
                line.answer().ours(),
                line.answer().peer(),
                line.ratio(),
                line.spread(),
                line.must(),
                line.goal(),
                verdict(line) + " |\n");
    }

    private static String verdict(Line line) {
        if (!line.note().isEmpty()) {
            return "no result: " + line.note();
        }
        return line.verdict() == Verdict.MISSED ? "missed" : line.verdict() == Verdict.MUST ? "must" : "goal";
    }
}
