package io.github.ignitetasks.cluster;

import org.apache.ignite.configuration.DataStorageConfiguration;

/**
 * What the nodes of a local cluster have in common.
 *
 * @param slots how many slots each has, whatever sessions ask for; 0 leaves that to them
 * @param recordBytes how much memory off the heap each may use for records
 */
record NodeSettings(int slots, long recordBytes) {

    /** Returns settings of Ignite's own choice: records may use up to a fifth of the machine's memory. */
    static NodeSettings withSlots(int slots) {
        return new NodeSettings(slots, DataStorageConfiguration.DFLT_DATA_REGION_MAX_SIZE);
    }
}
