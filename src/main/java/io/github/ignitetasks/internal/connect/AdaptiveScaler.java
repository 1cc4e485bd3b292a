package io.github.ignitetasks.internal.connect;

import io.github.ignitetasks.cluster.AdaptiveScaling;
import io.github.ignitetasks.cluster.Cluster;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A scaler that periodically adapts the size of a cluster to its load, on a thread of its own. */
public final class AdaptiveScaler {
    private static final Logger LOG = LoggerFactory.getLogger(AdaptiveScaler.class);
    private static final long STOP_TIMEOUT_SECONDS = 30;

    private final AdaptiveScaling settings;
    private final Cluster cluster;
    private final Load load;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "ignite-tasks-scaling");

    /** The number of successive checks that wanted fewer nodes than there are. Confined to the thread. */
    private int spareLooks;

    /** The largest number of nodes that one of these checks wanted. Confined to the thread. */
    private int needed;

    private AdaptiveScaler(AdaptiveScaling settings, Cluster cluster, Load load) {
        this.settings = settings;
        this.cluster = cluster;
        this.load = load;
        thread.setDaemon(true);
    }

    /** Starts to scale a running cluster. */
    public static AdaptiveScaler start(AdaptiveScaling settings, Cluster cluster, Load load) {
        AdaptiveScaler scaler = new AdaptiveScaler(settings, cluster, load);
        scaler.thread.start();
        return scaler;
    }

    /** Returns the number of nodes that a load needs. The load was measured with the given number of nodes. */
    static int wanted(AdaptiveScaling settings, Load.Snapshot snapshot, int nodes) {
        double slotsPerNode = Math.max(1.0, (double) snapshot.slots() / nodes);
        double work = (double) snapshot.calls()
                * snapshot.meanTime().toNanos()
                / settings.targetDuration().toNanos();
        double wanted = Math.min(Math.ceil(work / slotsPerNode), Math.ceil(snapshot.calls() / slotsPerNode));
        return (int) Math.max(settings.minimum(), Math.min(settings.maximum(), wanted));
    }

    /**
     * Stops scaling. This method waits up to 30 seconds for a change of size in progress. The cluster keeps its size.
     */
    public void stop() {
        stopping.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(STOP_TIMEOUT_SECONDS));
            if (thread.isAlive()) {
                LOG.warn("the cluster still changes its size {} s after its session ended", STOP_TIMEOUT_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                adapt();
            } while (!stopping.await(settings.interval().toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // no code interrupts this thread; an interrupt would end it
        }
    }

    private void adapt() {
        try {
            int nodes = Math.max(1, cluster.nodes());
            int wanted = wanted(settings, load.snapshot(), nodes);
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
            if (stopping.getCount() > 0) {
                LOG.warn("the cluster could not follow its load; it is tried again in {}", settings.interval(), e);
            }
        }
    }

    private void scale(int from, int to) {
        LOG.info("the cluster adapts from {} nodes to {}", from, to);
        cluster.scale(to);
    }
}
