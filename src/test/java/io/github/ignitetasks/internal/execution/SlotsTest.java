package io.github.ignitetasks.internal.execution;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SlotsTest {
    private final ThreadFactory factory = new TaskThreads("slots-test");
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private final Slots slots = new Slots(this::newThread, 2);
    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        slots.close();
    }

    @Test
    void workBeyondTheSlotsWaitsInOrder() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Work first = start(gate::await);
        Work second = start(gate::await);
        for (String name : List.of("a", "b", "c")) {
            slots.run(slot -> log.add(name));
        }

        assertThat(log).isEmpty();
        slots.resize(1); // one slot makes the waiting work run in order
        gate.countDown();

        first.awaitEnd();
        second.awaitEnd();
        assertThat(List.of(next(), next(), next())).containsExactly("a", "b", "c");
        assertSlots(1);
    }

    @Test
    void slotOfWorkThatEndedIsFree() throws Exception {
        start(() -> {}).awaitEnd();
        start(() -> {}).awaitEnd();

        assertSlots(2);
    }

    @Test
    void slotOfWorkThatThrowsAnErrorIsFree() throws Exception {
        for (Consumer<SlotWork> run : List.<Consumer<SlotWork>>of(slots::run, slots::runExclusively)) {
            BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
            run.accept(slot -> {
                Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> thrown.add(error));
                throw new OutOfMemoryError("on purpose");
            });

            assertThat(thrown.poll(PATIENCE.toNanos(), NANOSECONDS)).isInstanceOf(OutOfMemoryError.class);
            assertSlots(2);
        }
    }

    @Test
    void slotsThatAreDrainedDropWhatWaitsAndLetEndWhatRuns() throws Exception {
        slots.resize(1);
        CountDownLatch gate = new CountDownLatch(1);
        Work running = start(gate::await);
        slots.run(slot -> log.add("waited"));

        CompletableFuture<Void> drained = slots.drain();
        slots.run(slot -> log.add("came late"));

        assertThat(drained).isNotDone();
        gate.countDown();
        running.awaitEnd();
        assertThat(drained).succeedsWithin(PATIENCE);
        assertThat(log).isEmpty();
    }

    @Test
    void slotsWithoutWorkAreDrainedAtOnce() {
        assertThat(slots.drain()).isDone();
    }

    @Test
    void lentSlotRunsOtherWork() throws Exception {
        slots.resize(1);
        CountDownLatch gate = new CountDownLatch(1);
        Work lender = startLending(gate);

        start(() -> {}).awaitEnd();

        assertThat(lender.isOver()).isFalse();
        gate.countDown();
        lender.awaitEnd();
        assertSlots(1);
    }

    @Test
    void workThatReturnsToItsSlotGoesBeforeQueuedWork() throws Exception {
        slots.resize(1);
        CountDownLatch lent = new CountDownLatch(1);
        CountDownLatch waited = new CountDownLatch(1);
        CountDownLatch holding = new CountDownLatch(1);
        Thread[] lender = new Thread[1];
        slots.run(slot -> {
            lender[0] = Thread.currentThread();
            lendUntil(slot, lent, waited);
            log.add("returned");
        });
        Work.pass(lent);
        Work holder = start(holding::await);
        slots.run(slot -> log.add("queued"));

        waited.countDown();
        awaitWaiting(lender[0]);
        holding.countDown();

        holder.awaitEnd();
        assertThat(List.of(next(), next())).containsExactly("returned", "queued");
        assertSlots(1);
    }

    @Test
    void slotsThatAreAddedRunQueuedWork() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        List<Work> works = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            works.add(prepare(gate::await));
        }

        slots.resize(4);

        for (Work work : works) {
            work.awaitStart();
        }
        gate.countDown();
        for (Work work : works) {
            work.awaitEnd();
        }
        assertThat(slots.size()).isEqualTo(4);
        assertSlots(4);
    }

    @Test
    void slotsThatAreTakenAwayRunNoMoreOnceTheirWorkHasEnded() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Work first = start(gate::await);
        Work second = start(gate::await);

        slots.resize(1);
        gate.countDown();
        first.awaitEnd();
        second.awaitEnd();

        assertSlots(1);
    }

    @Test
    void slotThatIsLentWhileSlotsAreTakenAwayComesBackInTurn() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Work first = startLending(gate);
        Work second = startLending(gate);

        slots.resize(1);
        gate.countDown();
        first.awaitEnd();
        second.awaitEnd();

        assertSlots(1);
    }

    @Test
    void slotThatIsGivenUpRunsOtherWorkOnce() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Work stubborn = start(gate::await);

        stubborn.slot().giveUp();
        assertSlots(2);
        stubborn.slot().giveUp();
        gate.countDown();
        stubborn.awaitEnd();

        assertSlots(2);
    }

    @Test
    void slotThatIsGivenUpWhileItIsLentIsNotGivenBackTwice() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Work lender = startLending(gate);

        lender.slot().giveUp();
        gate.countDown();
        lender.awaitEnd();

        assertSlots(2);
    }

    @Test
    void slotThatIsGivenUpAfterTheWorkEndedIsNotGivenBackTwice() throws Exception {
        Work work = start(() -> {});
        work.awaitEnd();

        work.slot().giveUp();

        assertSlots(2);
    }

    @Test
    void workThatIsInterruptedWhileItWaitsHasItsSlotAgainAtOnce() throws Exception {
        slots.resize(1);
        CountDownLatch holding = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Work lender = startLending(never);
        Work holder = start(holding::await);

        lender.thread().interrupt();

        lender.awaitEnd();
        assertThat(lender.failure()).isInstanceOf(InterruptedException.class);
        holding.countDown();
        holder.awaitEnd();
        assertSlots(1);
    }

    @Test
    void workThatIsInterruptedWhileItTakesItsSlotBackLosesNoSlot() throws Exception {
        slots.resize(1);
        CountDownLatch holding = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        Work lender = startLending(gate);
        Work holder = start(holding::await);
        gate.countDown();
        awaitWaiting(lender.thread());

        lender.thread().interrupt();

        lender.awaitEnd();
        assertThat(lender.failure()).isInstanceOf(InterruptedException.class);
        holding.countDown();
        holder.awaitEnd();
        assertSlots(1);
    }

    @Test
    void interruptsThatRaceWithTheReturnLoseNoSlot() throws Exception {
        for (int i = 0; i < 300; i++) {
            CountDownLatch gate = new CountDownLatch(1);
            List<Work> lenders = List.of(startLending(gate), startLending(gate), startLending(gate));
            Work other = start(() -> {});
            gate.countDown();
            lenders.get(0).thread().interrupt();
            lenders.get(1).slot().giveUp();
            for (Work lender : lenders) {
                lender.awaitEnd();
            }
            other.awaitEnd();
        }

        assertSlots(2);
    }

    @Test
    void waitThatThrowsTakesTheSlotBack() throws Exception {
        CompletableFuture<String> thrown = new CompletableFuture<>();
        slots.run(slot -> {
            try {
                slot.lend(() -> {
                    throw new IllegalStateException("thrown on purpose");
                });
            } catch (IllegalStateException | InterruptedException e) {
                thrown.complete(e.getMessage());
            }
        });

        assertThat(thrown.get(PATIENCE.toNanos(), NANOSECONDS)).isEqualTo("thrown on purpose");
        assertSlots(2);
    }

    @Test
    void interruptThatWorkLeavesBehindDoesNotReachTheNext() throws Exception {
        slots.resize(1);
        CountDownLatch gate = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Work first = start(() -> {
            gate.await();
            Thread.currentThread().interrupt();
        });
        slots.run(slot -> interrupted.complete(Thread.currentThread().isInterrupted()));
        gate.countDown();

        first.awaitEnd();
        assertThat(interrupted.get(PATIENCE.toNanos(), NANOSECONDS)).isFalse();
    }

    @Test
    void workThatIsToBeAloneStartsWhenNobodyHoldsASlotAndBeforeWhatIsQueued() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Work running = start(gate::await);
        BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        Work apart = prepareAlone(() -> {
            goOn.await();
            ends.add("alone");
        });
        CountDownLatch later = new CountDownLatch(1);
        slots.run(slot -> {
            ends.add("queued");
            later.countDown();
        });

        assertThat(apart.isStarted()).isFalse();
        gate.countDown();
        running.awaitEnd();
        apart.awaitStart();
        goOn.countDown();

        apart.awaitEnd();
        Work.pass(later);
        assertThat(ends).containsExactly("alone", "queued");
        assertSlots(2);
    }

    @Test
    void workThatIsToBeAloneDoesNotWaitForALentSlotAndLetsItComeBackAfterIt() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Work lender = startLending(gate);
        Work apart = prepareAlone(goOn::await);
        apart.awaitStart();

        gate.countDown();
        awaitWaiting(lender.thread());
        assertThat(lender.isOver()).isFalse();
        goOn.countDown();

        apart.awaitEnd();
        lender.awaitEnd();
        assertSlots(2);
    }

    @Test
    void slotThatComesBackWhileWorkWaitsToBeAloneRunsFirst() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch holding = new CountDownLatch(1);
        Work lender = startLending(gate);
        Work holder = start(holding::await);
        Work apart = prepareAlone(() -> {});

        gate.countDown();
        lender.awaitEnd();
        assertThat(apart.isStarted()).isFalse();
        holding.countDown();

        holder.awaitEnd();
        apart.awaitEnd();
        assertSlots(2);
    }

    @Test
    void workThatIsAloneAndLendsItsSlotHasCompanyUntilItComesBack() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch holding = new CountDownLatch(1);
        Work apart = startLending(gate, slots::runExclusively);
        Work company = start(holding::await);

        gate.countDown();
        awaitWaiting(apart.thread());
        assertThat(apart.isOver()).isFalse();
        holding.countDown();

        company.awaitEnd();
        apart.awaitEnd();
        assertSlots(2);
    }

    @Test
    void workThatIsAloneAndInterruptedWhileItComesBackEndsBesideOthersAndLosesNoSlot() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch holding = new CountDownLatch(1);
        Work apart = startLending(gate, slots::runExclusively);
        Work company = start(holding::await);
        gate.countDown();
        awaitWaiting(apart.thread());

        apart.thread().interrupt();

        apart.awaitEnd();
        assertThat(apart.failure()).isInstanceOf(InterruptedException.class);
        holding.countDown();
        company.awaitEnd();
        assertSlots(2);
    }

    @Test
    void worksThatAreToBeAloneRunOneAfterAnother() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Work first = prepareAlone(gate::await);
        Work second = prepareAlone(() -> {});
        first.awaitStart();
        slots.resize(3);

        assertThat(second.isStarted()).isFalse();
        gate.countDown();

        first.awaitEnd();
        second.awaitEnd();
        assertSlots(3);
    }

    @Test
    void workThatIsCalledOffBeforeItIsAloneHoldsNothingUp() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Work running = start(gate::await);
        Runnable callOff = slots.runExclusively(slot -> log.add("ran"));
        Work queued = prepare(() -> {});
        assertThat(queued.isStarted()).isFalse();

        callOff.run();

        queued.awaitEnd();
        gate.countDown();
        running.awaitEnd();
        assertSlots(2);
        assertThat(log).isEmpty();
    }

    @Test
    void aloneSlotThatIsGivenUpRunsOthersOnce() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Work stubborn = prepareAlone(gate::await);
        stubborn.awaitStart();

        stubborn.slot().giveUp();
        assertSlots(2);
        gate.countDown();
        stubborn.awaitEnd();

        assertSlots(2);
    }

    @Test
    void closeInterruptsWhatRunsAndDropsWhatWaits() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Work first = start(never::await);
        Work second = start(never::await);
        slots.run(slot -> log.add("queued"));

        slots.close();

        first.awaitEnd();
        second.awaitEnd();
        assertThat(first.failure()).isInstanceOf(InterruptedException.class);
        assertThat(second.failure()).isInstanceOf(InterruptedException.class);
        assertThat(log).isEmpty();
    }

    @Test
    void workAfterCloseIsRefusedWhetherASlotIsFreeOrNot() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Work stubborn = start(() -> {
            while (gate.getCount() > 0) {
                Thread.onSpinWait();
            }
        });
        slots.resize(1);

        slots.close();

        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> slots.run(slot -> {}));
        gate.countDown();
        stubborn.awaitEnd();
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> slots.run(slot -> {}));
    }

    @Test
    void numberBelowOneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Slots.checkSize(0))
                .withMessage("slots must be 1 or more, but is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> slots.resize(-1)).withMessageContaining("-1");
    }

    @Test
    void slotsAreBusyOnceTwoPiecesOfWorkWaitForEachOfThem() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(6);
        for (int work = 1; work <= 6; work++) {
            assertThat(slots.isBusy()).isFalse();
            slots.run(slot -> {
                Work.pass(gate);
                ended.countDown();
            });
        }
        assertThat(slots.isBusy()).isTrue(); // two run, four wait

        gate.countDown();
        Work.pass(ended);
        assertThat(slots.isBusy()).isFalse();
    }

    @Test
    void slotsThatStartNoMoreWorkAreNotBusy() {
        CountDownLatch gate = new CountDownLatch(1);
        for (int work = 1; work <= 6; work++) {
            slots.run(slot -> Work.pass(gate));
        }

        CompletableFuture<Void> drained = slots.drain();

        assertThat(slots.isBusy()).isFalse();
        gate.countDown();
        drained.join();
    }

    private Thread newThread(Runnable work) {
        Thread thread = factory.newThread(work);
        threads.add(thread);
        return thread;
    }

    /**
     * Checks that this number of slots run at a time, even if there is more blocking work. Work that gets a slot at
     * once has a thread of its own. Work that waits for a slot runs on the thread that had the slot before.
     */
    private void assertSlots(int expected) throws InterruptedException {
        awaitSettled();
        Set<Thread> used = ConcurrentHashMap.newKeySet();
        Semaphore started = new Semaphore(0);
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(expected + 2);
        for (int i = 0; i < expected + 2; i++) {
            slots.run(slot -> {
                used.add(Thread.currentThread());
                started.release();
                Work.pass(gate);
                ended.countDown();
            });
        }
        assertThat(started.tryAcquire(expected, PATIENCE.toNanos(), NANOSECONDS))
                .as("%d slots run work", expected)
                .isTrue();
        gate.countDown();
        Work.pass(ended);
        assertThat(used).as("threads of %d slots", expected).hasSize(expected);
    }

    /** Waits until no thread of the slots is about to give a slot back: each is idle, or waits for a latch. */
    private void awaitSettled() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> threads.stream()
                        .allMatch(thread -> !thread.isAlive()
                                || isIn(thread, ThreadPoolExecutor.class, "getTask")
                                || isIn(thread, CountDownLatch.class, "await")));
    }

    private String next() throws InterruptedException {
        String next = log.poll(PATIENCE.toNanos(), NANOSECONDS);
        return next == null ? "nothing" : next;
    }

    private Work prepare(Work.Code code) {
        Work work = new Work();
        slots.run(slot -> work.run(slot, code));
        return work;
    }

    private Work prepareAlone(Work.Code code) {
        Work work = new Work();
        slots.runExclusively(slot -> work.run(slot, code));
        return work;
    }

    private Work start(Work.Code code) {
        Work work = prepare(code);
        work.awaitStart();
        return work;
    }

    /** Starts work that lends its slot until the gate opens, and returns once the slot is lent. */
    private Work startLending(CountDownLatch gate) {
        return startLending(gate, slots::run);
    }

    private static Work startLending(CountDownLatch gate, Consumer<SlotWork> run) {
        CountDownLatch lent = new CountDownLatch(1);
        Work work = new Work();
        run.accept(slot -> work.run(
                slot,
                () -> slot.lend(() -> {
                    lent.countDown();
                    gate.await();
                    return gate;
                })));
        Work.pass(lent);
        return work;
    }

    private static void lendUntil(Slot slot, CountDownLatch lent, CountDownLatch waited) {
        try {
            slot.lend(() -> {
                lent.countDown();
                waited.await();
                return waited;
            });
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitWaiting(Thread thread) {
        await().atMost(PATIENCE).until(() -> isIn(thread, SlotLease.class, "takeBack"));
    }

    private static boolean isIn(Thread thread, Class<?> type, String method) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(type.getName())
                        && frame.getMethodName().equals(method));
    }
}
