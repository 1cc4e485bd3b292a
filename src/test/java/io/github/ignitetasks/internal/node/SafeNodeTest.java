package io.github.ignitetasks.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.internal.folder.WorkFolder;
import java.util.List;
import org.apache.ignite.IgniteSystemProperties;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.spi.communication.tcp.TcpCommunicationSpi;
import org.junit.jupiter.api.Test;

/** Tests the settings of nodes. */
final class SafeNodeTest {

    /** With Ignite's default sizes, loopback connections stall under load. */
    @Test
    void nodeLeavesTheSizeOfSocketBuffersToTheSystemWhetherClientOrServer() {
        try (WorkFolder work = WorkFolder.make()) {
            IgniteConfiguration client = SafeNode.configuration("127.0.0.1", List.of("127.0.0.1:47500"), 1, work);
            assertSystemsBuffers(client);

            IgniteConfiguration server = SafeNode.server(client, 47_500, 47_100, 64 << 20);
            assertSystemsBuffers(server);
        }
    }

    @Test
    void nodeNotesNoLocksOfPagesUnlessToldTo() {
        String property = IgniteSystemProperties.IGNITE_PAGE_LOCK_TRACKER_TYPE;
        String before = System.getProperty(property);
        try {
            System.clearProperty(property);
            SafeNode.prepareJvm();
            assertThat(System.getProperty(property)).isEqualTo("-1");

            System.setProperty(property, "2");
            SafeNode.prepareJvm();
            assertThat(System.getProperty(property)).isEqualTo("2");
        } finally {
            System.setProperty(property, before == null ? "-1" : before);
        }
    }

    private static void assertSystemsBuffers(IgniteConfiguration node) {
        TcpCommunicationSpi communication = (TcpCommunicationSpi) node.getCommunicationSpi();
        assertThat(communication.getSocketSendBuffer()).isZero();
        assertThat(communication.getSocketReceiveBuffer()).isZero();
    }
}
