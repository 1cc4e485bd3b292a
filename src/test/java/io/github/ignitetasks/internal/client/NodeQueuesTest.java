package io.github.ignitetasks.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.internal.worker.CallRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.ignite.cluster.ClusterNode;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // neither a connection nor a future takes part in a decision
final class NodeQueuesTest {
    private static final int NODES = 100;
    private static final int SLOTS = 2;
    private static final PreparedGridCall<?> CALL =
            new PreparedGridCall<>(null, List.of(), List.of(), Set.of(), CallRequest.ofState("key", new byte[0]));

    private final NodeQueues queues = new NodeQueues(node -> new NodeQueue(null, SLOTS));
    private final List<NodeQueue> all = new ArrayList<>();
    private final OwnerFirst placement = new OwnerFirst();

    NodeQueuesTest() {
        for (int i = 0; i < NODES; i++) {
            all.add(queues.of(node()));
        }
    }

    private static ClusterNode node() {
        UUID id = UUID.randomUUID();
        return (ClusterNode) Proxy.newProxyInstance(
                ClusterNode.class.getClassLoader(), new Class<?>[] {ClusterNode.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("id");
                    return id;
                });
    }

    private static void fill(NodeQueue queue) {
        while (queue.freeSlots() > 0) {
            queue.send(CALL, 0);
        }
    }

    @Test
    void callGoesToItsOwnerWhileThatHasAFreeSlot() {
        for (NodeQueue owner : all) {
            assertThat(placement.toSend(owner, queues)).isSameAs(owner);
        }
    }

    @Test
    void callWhoseOwnerIsFullGoesToEveryFreeSlotOfOthersBeforeItWaits() {
        NodeQueue owner = all.get(0);
        fill(owner);
        int sent = 0;
        for (NodeQueue next = placement.toSend(owner, queues); next != owner; next = placement.toSend(owner, queues)) {
            assertThat(next.freeSlots()).isPositive();
            next.send(CALL, 0);
            sent++;
        }

        assertThat(sent).isEqualTo((NODES - 1) * SLOTS);
        assertThat(queues.haveFreeSlots()).isFalse();
    }

    @Test
    void nodeWhoseCallEndsHasAFreeSlotAgain() {
        all.forEach(NodeQueuesTest::fill);
        NodeQueue ended = all.get(70);
        ended.onRefused(new InFlightCall(CALL, true, 0));

        assertThat(placement.toSend(all.get(0), queues)).isSameAs(ended);
        assertThat(queues.freeSlots()).isEqualTo(1);
    }

    @Test
    void idleNodeTakesAllCallsThatWaitForOthersFromEachInTurn() {
        all.get(30).add(CALL);
        all.get(60).add(CALL);
        all.get(60).add(CALL);

        assertThat(placement.toTakeFrom(queues)).containsSame(all.get(30));
        assertThat(placement.toTakeFrom(queues)).containsSame(all.get(60));
        assertThat(placement.toTakeFrom(queues)).containsSame(all.get(30));
        all.get(30).takeWaiting();
        assertThat(placement.toTakeFrom(queues)).containsSame(all.get(60));
        all.get(60).takeWaiting();
        assertThat(placement.toTakeFrom(queues)).isEmpty();
        assertThat(queues.haveWaiting()).isFalse();
    }

    @Test
    void nodeWithMoreCallsThanSlotsHasCallsAhead() {
        NodeQueue busy = all.get(5);
        fill(busy);
        assertThat(queues.withAhead()).isEmpty();
        busy.send(CALL, 0);

        assertThat(queues.withAhead()).containsExactly(busy);
        assertThat(busy.ahead()).isEqualTo(1);
    }

    @Test
    void decisionLooksAtAFewNodesHoweverManyThereAre() {
        NodeQueue largest = all.get(NODES - 1);
        largest.onChange(queue -> {});
        largest.onRefused(
                new InFlightCall(CALL, true, 0)); // more free slots than any other, and still the last of the list
        largest.add(CALL);

        assertThat(queues.idlest()).isPresent().get().isNotSameAs(largest);
    }

    @Test
    void callsOfEachQueueHaveTheirTurnHoweverLongOthersAre() {
        for (int i = 0; i < 20; i++) {
            for (int calls = 0; calls < 100; calls++) {
                all.get(i).add(CALL);
            }
        }
        NodeQueue last = all.get(20);
        last.add(CALL);
        boolean hadItsTurn = false;
        for (int i = 0; i < 40 && !hadItsTurn; i++) {
            hadItsTurn = queues.nextWaiting().orElseThrow() == last;
        }

        assertThat(hadItsTurn).isTrue();
    }
}
