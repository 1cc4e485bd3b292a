package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.internal.node.Protocol;
import io.github.ignitetasks.internal.node.RecordCache;
import io.github.ignitetasks.internal.protocol.Records;
import java.util.UUID;
import org.apache.ignite.Ignite;

/**
 * The grid from the moment a session's node joins it until the node loses it. After a reconnect the node has another
 * id, and the grid may be another one.
 *
 * @param records the grid's records
 * @param grid the grid's id
 * @param node the id of the session's node
 */
record Connection(Records records, UUID grid, UUID node) {

    /**
     * Returns the current connection of a node. Blocks on the grid, and creates the cache of records if the grid has
     * none.
     *
     * @throws MissingLibraryException if the cache must be created and a server does not have the library
     * @throws VersionMismatchException if the servers, or the records, are those of another version
     * @throws IllegalStateException if no server has the library
     */
    static Connection of(Ignite ignite) {
        if (!ignite.cacheNames().contains(RecordCache.NAME)) {
            MissingLibraryException.check(ignite);
        }
        if (Protocol.servers(ignite.cluster()).nodes().isEmpty()) {
            VersionMismatchException.checkServers(ignite);
            throw new IllegalStateException("no server of the grid has this library now");
        }
        Records records = Records.of(ignite);
        VersionMismatchException.checkRecords(ignite, records);
        return new Connection(
                records, ignite.cluster().id(), ignite.cluster().localNode().id());
    }
}
