package io.github.ignitetasks.local;

import io.github.ignitetasks.internal.execution.CallExecution;
import io.github.ignitetasks.internal.execution.Slots;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * The threads of this JVM that run the calls of a session.
 *
 * @param description what they are, for people
 * @param start runs a call whose upstreams are all Completed
 * @param sequential whether it does so before it returns
 * @param slots returns how many calls run at a time
 * @param freeSlots returns how many more could run now
 * @param closer ends the threads
 */
record LocalThreads(
        String description,
        Consumer<CallExecution<?>> start,
        boolean sequential,
        IntSupplier slots,
        IntSupplier freeSlots,
        Runnable closer) {

    /** Returns the threads of slots. */
    static LocalThreads of(Slots slots) {
        return new LocalThreads(
                "this JVM, " + slots.size() + " slots",
                call -> call.runIn(slots),
                false,
                slots::size,
                slots::freeSlots,
                slots::close);
    }

    /** Returns the threads that submit calls. */
    static LocalThreads ofSubmitters() {
        return new LocalThreads("the submitting thread", CallExecution::runHere, true, () -> 1, () -> 0, () -> {});
    }
}
