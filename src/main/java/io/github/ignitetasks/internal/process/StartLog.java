package io.github.ignitetasks.internal.process;

import io.github.ignitetasks.internal.base.ElapsedTime;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines of the log that tell how far the start of some nodes is. Safe to share between threads. */
final class StartLog {
    private static final Logger LOG = LoggerFactory.getLogger(StartLog.class);

    /** Of more nodes, this many lines tell how far they are. */
    private static final int MOST_LINES = 20;

    private final int count;
    private final long startNanos = System.nanoTime();
    private final AtomicInteger joined = new AtomicInteger();

    private StartLog(int count) {
        this.count = count;
    }

    /**
     * Logs that nodes are being started.
     *
     * @param count how many
     * @param known how many nodes the cluster has already
     * @param where where they run
     */
    static StartLog begin(int count, int known, String where) {
        String nodes = count == 1 ? "node" : "nodes";
        if (known == 0) {
            LOG.info("starting a local cluster of {} {}, {}", count, nodes, where);
        } else {
            LOG.info("starting {} more {} of the local cluster, {}; it has {}", count, nodes, where, known);
        }
        return new StartLog(count);
    }

    /** Logs that a node has joined. */
    void joined(String address) {
        int number = joined.incrementAndGet();
        int step = (count + MOST_LINES - 1) / MOST_LINES;
        if (number % step == 0 || number == count) {
            String time = ElapsedTime.text(System.nanoTime() - startNanos);
            LOG.info("node {} has joined, {} of {}, after {}", address, number, count, time);
        }
    }

    /** Logs that all nodes are being started anew. */
    void again() {
        LOG.info("another process has taken a port of a new node; starting with other ports");
        joined.set(0);
    }
}
