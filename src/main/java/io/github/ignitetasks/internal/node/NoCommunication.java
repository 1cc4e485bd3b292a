package io.github.ignitetasks.internal.node;

import java.io.Serializable;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.spi.IgniteSpiAdapter;
import org.apache.ignite.spi.IgniteSpiException;
import org.apache.ignite.spi.IgniteSpiMultipleInstancesSupport;
import org.apache.ignite.spi.communication.CommunicationListener;
import org.apache.ignite.spi.communication.CommunicationSpi;
import org.jspecify.annotations.Nullable;

/**
 * The communication SPI of a node that is alone. It does not listen. Ignite does not use it for messages of a node to
 * itself.
 */
@IgniteSpiMultipleInstancesSupport(true)
final class NoCommunication extends IgniteSpiAdapter implements CommunicationSpi<Serializable> {

    @Override
    public void sendMessage(ClusterNode node, Serializable message) {
        throw new IgniteSpiException("this node is alone, and cannot send to node " + node.id());
    }

    @Override
    public void spiStart(@Nullable String instanceName) {
        // nothing to start
    }

    @Override
    public void spiStop() {
        // nothing to stop
    }

    @Override
    public int getSentMessagesCount() {
        return 0;
    }

    @Override
    public long getSentBytesCount() {
        return 0;
    }

    @Override
    public int getReceivedMessagesCount() {
        return 0;
    }

    @Override
    public long getReceivedBytesCount() {
        return 0;
    }

    @Override
    public int getOutboundMessagesQueueSize() {
        return 0;
    }

    @Override
    public void resetMetrics() {
        // there are no metrics
    }

    @Override
    public void setListener(@Nullable CommunicationListener<Serializable> listener) {
        // no message arrives
    }
}
