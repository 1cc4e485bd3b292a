package io.github.ignitetasks.ignite.worker;

import java.util.Collection;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.ignite.IgniteCluster;
import org.apache.ignite.cluster.ClusterNode;

/**
 * The nodes that a grid had, by its memory of its last changes. A node misses those changes that were made while it
 * joined, so its memory has gaps.
 *
 * @param cluster the grid
 */
record PastNodes(IgniteCluster cluster) {

    /** Returns what people know a node by, live or not: its name and id; the id alone if the grid has forgotten it. */
    String name(UUID id) {
        long now = cluster.topologyVersion();
        Stream<Collection<ClusterNode>> past = LongStream.range(0, now)
                .mapToObj(age -> cluster.topology(now - age))
                .filter(Objects::nonNull);
        return Stream.concat(Stream.of(cluster.nodes()), past)
                .flatMap(Collection::stream)
                .filter(node -> node.id().equals(id))
                .findFirst()
                .map(node -> node.consistentId() + " (" + id + ")")
                .orElse(id.toString());
    }
}
