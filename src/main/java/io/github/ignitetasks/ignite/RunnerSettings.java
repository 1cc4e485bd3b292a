package io.github.ignitetasks.ignite;

import io.github.ignitetasks.cluster.AdaptiveScaling;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a runner was told.
 *
 * @param source where its grid comes from
 * @param client changes the client node that it starts, if it does; null changes nothing
 * @param adaptive how its cluster follows the load; null for not at all
 * @param resultTtl how long states are kept; null for the default
 * @param slots how many slots a node is to have; 0 for the default
 */
record RunnerSettings(
        GridSource source,
        @Nullable ClientCustomizer client,
        @Nullable AdaptiveScaling adaptive,
        @Nullable Duration resultTtl,
        int slots)
        implements Serializable {

    OpenGrid open() {
        return source.open(client == null ? configuration -> {} : client);
    }

    Duration resultTtlOr(Duration standard) {
        return resultTtl == null ? standard : resultTtl;
    }
}
