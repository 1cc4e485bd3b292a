package io.github.ignitetasks.internal.node;

import io.github.ignitetasks.internal.tls.NodeTls;
import org.apache.ignite.configuration.DataStorageConfiguration;

/**
 * What the nodes of a local cluster have in common.
 *
 * @param slots how many slots each has, whatever sessions ask for; 0 leaves that to them
 * @param recordBytes how much memory off the heap each may use for records
 * @param tls with which they know each other
 */
public record NodeSettings(int slots, long recordBytes, NodeTls tls) {

    /** Returns settings of Ignite's own choice: records may use up to a fifth of the machine's memory. */
    public static NodeSettings withSlots(int slots) {
        return new NodeSettings(slots, DataStorageConfiguration.DFLT_DATA_REGION_MAX_SIZE, NodeTls.none());
    }

    public NodeSettings with(long otherRecordBytes) {
        return new NodeSettings(slots, otherRecordBytes, tls);
    }

    public NodeSettings with(NodeTls otherTls) {
        return new NodeSettings(slots, recordBytes, otherTls);
    }
}
