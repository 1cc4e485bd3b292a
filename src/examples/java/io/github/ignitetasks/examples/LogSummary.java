package io.github.ignitetasks.examples;

import static java.util.Comparator.comparingLong;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A summary of log files: the counts of each requested path.
 *
 * @param pages the counts of each path
 * @param otherLines the number of lines that are no requests
 */
record LogSummary(Map<String, Counts> pages, long otherLines) implements Serializable {
    private static final Pattern REQUEST =
            Pattern.compile("\\S+ \\S+ \\S+ \\[[^]]+] \"\\S+ (\\S+) [^\"]*\" (\\d{3}) (\\d+|-).*");

    private static final int SHOWN = 10;

    /**
     * The counts of a path.
     *
     * @param hits the number of requests
     * @param errors the number of those that the server could not answer
     * @param bytes the bytes of all answers
     */
    record Counts(long hits, long errors, long bytes) implements Serializable {
        Counts plus(Counts other) {
            return new Counts(hits + other.hits, errors + other.errors, bytes + other.bytes);
        }
    }

    LogSummary {
        pages = new TreeMap<>(pages);
    }

    static LogSummary empty() {
        return new LogSummary(Map.of(), 0);
    }

    /** Reads a file. */
    static LogSummary ofFile(Path file) throws IOException {
        Map<String, Counts> pages = new TreeMap<>();
        long others = 0;
        try (Stream<String> lines = Files.lines(file)) {
            for (String line : (Iterable<String>) lines::iterator) {
                Matcher request = REQUEST.matcher(line);
                if (request.matches()) {
                    pages.merge(request.group(1), counts(request), Counts::plus);
                } else {
                    others++;
                }
            }
        }
        return new LogSummary(pages, others);
    }

    private static Counts counts(Matcher request) {
        String bytes = request.group(3);
        return new Counts(1, request.group(2).startsWith("5") ? 1 : 0, bytes.equals("-") ? 0 : Long.parseLong(bytes));
    }

    /** Adds up. */
    static LogSummary merge(List<LogSummary> summaries) {
        Map<String, Counts> pages = new TreeMap<>();
        long others = 0;
        for (LogSummary summary : summaries) {
            summary.pages.forEach((page, counts) -> pages.merge(page, counts, Counts::plus));
            others += summary.otherLines;
        }
        return new LogSummary(pages, others);
    }

    /** Returns the paths with the most requests as a table. */
    String table() {
        String rows = pages.entrySet().stream()
                .sorted(comparingLong((Map.Entry<String, Counts> page) -> -page.getValue().hits))
                .limit(SHOWN)
                .map(page -> String.format(
                        Locale.ROOT,
                        "%8d %8d %12d  %s%n",
                        page.getValue().hits,
                        page.getValue().errors,
                        page.getValue().bytes,
                        page.getKey()))
                .collect(Collectors.joining());
        return String.format(
                "    hits   errors        bytes  path%n%s%d paths, %d other lines", rows, pages.size(), otherLines);
    }
}
