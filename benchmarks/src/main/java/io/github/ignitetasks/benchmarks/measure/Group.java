package io.github.ignitetasks.benchmarks.measure;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Rows that are measured on the same nodes, and checked after that.
 *
 * @param rows the rows
 * @param last whether a check may damage the nodes, so that nothing is to be measured on them after it
 */
public record Group(List<Row> rows, boolean last) {

    /** Returns the group without the rows in whose names the pattern is not found. */
    public Group matching(Pattern pattern) {
        return new Group(
                rows.stream().filter(row -> pattern.matcher(row.name()).find()).toList(), last);
    }
}
