package io.github.ignitetasks.internal.view;

import io.github.ignitetasks.internal.json.JsonWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The counts of tasks by name, the most active names first. Immutable. */
record NameRows(Map<String, RowCounts> counts) {
    private static final Comparator<Map.Entry<String, RowCounts>> MOST_ACTIVE = Comparator.comparingLong(
                    (Map.Entry<String, RowCounts> row) -> row.getValue().running())
            .thenComparing(row -> row.getValue().pending())
            .thenComparing(row -> row.getValue().submitted())
            .reversed();

    /** Sorts counts. */
    static NameRows sorted(Map<String, RowCounts> unsorted) {
        Map<String, RowCounts> sorted = new LinkedHashMap<>();
        unsorted.entrySet().stream().sorted(MOST_ACTIVE).forEach(row -> sorted.put(row.getKey(), row.getValue()));
        return new NameRows(sorted);
    }

    /** Returns the sums. */
    RowCounts totals() {
        return counts.values().stream().reduce(RowCounts.NONE, RowCounts::plus);
    }

    /** Writes the totals and the rows as fields. */
    void write(JsonWriter json) {
        totals().write(json.object("totals"));
        json.endObject().object("names");
        json.field("shown", counts.size()).field("of", counts.size()).array("rows");
        counts.forEach((name, row) -> {
            row.write(json.object().field("name", JsonWriter.cut(name, FrameWriter.MAX_TEXT)));
            json.endObject();
        });
        json.endArray().endObject();
    }
}
