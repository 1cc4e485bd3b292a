package io.github.ignitetasks.internal.client;

import java.util.List;
import org.apache.ignite.cluster.ClusterNode;

/**
 * The answers of servers to one query.
 *
 * @param answered the answers
 * @param silent the servers that did not answer in time, or whose answer cannot be read
 * @param <T> the type of an answer
 */
public record ServerAnswers<T>(List<T> answered, List<ClusterNode> silent) {
    /** Copies the lists. */
    public ServerAnswers {
        answered = List.copyOf(answered);
        silent = List.copyOf(silent);
    }
}
