package io.github.ignitetasks.benchmarks.peers;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;

/** A number of tasks that are under way at a time: before the next is started, the oldest is waited for. */
final class Window {
    private final Queue<Callable<Integer>> underWay = new ArrayDeque<>();
    private final int size;
    private int oldest;

    private Window(int size, int first) {
        this.size = size;
        this.oldest = first;
    }

    /** Has a peer run so many tasks, and returns how long it took, in nanoseconds. */
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
