package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.execution.CallNotRunException;
import io.github.ignitetasks.internal.execution.Outcome;
import io.github.ignitetasks.internal.protocol.Records;
import io.github.ignitetasks.internal.protocol.StateRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The reader of the records that a call needs of its upstreams. A call may have thousands of them, with large results.
 * So the reader reads them in parts. It keeps whole records until they exceed a number of bytes. Of each further result
 * over 1 KB, it keeps only the head, and the call fetches the result from the grid. The next part is as large as the
 * size of the results before suggests, so a part takes little heap unless results suddenly get larger.
 *
 * @param records where the states are
 */
record UpstreamReader(Records records) {
    /** The bytes of records that a call keeps; the record that exceeds them is the last one. */
    static final long MAX_KEPT = 32 << 20;

    private static final int SMALL = 1 << 10;

    private static final int FIRST_PART = 8;
    private static final int MAX_PART = 512;
    private static final long BYTES_OF_PART = 8 << 20;

    /**
     * Reads the records of a call's upstreams: whole, or heads. Blocks on the grid.
     *
     * @throws CallNotRunException if a record has expired
     */
    Map<String, byte[]> read(List<String> keys) throws CallNotRunException {
        if (keys.isEmpty()) {
            return Map.of(); // most calls have none
        }
        Map<String, byte[]> kept = new HashMap<>();
        long keptBytes = 0;
        int part = FIRST_PART;
        for (int from = 0; from < keys.size(); ) {
            int to = Math.min(keys.size(), from + part);
            long readBytes = 0;
            for (Map.Entry<String, byte[]> found :
                    records.read(Set.copyOf(keys.subList(from, to))).entrySet()) {
                byte[] record = found.getValue();
                byte[] toKeep = keptBytes < MAX_KEPT ? record : StateRecord.toSend(record, SMALL);
                readBytes += record.length;
                keptBytes += toKeep.length;
                kept.put(found.getKey(), toKeep);
            }
            from = to;
            part = (int) Math.max(1, Math.min(MAX_PART, part * BYTES_OF_PART / Math.max(1, readBytes)));
        }
        requireAll(keys, kept);
        return kept;
    }

    private static void requireAll(List<String> keys, Map<String, byte[]> found) throws CallNotRunException {
        List<String> missing =
                keys.stream().filter(key -> !found.containsKey(key)).toList();
        if (!missing.isEmpty()) {
            throw new CallNotRunException(new Outcome.UpstreamsGone(missing));
        }
    }
}
