package io.github.ignitetasks.internal.execution;

import io.github.ignitetasks.internal.context.RunningCall.Wait;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The lease of one slot by a piece of work. */
final class SlotLease implements Slot {
    private final Slots slots;
    private Holding holding = Holding.HELD; // guarded by this

    /** Whether it stands for all slots; the work's own thread writes it while the slot is lent. */
    private boolean all;

    /** Makes a lease of one slot, or of all of them. */
    SlotLease(Slots slots, boolean all) {
        this.slots = slots;
        this.all = all;
    }

    @Override
    public <T extends @Nullable Object> T lend(Wait<T> wait) throws InterruptedException {
        if (!change(Holding.HELD, Holding.LENT)) {
            return wait.await();
        }
        giveBack();
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
                all = false;
            } else if (all) {
                comeBackAlone();
            } else {
                slots.takeBack();
            }
        } finally {
            if (!change(Holding.LENT, Holding.HELD)) {
                giveBack(); // the slot was given up meanwhile
            }
        }
    }

    private void comeBackAlone() throws InterruptedException {
        CountDownLatch granted = slots.queueToBeAlone();
        try {
            granted.await();
        } catch (InterruptedException e) {
            all = !slots.takeBackBesideOthers(granted);
            throw e;
        }
    }

    private void giveBack() {
        if (all) {
            slots.releaseAll();
        } else {
            slots.releaseToOther();
        }
    }

    @Override
    public void giveUp() {
        if (change(Holding.HELD, Holding.GIVEN_UP)) {
            giveBack();
        } else {
            change(Holding.LENT, Holding.GIVEN_UP);
        }
    }

    /** Ends the lease; returns the work to run in the slot next, if there is any. */
    @Nullable
    Consumer<Slot> end() {
        if (!change(Holding.HELD, Holding.GIVEN_UP)) {
            return null;
        }
        if (!all) {
            return slots.release();
        }
        slots.releaseAll();
        return null;
    }

    private synchronized boolean change(Holding from, Holding to) {
        boolean applies = holding == from;
        if (applies) {
            holding = to;
        }
        return applies;
    }

    private enum Holding {
        HELD,
        LENT,
        GIVEN_UP
    }
}
