package io.github.ignitetasks.internal.execution;

import io.github.ignitetasks.internal.context.RunningCall.Wait;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The lease of one slot, or of all, by a piece of work. */
final class SlotLease implements Slot {
    private final Slots slots;
    private Holding holding = Holding.HELD; // guarded by this

    /** Whether it stands for all slots; the work's own thread writes it while the slot is lent. */
    private boolean exclusive;

    private enum Holding {
        HELD,
        LENT,
        GIVEN_UP
    }

    /** Makes a lease of one slot, or of all of them. */
    SlotLease(Slots slots, boolean exclusive) {
        this.slots = slots;
        this.exclusive = exclusive;
    }

    /** Runs work, and returns the next work for its slot. If an error ends this thread, the slot is not lost. */
    @Nullable
    SlotWork run(SlotWork work) {
        boolean ended = false;
        try {
            work.accept(this);
            ended = true;
        } finally {
            if (!ended) {
                giveUp();
                slots.giveBack(work.requirements());
            }
        }
        if (change(Holding.HELD, Holding.GIVEN_UP)) {
            return slots.release(exclusive, work.requirements());
        }
        slots.giveBack(work.requirements());
        return null;
    }

    @Override
    public <T extends @Nullable Object> T lend(Wait<T> wait) throws InterruptedException {
        if (!change(Holding.HELD, Holding.LENT)) {
            return wait.await();
        }
        slots.releaseToOther(exclusive);
        boolean interrupted = false;
        try {
            return wait.await();
        } catch (InterruptedException e) {
            interrupted = true;
            throw e;
        } finally {
            comeBack(interrupted);
        }
    }

    private void comeBack(boolean now) throws InterruptedException {
        try {
            if (now) {
                slots.takeBackNow();
                exclusive = false;
            } else {
                takeBack();
            }
        } finally {
            if (!change(Holding.LENT, Holding.HELD)) {
                slots.releaseToOther(exclusive); // the slot was given up meanwhile
            }
        }
    }

    private void takeBack() throws InterruptedException {
        CountDownLatch granted = slots.takeBack(exclusive);
        if (granted == null) {
            return;
        }
        try {
            granted.await();
        } catch (InterruptedException e) {
            if (slots.takeBackEarly(granted, exclusive)) {
                exclusive = false;
            }
            throw e;
        }
    }

    @Override
    public void giveUp() {
        if (change(Holding.HELD, Holding.GIVEN_UP)) {
            slots.releaseToOther(exclusive);
        } else {
            change(Holding.LENT, Holding.GIVEN_UP);
        }
    }

    private synchronized boolean change(Holding from, Holding to) {
        boolean applies = holding == from;
        if (applies) {
            holding = to;
        }
        return applies;
    }
}
