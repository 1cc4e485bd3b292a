package io.github.ignitetasks.benchmarks.testbed;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Compilers;
import io.github.ignitetasks.benchmarks.measure.WarmUp;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;

/** The node in this JVM that a runner starts by default. */
public final class EmbeddedNode implements Testbed {
    private final TaskSession owner;
    private final Ignite ignite;
    private final WarmUp warmUp = new WarmUp(this);

    private EmbeddedNode(TaskSession owner) {
        this.owner = owner;
        this.ignite = Ignition.allGrids().get(0);
    }

    static EmbeddedNode start() {
        return new EmbeddedNode(IgniteTaskRunner.create().start());
    }

    @Override
    public Ignite ignite() {
        return ignite;
    }

    /** Opens a session whose records live as long as the node, like those of the session that started the node. */
    @Override
    public TaskSession openSession() {
        return IgniteTaskRunner.builder()
                .ignite(ignite)
                .resultTtl(CallOptions.FOREVER)
                .build()
                .start();
    }

    @Override
    public WarmUp warmUp() {
        return warmUp;
    }

    @Override
    public long compileMillis() {
        return Compilers.millisHere();
    }

    @Override
    public void close() {
        owner.close();
    }
}
