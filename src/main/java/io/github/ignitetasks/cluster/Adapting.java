package io.github.ignitetasks.cluster;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes the size of a cluster by its load, look after look, on a thread of its own. */
final class Adapting {
    private static final Logger LOG = LoggerFactory.getLogger(Adapting.class);
    private static final long END_TIMEOUT_SECONDS = 30;

    private final AdaptiveScaling settings;
    private final Cluster cluster;
    private final Load load;
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "ignite-tasks-adapting");

    /** How many looks in a row have wanted fewer nodes than there are; of the thread. */
    private int spareLooks;

    /** The most nodes that one of these looks has wanted; of the thread. */
    private int needed;

    Adapting(AdaptiveScaling settings, Cluster cluster, Load load) {
        this.settings = settings;
        this.cluster = cluster;
        this.load = load;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Ends it; a node that is being started or retired meanwhile is waited for, for a while. */
    void end() {
        ending.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(END_TIMEOUT_SECONDS));
            if (thread.isAlive()) {
                LOG.warn("the cluster still changes its size {} s after its session ended", END_TIMEOUT_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                adapt();
            } while (!ending.await(settings.interval().toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does, and it would mean to end
        }
    }

    private void adapt() {
        try {
            int nodes = Math.max(1, cluster.nodes());
            int wanted = settings.wanted(load.look(), nodes);
            if (wanted > nodes) {
                spareLooks = 0;
                scale(nodes, wanted);
            } else if (wanted == nodes) {
                spareLooks = 0;
            } else {
                needed = spareLooks == 0 ? wanted : Math.max(needed, wanted);
                spareLooks++;
                if (spareLooks >= settings.waitCount()) {
                    spareLooks = 0;
                    scale(nodes, needed);
                }
            }
        } catch (RuntimeException e) {
            if (ending.getCount() > 0) {
                LOG.warn("the cluster could not follow its load; it is tried again in {}", settings.interval(), e);
            }
        }
    }

    private void scale(int from, int to) {
        LOG.info("the cluster adapts from {} nodes to {}", from, to);
        cluster.scale(to);
    }
}
