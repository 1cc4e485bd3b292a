package io.github.ignitetasks.internal.compat;

import static java.util.Collections.singleton;
import static org.apache.ignite.events.EventType.EVT_NODE_JOINED;
import static org.apache.ignite.internal.events.DiscoveryCustomEvent.EVT_DISCOVERY_CUSTOM_EVT;

import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.spi.IgniteSpiMultipleInstancesSupport;
import org.apache.ignite.spi.discovery.DiscoveryNotification;
import org.apache.ignite.spi.discovery.DiscoverySpiCustomMessage;
import org.apache.ignite.spi.discovery.DiscoverySpiHistorySupport;
import org.apache.ignite.spi.discovery.DiscoverySpiListener;
import org.apache.ignite.spi.discovery.DiscoverySpiOrderSupport;
import org.apache.ignite.spi.discovery.isolated.IsolatedDiscoverySpi;
import org.jspecify.annotations.Nullable;

/**
 * Discovery for a node that is alone. It differs from Ignite's own in its event thread: events arrive one after
 * another, on a daemon thread that has the name of the node, like all threads of the node.
 */
@IgniteSpiMultipleInstancesSupport(true)
@DiscoverySpiHistorySupport(true)
@DiscoverySpiOrderSupport(true)
public final class IsolatedDiscovery extends IsolatedDiscoverySpi {
    private final ExecutorService events;
    private @Nullable DiscoverySpiListener listener;

    /** Creates the discovery of a node of this name. */
    public IsolatedDiscovery(String instanceName) {
        events = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "discovery-%" + instanceName + "%");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void setListener(@Nullable DiscoverySpiListener listener) {
        super.setListener(listener);
        this.listener = listener;
    }

    @Override
    public void spiStart(@Nullable String instanceName) {
        events.execute(() -> {
            listener().onLocalNodeInitialized(getLocalNode());
            listener().onDiscovery(notification(EVT_NODE_JOINED, null));
        });
    }

    @Override
    @SuppressWarnings("serial") // Ignite never serializes this listener
    public void sendCustomEvent(DiscoverySpiCustomMessage message) {
        events.execute(() -> listener()
                .onDiscovery(notification(EVT_DISCOVERY_CUSTOM_EVT, message))
                .listen(handled -> acknowledge(message)));
    }

    private void acknowledge(DiscoverySpiCustomMessage message) {
        DiscoverySpiCustomMessage acknowledgement = message.ackMessage();
        if (acknowledgement != null) {
            events.execute(() -> listener().onDiscovery(notification(EVT_DISCOVERY_CUSTOM_EVT, acknowledgement)));
        }
    }

    private DiscoveryNotification notification(int event, @Nullable DiscoverySpiCustomMessage message) {
        ClusterNode node = getLocalNode();
        return new DiscoveryNotification(event, 1, node, singleton(node), null, message, null);
    }

    private DiscoverySpiListener listener() {
        return Objects.requireNonNull(listener, "Ignite sets it before the start");
    }

    @Override
    public void spiStop() {
        super.spiStop();
        events.shutdownNow();
    }
}
