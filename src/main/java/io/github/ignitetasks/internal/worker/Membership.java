package io.github.ignitetasks.internal.worker;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.events.DiscoveryEvent;
import org.apache.ignite.events.Event;
import org.apache.ignite.events.EventType;
import org.apache.ignite.lang.IgnitePredicate;

/** A listener for the nodes that join a grid or leave it. */
public final class Membership implements AutoCloseable {
    private static final int[] TYPES = {EventType.EVT_NODE_JOINED, EventType.EVT_NODE_LEFT, EventType.EVT_NODE_FAILED};

    private final Ignite ignite;
    private final IgnitePredicate<Event> listener;

    private Membership(Ignite ignite, IgnitePredicate<Event> listener) {
        this.ignite = ignite;
        this.listener = listener;
    }

    /** Starts to listen; the executor runs the actions. */
    public static Membership listen(
            Ignite ignite, Executor executor, Consumer<ClusterNode> onJoined, Consumer<ClusterNode> onLeft) {
        IgnitePredicate<Event> listener = event -> {
            ClusterNode node = ((DiscoveryEvent) event).eventNode();
            executor.execute(() -> (event.type() == EventType.EVT_NODE_JOINED ? onJoined : onLeft).accept(node));
            return true;
        };
        ignite.events().localListen(listener, TYPES);
        return new Membership(ignite, listener);
    }

    @Override
    public void close() {
        ignite.events().stopLocalListen(listener, TYPES);
    }
}
