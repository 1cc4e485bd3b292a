package io.github.ignitetasks.cluster;

import org.apache.ignite.configuration.DataStorageConfiguration;

/**
 * What the nodes of a local cluster have in common.
 *
 * @param slots how many slots each has, whatever sessions ask for; 0 leaves that to them
 * @param recordBytes how much memory off the heap each may use for records
 * @param tls with which they know each other
 */
record NodeSettings(int slots, long recordBytes, Tls tls) {

    /** Returns settings of Ignite's own choice: records may use up to a fifth of the machine's memory. */
    static NodeSettings withSlots(int slots) {
        return new NodeSettings(slots, DataStorageConfiguration.DFLT_DATA_REGION_MAX_SIZE, Tls.none());
    }

    NodeSettings with(long otherRecordBytes) {
        return new NodeSettings(slots, otherRecordBytes, tls);
    }

    NodeSettings with(Tls otherTls) {
        return new NodeSettings(slots, recordBytes, otherTls);
    }
}
