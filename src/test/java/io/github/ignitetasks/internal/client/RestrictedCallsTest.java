package io.github.ignitetasks.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Requirements;
import io.github.ignitetasks.SessionLimits;
import io.github.ignitetasks.internal.events.EventStream;
import io.github.ignitetasks.internal.session.Backend;
import io.github.ignitetasks.internal.session.KeyedSession;
import io.github.ignitetasks.internal.worker.CallRequest;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // no connection takes part in a decision
final class RestrictedCallsTest {
    private static final CallOptions DB = CallOptions.none().limit("db", 2);

    private final RestrictedCalls calls = new RestrictedCalls();
    private final List<NodeQueue> nodes = List.of(new NodeQueue(null, 4), new NodeQueue(null, 4));
    private final List<InFlightCall> sent = new ArrayList<>();

    private final KeyedSession session =
            new KeyedSession("restricted", backend(), new EventStream(), SessionLimits.standard());

    private static Backend backend() {
        return (Backend) Proxy.newProxyInstance(
                Backend.class.getClassLoader(),
                new Class<?>[] {Backend.class},
                (proxy, method, arguments) ->
                        method.isDefault() ? InvocationHandler.invokeDefault(proxy, method, arguments) : null);
    }

    @AfterEach
    void close() {
        session.close();
    }

    private PreparedGridCall<?> call(String key, CallOptions options) {
        CallRequest request = new CallRequest(key, options, List.of(), List.of(), false, new byte[0], List.of(), null);
        return new PreparedGridCall<>(
                new GridFuture<>(key, session, null, null), List.of(), List.of(), Set.of(), request);
    }

    private void add(int number, CallOptions options) {
        for (int i = 0; i < number; i++) {
            calls.add(call("key-" + calls.size(), options));
        }
    }

    /** Sends the calls that may go to a node; returns how many. */
    private int send(NodeQueue node) {
        int before = sent.size();
        for (Optional<PreparedGridCall<?>> next = calls.next(node, nodes);
                next.isPresent();
                next = calls.next(node, nodes)) {
            sent.add(node.send(next.get(), 0));
        }
        return sent.size() - before;
    }

    @Test
    void twiceAsManyCallsOfALimitGoAsMayRunWhateverTheirNodes() {
        add(10, DB);

        assertThat(send(nodes.get(0))).isEqualTo(4);
        assertThat(send(nodes.get(1))).isZero();
        assertThat(calls.size()).isEqualTo(6);
    }

    @Test
    void callThatEndsOnOneNodeLetsTheNextGoToAnother() {
        add(10, DB);
        send(nodes.get(0));

        nodes.get(0).onRefused(sent.get(0));
        nodes.get(0).onRefused(sent.get(0)); // its end counts once

        assertThat(send(nodes.get(1))).isEqualTo(1);
    }

    @Test
    void callOfAnotherLimitDoesNotWait() {
        add(10, DB);
        send(nodes.get(0));
        add(3, CallOptions.none().limit("other", 1).limit("db", 9));

        assertThat(send(nodes.get(0))).isEqualTo(2);
    }

    @Test
    void callThatOnlyNodesWithoutItsRequirementsCouldRunStays() {
        add(1, DB);

        assertThat(calls.takeUnplaceable(List.of(), 0, 10)).isEmpty();
        assertThat(calls.takeUnplaceable(nodes, 20, 10)).isEmpty();
        assertThat(calls.takeUnplaceable(List.of(), 30, 10))
                .as("the wait begins again")
                .isEmpty();
        assertThat(calls.takeUnplaceable(List.of(), 40, 10))
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.reason()).contains("limit db=2", "the grid has no nodes"));
        assertThat(calls.isEmpty()).isTrue();
    }

    @Test
    void callThatComesAfterARefusalHasItsOwnTime() {
        add(1, DB);
        assertThat(calls.takeUnplaceable(List.of(), 0, 10)).isEmpty();
        assertThat(calls.takeUnplaceable(List.of(), 10, 10)).hasSize(1);

        add(1, DB);

        assertThat(calls.takeUnplaceable(List.of(), 1_000, 10)).isEmpty();
        assertThat(calls.takeUnplaceable(List.of(), 1_010, 10)).hasSize(1);
    }

    @Test
    void amountsOfBytesDoNotOverflow() {
        RequirementCounts counts = new RequirementCounts();
        Requirements much = Requirements.none().requires("memory", Integer.MAX_VALUE);

        counts.add(much);
        counts.add(much);

        assertThat(counts.resource("memory")).isEqualTo(2L * Integer.MAX_VALUE);
    }

    @Test
    void countsOfWhatEndedAreForgotten() {
        RequirementCounts counts = new RequirementCounts();
        Requirements both = Requirements.none().requires("gpu", 3).limit("db", 2);
        counts.add(both);
        counts.add(Requirements.none().requires("gpu", 1).limit("db", 2).limit("other", 1));
        assertThat(List.of(counts.resource("gpu"), (long) counts.limit("db"), (long) counts.limit("other")))
                .containsExactly(4L, 2L, 1L);

        counts.remove(both);

        assertThat(List.of(counts.resource("gpu"), (long) counts.limit("db"), (long) counts.limit("other")))
                .containsExactly(1L, 1L, 1L);
        assertThat(counts.resource("none")).isZero();
    }
}
