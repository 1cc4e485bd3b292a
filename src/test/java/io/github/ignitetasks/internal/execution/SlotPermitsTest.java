package io.github.ignitetasks.internal.execution;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Requirements;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SlotPermitsTest {
    private static final Requirements ONE = Requirements.none().limit("db", 1);
    private static final Requirements TWO = Requirements.none().limit("db", 2);

    private final Slots slots = new Slots("permits-test", 4);
    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();

    /** Work that logs what happens to it, and runs until a latch opens. */
    private class Limited implements SlotWork {
        private final String name;
        private final int priority;
        private final Requirements needed;
        private final CountDownLatch gate;

        Limited(String name, int priority, Requirements needed, CountDownLatch gate) {
            this.name = name;
            this.priority = priority;
            this.needed = needed;
            this.gate = gate;
        }

        @Override
        public void accept(Slot slot) {
            log.add(name + " starts");
            pass(gate);
        }

        @Override
        public int priority() {
            return priority;
        }

        @Override
        public Requirements requirements() {
            return needed;
        }

        @Override
        public void onHeldUp() {
            log.add(name + " is held up");
        }
    }

    private static void pass(CountDownLatch gate) {
        try {
            assertThat(gate.await(PATIENCE.toNanos(), NANOSECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private CountDownLatch run(String name, Requirements needed) {
        CountDownLatch gate = new CountDownLatch(1);
        slots.run(new Limited(name, 0, needed, gate));
        return gate;
    }

    private String next() throws InterruptedException {
        String next = log.poll(PATIENCE.toNanos(), NANOSECONDS);
        return next == null ? "nothing" : next;
    }

    @AfterEach
    void close() {
        slots.close();
    }

    @Test
    void workWithoutAPermitWaitsAlthoughASlotIsFreeAndIsToldOnce() throws Exception {
        CountDownLatch first = run("first", ONE);
        assertThat(next()).isEqualTo("first starts");

        CountDownLatch second = run("second", ONE);
        assertThat(next()).isEqualTo("second is held up");
        CountDownLatch other = run("other", Requirements.none());
        assertThat(next()).isEqualTo("other starts");
        slots.retry();

        first.countDown();
        assertThat(next()).isEqualTo("second starts");
        second.countDown();
        other.countDown();
    }

    @Test
    void asMuchWorkRunsAsThereArePermits() throws Exception {
        List<CountDownLatch> gates = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            gates.add(run("work", TWO));
        }

        assertThat(List.of(next(), next(), next()))
                .containsExactlyInAnyOrder("work starts", "work starts", "work is held up");
        gates.forEach(CountDownLatch::countDown);
        assertThat(next()).isEqualTo("work starts");
    }

    @Test
    void workThatLentItsSlotKeepsItsPermit() throws Exception {
        CountDownLatch lent = new CountDownLatch(1);
        slots.run(new Limited("lender", 0, ONE, new CountDownLatch(0)) {
            @Override
            public void accept(Slot slot) {
                super.accept(slot);
                try {
                    slot.lend(() -> {
                        log.add("lends");
                        lent.await();
                        return lent;
                    });
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        });
        assertThat(List.of(next(), next())).containsExactly("lender starts", "lends");

        CountDownLatch second = run("second", ONE);

        assertThat(next()).isEqualTo("second is held up");
        lent.countDown();
        assertThat(next()).isEqualTo("second starts");
        second.countDown();
    }

    @Test
    void workThatThrowsAnErrorGivesItsPermitBack() throws Exception {
        slots.run(new Limited("broken", 0, ONE, new CountDownLatch(0)) {
            @Override
            public void accept(Slot slot) {
                super.accept(slot);
                throw new OutOfMemoryError("thrown on purpose");
            }
        });
        assertThat(next()).isEqualTo("broken starts");

        run("second", ONE).countDown();

        String held = next(); // only if it came before the error
        assertThat(held.equals("second is held up") ? next() : held).isEqualTo("second starts");
    }

    @Test
    void workThatGaveItsSlotUpKeepsItsPermitUntilItEnds() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        slots.run(new Limited("stubborn", 0, ONE, gate) {
            @Override
            public void accept(Slot slot) {
                slot.giveUp();
                super.accept(slot);
            }
        });
        assertThat(next()).isEqualTo("stubborn starts");

        run("second", ONE).countDown();

        assertThat(next()).isEqualTo("second is held up");
        gate.countDown();
        assertThat(next()).isEqualTo("second starts");
    }

    @Test
    void workOfAHigherPriorityGetsThePermitFirst() throws Exception {
        CountDownLatch first = run("first", ONE);
        CountDownLatch open = new CountDownLatch(0);
        slots.run(new Limited("normal", 0, ONE, open));
        slots.run(new Limited("urgent", 5, ONE, open));
        assertThat(List.of(next(), next(), next()))
                .containsExactlyInAnyOrder("first starts", "normal is held up", "urgent is held up");

        first.countDown();

        assertThat(List.of(next(), next())).containsExactly("urgent starts", "normal starts");
    }

    @Test
    void exclusiveWorkWaitsForItsPermitToo() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        slots.run(new Limited("stubborn", 0, ONE, first) {
            @Override
            public void accept(Slot slot) {
                slot.giveUp(); // otherwise the work below would wait for the slot
                super.accept(slot);
            }
        });
        assertThat(next()).isEqualTo("stubborn starts");
        slots.runExclusively(new Limited("alone", 0, ONE, new CountDownLatch(0)));
        assertThat(next()).isEqualTo("alone is held up");

        first.countDown();

        assertThat(next()).isEqualTo("alone starts");
        run("next", Requirements.none()).countDown();
        assertThat(next()).isEqualTo("next starts");
    }

    @Test
    void otherWorkStartsWhileExclusiveWorkWaitsForItsPermit() throws Exception {
        CountDownLatch first = run("first", ONE);
        assertThat(next()).isEqualTo("first starts");
        slots.runExclusively(new Limited("alone", 0, ONE, new CountDownLatch(0)));
        assertThat(next()).isEqualTo("alone is held up");

        run("other", Requirements.none()).countDown(); // the first may wait for it

        assertThat(next()).isEqualTo("other starts");
        first.countDown();
        assertThat(next()).isEqualTo("alone starts");
    }

    @Test
    void exclusiveWorkThatIsNotWantedGivesItsPermitBack() throws Exception {
        CountDownLatch busy = run("busy", Requirements.none());
        assertThat(next()).isEqualTo("busy starts");
        Runnable remove = slots.runExclusively(new Limited("alone", 0, ONE, new CountDownLatch(0)));

        remove.run();

        run("second", ONE).countDown();
        assertThat(next()).isEqualTo("second starts");
        busy.countDown();
    }
}
