package io.github.ignitetasks.internal.worker;

import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.ignite.IgniteCluster;
import org.apache.ignite.cluster.ClusterNode;

/**
 * The nodes that a grid had, by its memory of its last changes. That memory has gaps: a node misses changes that happen
 * while it joins.
 *
 * @param cluster the grid
 */
record DepartedNodes(IgniteCluster cluster) {

    /** Returns the death of a node, without a name if the grid has forgotten that. */
    NodeDeath death(UUID id) {
        return new NodeDeath(
                id, find(id).map(node -> node.consistentId().toString()).orElse(""));
    }

    /** Returns whether a node, live or not, is one that the grid had and has not forgotten. */
    boolean knows(UUID id) {
        return find(id).isPresent();
    }

    private Optional<ClusterNode> find(UUID id) {
        long now = cluster.topologyVersion();
        Stream<Collection<ClusterNode>> past = LongStream.range(0, now)
                .mapToObj(age -> cluster.topology(now - age))
                .filter(Objects::nonNull);
        return Stream.concat(Stream.of(cluster.nodes()), past)
                .flatMap(Collection::stream)
                .filter(node -> node.id().equals(id))
                .findFirst();
    }
}
