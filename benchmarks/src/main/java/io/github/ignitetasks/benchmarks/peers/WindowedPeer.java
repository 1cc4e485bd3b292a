package io.github.ignitetasks.benchmarks.peers;

import io.github.ignitetasks.benchmarks.measure.Side;
import java.time.Duration;
import java.util.List;

/** A peer with the window that suits it best. Measures how many tasks a second it runs. */
public final class WindowedPeer implements Side {
    /** The windows to try. With more than 4,096 unacknowledged messages, Ignite starts to close connections. */
    private static final List<Integer> WINDOWS = List.of(128, 512, 2_048);

    private static final int TRIALS = 3;

    private final Peer peer;
    private final int tasks;
    private int next;
    private int window = WINDOWS.get(0);

    /** Takes a peer, and the number of tasks to run at a time. */
    public WindowedPeer(Peer peer, int tasks) {
        this.peer = peer;
        this.tasks = tasks;
    }

    /** Takes a peer that has so many tasks under way, and the number of tasks to run at a time. */
    public WindowedPeer(Peer peer, int tasks, int window) {
        this(peer, tasks);
        this.window = window;
    }

    /** Tries all windows, and keeps the fastest. */
    public void chooseWindow() throws Exception {
        long best = Long.MAX_VALUE;
        int chosen = window;
        for (int i = 0; i < TRIALS; i++) {
            for (int candidate : WINDOWS) {
                window = candidate;
                long nanos = run();
                if (nanos < best) {
                    best = nanos;
                    chosen = candidate;
                }
            }
        }
        window = chosen;
    }

    /** Returns the peer with the same window and another number of tasks to run at a time. */
    public WindowedPeer withTasks(int number) {
        WindowedPeer other = new WindowedPeer(peer, number);
        other.window = window;
        other.next = next;
        return other;
    }

    /** Returns the peer with the same window and with as many tasks as run for about a given time. */
    public WindowedPeer lasting(Duration duration) throws Exception {
        return withTasks((int) Math.ceil(measure() * duration.toMillis() / 1e3));
    }

    @Override
    public double measure() throws Exception {
        return tasks * 1e9 / run();
    }

    private long run() throws Exception {
        int first = next;
        next += tasks;
        return Window.run(peer, first, tasks, window);
    }
}
