package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.internal.base.Deadline;
import io.github.ignitetasks.internal.worker.KeyList;
import io.github.ignitetasks.internal.worker.KeyListFormat;
import io.github.ignitetasks.internal.worker.KeyReport;
import io.github.ignitetasks.internal.worker.KeyReportFormat;
import io.github.ignitetasks.internal.worker.KeyState;
import io.github.ignitetasks.internal.worker.QueryKey;
import io.github.ignitetasks.internal.worker.QueryKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.lang.IgniteFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A blocking query to servers for what they know. It changes nothing on them.
 *
 * @param ignite the node that asks
 * @param timeout how long it waits for all answers
 */
public record ServerQuery(Ignite ignite, Duration timeout) {
    private static final Logger LOG = LoggerFactory.getLogger(ServerQuery.class);

    /** A reader of the bytes of an answer. */
    interface Reader<T> {
        T read(byte[] answer) throws IOException;
    }

    /** Asks what servers know of a key. */
    public ServerAnswers<KeyReport> key(String key, Collection<ClusterNode> servers) {
        return ask(servers, new QueryKey(key), KeyReportFormat::read);
    }

    /**
     * Asks for the keys of servers.
     *
     * @param prefix how the keys begin
     * @param state the only state of the keys; empty for every state
     * @param limit how many keys each server lists
     */
    public ServerAnswers<KeyList> keys(
            String prefix, Optional<KeyState> state, int limit, Collection<ClusterNode> servers) {
        return ask(servers, new QueryKeys(prefix, state, limit, timeout), KeyListFormat::read);
    }

    /** Asks servers, and reads the answers that come in time. */
    <T> ServerAnswers<T> ask(Collection<ClusterNode> servers, IgniteCallable<byte[]> question, Reader<T> reader) {
        List<T> answered = new ArrayList<>();
        List<ClusterNode> silent = new ArrayList<>(servers);
        answers(servers, question).forEach((server, answer) -> {
            try {
                answered.add(reader.read(answer));
                silent.remove(server);
            } catch (IOException e) {
                LOG.debug("the answer of server {} cannot be read", server.consistentId(), e);
            }
        });
        return new ServerAnswers<>(answered, silent);
    }

    /** Returns the answers that come in time and are not null. */
    <T> Map<ClusterNode, T> answers(Collection<ClusterNode> servers, IgniteCallable<@Nullable T> question) {
        Deadline deadline = Deadline.in(timeout);
        Map<ClusterNode, IgniteFuture<T>> asked = new LinkedHashMap<>();
        servers.forEach(server -> ask(server, question).ifPresent(answer -> asked.put(server, answer)));
        Map<ClusterNode, T> answers = new LinkedHashMap<>();
        asked.forEach((server, answer) -> {
            try {
                T answered = answer.get(Math.max(1, deadline.left().toNanos()), TimeUnit.NANOSECONDS);
                if (answered != null) {
                    answers.put(server, answered);
                }
            } catch (IgniteException e) {
                LOG.debug("server {} does not answer", server.consistentId(), e);
                answer.cancel(); // otherwise questions to a server that hangs would pile up
            }
        });
        return answers;
    }

    private <T> Optional<IgniteFuture<T>> ask(ClusterNode server, IgniteCallable<@Nullable T> question) {
        try {
            return Optional.of(ignite.compute(ignite.cluster().forNode(server))
                    .withNoFailover()
                    .callAsync(question));
        } catch (IgniteException e) {
            LOG.debug("server {} cannot be asked", server.consistentId(), e);
            return Optional.empty();
        }
    }
}
