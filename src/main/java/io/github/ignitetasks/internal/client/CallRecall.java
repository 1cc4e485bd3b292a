package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.internal.execution.Timer;
import java.util.List;

/**
 * The recall of calls that wait behind slow calls at one node while another node is idle. Once a node has moved no call
 * on for a moment, it is asked to return as many as the free slots do in a moment, judged by recent run times. It is
 * asked to return half of them if they are more work than a moment. Its owner, the {@link Dispatcher}, guards it.
 */
final class CallRecall {
    private final Timer timer;
    private boolean checking;

    CallRecall(Timer timer) {
        this.timer = timer;
    }

    /**
     * Recalls calls while there are free slots elsewhere. Does nothing while a later check is due anyway.
     *
     * @param sends gets the requests to the nodes, which must run outside the lock
     * @param checkAgain runs later, if a node may have to be asked then
     */
    void check(NodeQueues queues, List<Runnable> sends, Runnable checkAgain) {
        if (checking || !queues.haveFreeSlots() || queues.withAhead().isEmpty()) {
            return;
        }
        int free = queues.freeSlots();
        boolean again = false;
        for (NodeQueue queue : queues.withAhead()) {
            if (free <= 0) {
                break;
            }
            int number = number(queue, free, System.nanoTime());
            if (number > 0) {
                free -= queue.window().slotsFor(number);
                queue.onRecall(System.nanoTime());
                sends.add(() -> queue.link().recall(number));
            }
            again = true;
        }
        if (again) {
            timer.after(ClientTimings.RECALL, checkAgain);
            checking = true; // under the owner's lock, so before the check runs
        }
    }

    /** Returns how many calls a node is asked to return while others have free slots, of which there are so many. */
    static int number(NodeQueue queue, int free, long now) {
        boolean isStill = now - queue.lastMove() >= ClientTimings.RECALL.toNanos();
        int done = isStill ? Math.min(queue.window().calls(free), queue.ahead()) : 0;
        boolean isLong = queue.nanosAhead() >= ClientTimings.LONG_AHEAD.toNanos();
        return isLong ? Math.max(done, (queue.ahead() + 1) / 2) : done;
    }

    /** Notes that the later check runs now. */
    void onCheckAgain() {
        checking = false;
    }
}
