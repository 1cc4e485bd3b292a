package io.github.ignitetasks.benchmarks.peers;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;

/** The tasks that run at a time. When the window is full, it waits for the oldest task before it adds another one. */
final class Window {
    private final Queue<Callable<Integer>> underWay = new ArrayDeque<>();
    private final int size;
    private int oldest;

    private Window(int size, int first) {
        this.size = size;
        this.oldest = first;
    }

    /** Runs tasks on a peer, and returns the time that they took, in nanoseconds. */
    static long run(Peer peer, int first, int tasks, int size) throws Exception {
        Window window = new Window(size, first);
        long start = System.nanoTime();
        for (int n = first; n < first + tasks; n++) {
            window.add(peer.start(n));
        }
        window.awaitAll();
        return System.nanoTime() - start;
    }

    private void add(Callable<Integer> task) throws Exception {
        if (underWay.size() == size) {
            awaitOldest();
        }
        underWay.add(task);
    }

    private void awaitAll() throws Exception {
        while (!underWay.isEmpty()) {
            awaitOldest();
        }
    }

    private void awaitOldest() throws Exception {
        int result = underWay.remove().call();
        oldest++;
        if (result != oldest) {
            throw new IllegalStateException("the result should be " + oldest + ", but is " + result);
        }
    }
}
