package io.github.ignitetasks.benchmarks.peers;

import java.util.concurrent.Callable;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCompute;
import org.apache.ignite.lang.IgniteFuture;

/** {@code IgniteCompute.callAsync}, without keys and records. */
public final class RawIgnite implements Peer {
    private final IgniteCompute compute;
    private final IgniteBody body;

    /** Creates a peer that runs a body on an Ignite's servers. */
    public RawIgnite(Ignite ignite, IgniteBody body) {
        this.compute = ignite.compute(ignite.cluster().forServers());
        this.body = body;
    }

    @Override
    public Callable<Integer> start(int number) {
        IgniteFuture<Integer> result = compute.callAsync(body.of(number));
        return result::get;
    }
}
