package io.github.ignitetasks.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.State;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.protocol.StateRecord;
import io.github.ignitetasks.internal.worker.CallRequest;
import io.github.ignitetasks.internal.worker.CallUpdate;
import io.github.ignitetasks.internal.worker.Reply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.ignite.cluster.ClusterNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests how many calls a node is asked to return, and when it gets calls ahead again. */
@SuppressWarnings("NullAway") // neither a connection nor a future takes part in a decision
final class CallRecallTest {
    private static final int SLOTS = 4;
    private static final int AHEAD = 150;
    private static final long START = 1_000_000_000;
    private static final long LATER = START + ClientTimings.RECALL.toNanos();
    private static final byte[] STATE = StateRecord.write(new State.Cancelled<>(false, ExecutionInfo.neverRan("node")));
    private static final PreparedGridCall<?> CALL =
            new PreparedGridCall<>(null, List.of(), List.of(), Set.of(), CallRequest.ofState("key", STATE));

    private final NodeQueue queue = new NodeQueue(null, SLOTS);

    private static void expectShortCalls(NodeQueue queue) {
        for (int i = 0; i < 100; i++) {
            queue.window().onEnd(5_000);
        }
    }

    /** Sends calls that take all slots, and some ahead; returns the last. */
    private static InFlightCall fill(NodeQueue queue, int ahead, long now) {
        for (int i = 1; i < SLOTS + ahead; i++) {
            queue.send(CALL, now);
        }
        return queue.send(CALL, now);
    }

    private static Reply reply() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeInt(SLOTS);
            out.writeBoolean(false);
            out.writeInt(0);
        }
        Reply reply = new Reply();
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            reply.readExternal(in);
        }
        return reply;
    }

    private static List<InFlightCall.Answer> answers(InFlightCall sent, CallUpdate end) {
        return List.of(new InFlightCall.Answer(sent, end));
    }

    private static CallUpdate end() {
        return new CallUpdate.Told("key", STATE);
    }

    @Test
    void nodeThatMovesNoCallOnReturnsAllShortCallsThatWaitThere() {
        expectShortCalls(queue);
        fill(queue, AHEAD, START);

        assertThat(CallRecall.number(queue, 1, LATER)).isEqualTo(AHEAD);
    }

    @Test
    void nodeOfLongCallsReturnsAsManyAsFreeSlotsStart() {
        fill(queue, 2, START);

        assertThat(CallRecall.number(queue, 1, LATER)).isEqualTo(1);
        assertThat(CallRecall.number(queue, SLOTS, LATER)).isEqualTo(2);
    }

    @Test
    void nodeThatHasJustMovedACallOnReturnsNone() throws IOException {
        expectShortCalls(queue);
        InFlightCall sent = fill(queue, AHEAD, START);
        queue.onReply(reply(), answers(sent, end()), START + 1);

        assertThat(CallRecall.number(queue, 1, LATER)).isZero();
    }

    @Test
    void nodeThatHasJustGotACallForAFreeSlotReturnsNone() {
        expectShortCalls(queue);
        queue.send(CALL, START);
        fill(queue, AHEAD, START + 1);

        assertThat(CallRecall.number(queue, 1, LATER)).isZero();
    }

    static List<CallUpdate> updatesThatMoveNoCallOn() {
        return List.of(
                new CallUpdate.Returned("key"),
                new CallUpdate.Elsewhere("key", new UUID(0, 0)),
                new CallUpdate.Told("key", STATE, true));
    }

    @ParameterizedTest
    @MethodSource("updatesThatMoveNoCallOn")
    void updateThatNoSlotSentMovesNoCallOn(CallUpdate update) throws IOException {
        expectShortCalls(queue);
        InFlightCall sent = fill(queue, AHEAD, START);
        queue.onReply(reply(), answers(sent, update), LATER - 1);

        assertThat(CallRecall.number(queue, 1, LATER)).isEqualTo(AHEAD - 1);
    }

    @Test
    void replyWithoutUpdatesMovesNoCallOn() throws IOException {
        expectShortCalls(queue);
        fill(queue, AHEAD, START);
        queue.onReply(reply(), List.of(), LATER - 1); // as when the session's next exchange has arrived

        assertThat(CallRecall.number(queue, 1, LATER)).isEqualTo(AHEAD);
    }

    @Test
    void nodeThatReturnsCallsGetsNoneAheadUntilItMovesOneOn() throws IOException {
        expectShortCalls(queue);
        List<InFlightCall> ahead = new ArrayList<>();
        fill(queue, 0, START);
        ahead.add(queue.send(CALL, START));
        ahead.add(queue.send(CALL, START));
        queue.onRecall(LATER);
        queue.onReply(reply(), answers(ahead.get(0), new CallUpdate.Returned("key")), LATER);
        assertThat(queue.hasRoomForWaiting()).isFalse();
        assertThat(queue.hasRoom()).as("room for new calls").isTrue();

        queue.onReply(reply(), answers(ahead.get(1), end()), LATER);

        assertThat(queue.hasRoomForWaiting()).isTrue();
    }

    @Test
    void nodeThatReturnsCallsGetsOneForEachFreeSlot() throws IOException {
        InFlightCall sent = fill(queue, 0, START);
        queue.onRecall(LATER);
        queue.onRefused(sent);

        assertThat(queue.hasRoomForWaiting()).isTrue();
        queue.send(CALL, LATER);
        assertThat(queue.hasRoomForWaiting()).isFalse();
    }

    @Test
    void shortCallsOfOneNodeLeaveFreeSlotsForThoseOfAnother() {
        NodeQueues queues = new NodeQueues(node -> new NodeQueue(null, SLOTS));
        for (int i = 0; i < 2; i++) {
            NodeQueue stuck = queues.of(node());
            expectShortCalls(stuck);
            fill(stuck, AHEAD, System.nanoTime() - ClientTimings.RECALL.toNanos());
        }
        queues.of(node());
        List<Runnable> sends = new ArrayList<>();
        try (Timer timer = new Timer("recall")) {
            new CallRecall(timer).check(queues, sends, () -> {});
        }

        assertThat(sends).hasSize(2);
    }

    private static ClusterNode node() {
        UUID id = UUID.randomUUID();
        return (ClusterNode) Proxy.newProxyInstance(
                ClusterNode.class.getClassLoader(),
                new Class<?>[] {ClusterNode.class},
                (proxy, method, arguments) -> id);
    }
}
