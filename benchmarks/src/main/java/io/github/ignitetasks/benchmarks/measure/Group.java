package io.github.ignitetasks.benchmarks.measure;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Rows that are measured on the same nodes, and then checked.
 *
 * @param rows the rows
 * @param last whether a check may damage the nodes, so that no other row can use them after it
 */
public record Group(List<Row> rows, boolean last) {

    /** Returns the group without the rows whose names do not contain a match of the pattern. */
    public Group matching(Pattern pattern) {
        return new Group(
                rows.stream().filter(row -> pattern.matcher(row.name()).find()).toList(), last);
    }
}
