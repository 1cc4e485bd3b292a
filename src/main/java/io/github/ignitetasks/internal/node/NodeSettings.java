package io.github.ignitetasks.internal.node;

import io.github.ignitetasks.internal.tls.NodeTls;
import org.apache.ignite.configuration.DataStorageConfiguration;

/**
 * The settings that all nodes of a local cluster share.
 *
 * @param slots the number of slots of each node, whatever the sessions set; with 0, the sessions decide
 * @param recordBytes the number of off-heap bytes that each node may use for records
 * @param tls the TLS with which the nodes authenticate each other
 * @param declared the attributes and resources that each node declares
 */
public record NodeSettings(int slots, long recordBytes, NodeTls tls, NodeAttributes declared) {

    /** Returns settings with Ignite's default memory: records may use up to a fifth of the machine's memory. */
    public static NodeSettings withSlots(int slots) {
        return new NodeSettings(
                slots, DataStorageConfiguration.DFLT_DATA_REGION_MAX_SIZE, NodeTls.none(), NodeAttributes.none());
    }

    public NodeSettings with(long otherRecordBytes) {
        return new NodeSettings(slots, otherRecordBytes, tls, declared);
    }

    public NodeSettings with(NodeTls otherTls) {
        return new NodeSettings(slots, recordBytes, otherTls, declared);
    }

    public NodeSettings with(NodeAttributes otherDeclared) {
        return new NodeSettings(slots, recordBytes, tls, otherDeclared);
    }
}
