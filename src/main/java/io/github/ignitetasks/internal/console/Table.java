package io.github.ignitetasks.internal.console;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A table of text with aligned columns. Columns of numbers are aligned to the right. Not safe for many threads. */
final class Table {
    private static final Pattern NUMBER =
            Pattern.compile("-|[0-9][0-9.]*%?|[0-9]+ (bytes|KiB|MiB)|[0-9.]+[hms]( [0-9]+[ms])?");
    private static final String GAP = "  ";

    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    /** Makes a table without rows. */
    Table(String... header) {
        this.header = List.of(header);
    }

    /** Adds a row. The cells are texts of {@link ConsoleFormat}, as many as the header has. */
    void add(String... cells) {
        if (cells.length != header.size()) {
            throw new IllegalArgumentException("a row must have " + header.size() + " cells, but has " + cells.length
                    + "; add one for each column");
        }
        rows.add(List.of(cells));
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Returns the lines of the table, each with its end. */
    @Override
    public String toString() {
        List<Column> columns =
                IntStream.range(0, header.size()).mapToObj(this::column).toList();
        StringBuilder text = new StringBuilder();
        Stream.concat(Stream.of(header), rows.stream()).forEach(row -> {
            StringJoiner line = new StringJoiner(GAP);
            for (int i = 0; i < row.size(); i++) {
                line.add(columns.get(i).aligned(row.get(i)));
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        });
        return text.toString();
    }

    private Column column(int index) {
        int width = Stream.concat(Stream.of(header), rows.stream())
                .mapToInt(row -> length(row.get(index)))
                .max()
                .orElse(0);
        return new Column(
                width,
                rows.stream().allMatch(row -> NUMBER.matcher(row.get(index)).matches()));
    }

    private record Column(int width, boolean hasNumbers) {
        String aligned(String cell) {
            String padding = " ".repeat(width - length(cell));
            return hasNumbers ? padding + cell : cell + padding;
        }
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
