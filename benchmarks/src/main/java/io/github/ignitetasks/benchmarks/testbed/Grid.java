package io.github.ignitetasks.benchmarks.testbed;

import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Compilers;
import io.github.ignitetasks.benchmarks.measure.WarmUp;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import java.util.ArrayList;
import java.util.List;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;

/** Server processes on this machine, and a client node in this JVM. */
public final class Grid implements Testbed {
    private static final int NOT_RECORDED = -1;

    private final Cluster cluster;
    private final Client client;
    private final WarmUp warmUp = new WarmUp(this);
    private boolean killed;

    private Grid(Cluster cluster) {
        this.cluster = cluster;
        this.client = new Client(cluster);
    }

    static Grid start(int nodes, int slotsPerNode) {
        Cluster cluster = LocalCluster.builder()
                .nodes(nodes)
                .slotsPerNode(slotsPerNode)
                .build()
                .start();
        try {
            return new Grid(cluster);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    @Override
    public Ignite ignite() {
        return client.ignite();
    }

    @Override
    public TaskSession openSession() {
        return IgniteTaskRunner.builder().ignite(client.ignite()).build().start();
    }

    @Override
    public WarmUp warmUp() {
        return warmUp;
    }

    @Override
    public long compileMillis() {
        return Compilers.millisHere()
                + ignite().compute(ignite().cluster().forServers()).broadcast(Compilers::millisHere).stream()
                        .mapToLong(Long::longValue)
                        .sum();
    }

    /** Kills the process of one server, as a failure of its machine would. Does nothing if it was called before. */
    public void killServer() {
        if (killed) {
            return;
        }
        killed = true;
        ClusterNode server = ignite().cluster().forServers().nodes().iterator().next();
        long pid = ignite().compute(ignite().cluster().forNode(server))
                .call(() -> ProcessHandle.current().pid());
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    /** Returns how many keys have no record on the grid, as a client that joins now sees it. */
    public int countMissing(FreshKeys keys) {
        int missing = 0;
        try (TaskSession session =
                IgniteTaskRunner.builder().cluster(cluster).build().start()) {
            List<TaskFuture<Integer>> futures = new ArrayList<>(keys.taken());
            for (int n = 0; n < keys.taken(); n++) {
                // the call runs only if there is no record
                futures.add(session.submit(keys.key(n), () -> NOT_RECORDED));
            }
            for (int n = 0; n < keys.taken(); n++) {
                if (futures.get(n).result() != n + 1) {
                    missing++;
                }
            }
        }
        return missing;
    }

    @Override
    public void close() {
        client.close();
        cluster.close();
    }
}
