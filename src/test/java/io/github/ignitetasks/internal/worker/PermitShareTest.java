package io.github.ignitetasks.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.internal.execution.Timings;
import io.github.ignitetasks.internal.protocol.PermitRecord;
import io.github.ignitetasks.internal.protocol.PermitRecord.Share;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PermitShareTest {
    private static final long LEASE = Timings.PERMIT_LEASE.toNanos() + 1;
    private static final int SLOTS = 3;

    private final List<Node> nodes = new ArrayList<>();
    private PermitRecord record = PermitRecord.empty();
    private long now;

    /** A node with calls of the limit. It reads the record and writes it later, and others may write in between. */
    private final class Node {
        private final UUID id;
        private final int limit;
        private final PermitShare share;
        private final Set<UUID> dead = new HashSet<>();
        private PermitRecord found = PermitRecord.empty();
        private PermitRecord written = PermitRecord.empty();
        private boolean deciding;
        private int waiting;
        private int running;
        private int started;

        Node(long id, int limit) {
            this.id = new UUID(0, id);
            this.limit = limit;
            this.share = new PermitShare(this.id);
            nodes.add(this);
        }

        void start() {
            while (waiting > 0 && running < SLOTS) {
                if (!share.tryTake(limit)) {
                    share.miss(limit);
                    return;
                }
                waiting--;
                running++;
                started++;
            }
        }

        void end() {
            if (running > 0) {
                running--;
                share.giveBack(now);
                start();
            }
        }

        void read() {
            share.forgetMissed();
            start();
            found = record;
            written = share.decide(found.only(other -> !dead.contains(other)), SLOTS - running, now);
            deciding = true;
        }

        /** Writes if nobody did meanwhile. Its answer may be lost, so that the node does not know that it has written. */
        void write(boolean isAnswerLost) {
            if (deciding && record.equals(found)) {
                record = written;
                if (!isAnswerLost && share.use(written.share(id).held(), now)) {
                    start();
                }
            }
            deciding = false;
        }

        void look() {
            read();
            write(false);
        }
    }

    private int running() {
        return nodes.stream().mapToInt(node -> node.running).sum();
    }

    private int held(Node node) {
        return record.share(node.id).held();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 20})
    void noMoreCallsRunThanTheLimitWhateverTheOrderAndAllRunInTheEnd(int limit) {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            nodes.clear();
            record = PermitRecord.empty();
            for (int i = 0; i < 4; i++) {
                new Node(i, limit);
            }
            for (int step = 0; step < 2_000; step++) {
                now += random.nextInt(20_000_000);
                step(nodes.get(random.nextInt(nodes.size())), random);
                if (step % 400 == 399) {
                    UUID dead = nodes.remove(0).id; // each node sees that when it reads
                    nodes.forEach(node -> node.dead.add(dead));
                    new Node(10 + step, limit).dead.add(dead);
                }
                assertThat(running()).as("seed %s, step %s", seed, step).isLessThanOrEqualTo(limit);
            }
            finish(limit);
        }
    }

    private static void step(Node node, Random random) {
        switch (random.nextInt(5)) {
            case 0 -> node.waiting += random.nextInt(3);
            case 1 -> node.end();
            case 2 -> node.read();
            case 3 -> node.write(random.nextInt(10) == 0);
            default -> node.start();
        }
    }

    private void finish(int limit) {
        for (int round = 0; nodes.stream().anyMatch(node -> node.waiting + node.running > 0); round++) {
            assertThat(round).isLessThan(100_000);
            now += LEASE;
            nodes.forEach(Node::look);
            nodes.forEach(Node::end);
            assertThat(running()).isLessThanOrEqualTo(limit);
        }
        nodes.forEach(Node::look);
        assertThat(record).isEqualTo(PermitRecord.empty());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7})
    void eachNodeHasItsTurnAlthoughAllHaveCallsAllTheTime(int limit) {
        for (int i = 0; i < 5; i++) {
            new Node(i, limit).waiting = 1_000_000;
        }

        for (int round = 0; round < 500; round++) {
            now += LEASE;
            nodes.forEach(Node::look);
            nodes.forEach(Node::end);
            nodes.forEach(Node::end);
        }

        int all = nodes.stream().mapToInt(node -> node.started).sum();
        assertThat(nodes).allSatisfy(node -> assertThat(node.started).isGreaterThan(all / 15));
    }

    @Test
    void nodeThatWantsFewGetsThemFromAnyThatHasMany() {
        Node many = new Node(1, 3);
        Node few = new Node(2, 3);
        many.waiting = 100;
        many.look();
        assertThat(many.running).isEqualTo(3);
        few.waiting = 1;
        few.look();
        many.look();
        assertThat(few.running).isZero();

        now += LEASE;
        many.end();
        many.look();
        few.look();

        assertThat(few.running).isEqualTo(1);
        assertThat(many.running).isEqualTo(2);
    }

    @Test
    void permitWhoseCallEndsGoesToTheOtherNodeAfterTheLease() {
        Node one = new Node(1, 1);
        Node two = new Node(2, 1);
        one.waiting = 100;
        two.waiting = 1;
        one.look();
        two.look();
        one.look();
        one.end();
        assertThat(one.running).as("within the lease").isEqualTo(1);

        now += LEASE;
        one.end();
        assertThat(one.running).isZero();
        one.look();

        assertThat(held(two)).isEqualTo(1);
        two.look();
        assertThat(two.running).isEqualTo(1);
    }

    @Test
    void callThatLentItsSlotLeavesPermitsForOthers() {
        PermitShare share = new PermitShare(new UUID(0, 1));
        for (int calls = 0; calls < 10; calls++) { // in one slot, as each of them waits for the next
            assertThat(share.tryTake(10)).isFalse();
            share.miss(10);
            record = share.decide(record, 1, now);
            share.use(record.share(new UUID(0, 1)).held(), now);
            assertThat(share.tryTake(10)).isTrue();
        }
        assertThat(share.inUse()).isEqualTo(10);
    }

    @Test
    void nodeWhosePermitsTheGridForgotNotesThemAgain() {
        Node one = new Node(1, 2);
        one.waiting = 2;
        one.look();
        record = PermitRecord.empty().with(new UUID(0, 7), new Share(2, 2));

        one.look();

        assertThat(held(one)).isEqualTo(2);
        one.end();
        one.end();
        one.look();
        assertThat(record.share(new UUID(0, 7))).as("gets no more").isEqualTo(new Share(2, 2));
    }

    @Test
    void largestNumbersDoNotOverflow() {
        Node one = new Node(1, Integer.MAX_VALUE);
        record = record.with(new UUID(0, 2), new Share(Integer.MAX_VALUE, Integer.MAX_VALUE))
                .with(new UUID(0, 3), new Share(Integer.MAX_VALUE, Integer.MAX_VALUE));
        one.waiting = 3;

        one.look();

        assertThat(one.running).isZero();
    }
}
