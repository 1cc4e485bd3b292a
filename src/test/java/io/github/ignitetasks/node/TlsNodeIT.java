package io.github.ignitetasks.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.Tls;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.Identity;
import io.github.ignitetasks.support.SpringMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.ignite.Ignition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests which clients and servers a grid node from the jar accepts with TLS from its environment. */
final class TlsNodeIT {
    @TempDir
    private static Path folder;

    private static Tls runner;
    private static Map<String, String> grid;
    private static NodeProcess node;
    private static NodeProcess stranger;
    private static NodeProcess plain;

    @BeforeAll
    static void startNodes() {
        Identity ofGrid = Identity.make(folder, "grid");
        Identity ofRunner = Identity.make(folder, "runner");
        Path trust = Identity.trust(folder.resolve("trust.p12"), ofGrid, ofRunner);
        runner = ofRunner.trusting(trust);
        grid = ofGrid.environmentTrusting(trust);
        node = NodeProcess.ofJarIn(grid);
        node.awaitJoined();
        stranger = node.addJarIn(Identity.make(folder, "stranger").environmentTrusting(trust));
        plain = node.addJarIn(Map.of());
    }

    @AfterAll
    static void closeNodes() {
        plain.close();
        stranger.close();
        node.close();
    }

    @Test
    void nodeWithTheTlsOfTheEnvironmentRunsTasksOfARunnerAndKeepsItsPasswordsToItself() {
        try (TaskSession session = IgniteTaskRunner.builder()
                .address(node.address())
                .tls(runner)
                .build()
                .start()) {
            assertThat(session.submit("product", () -> 6 * 7).result(Deadlines.PATIENCE))
                    .isEqualTo(42);
            assertThat(Ignition.allGrids().get(0).cluster().nodes())
                    .hasSize(2)
                    .noneMatch(each -> each.attributes().containsValue(Identity.PASSWORD));
        }
    }

    @Test
    void nodeWithAForeignCertificateEndsNamingIt() {
        assertThat(stranger.jvm().awaitText("does not accept the certificate of this one, CN=stranger: "))
                .contains("the node at " + node.address());
        assertThat(stranger.jvm().awaitExit()).isEqualTo(2);
    }

    @Test
    void nodeWithoutTlsEndsSayingHowToGiveItSome() {
        assertThat(plain.jvm().awaitText("asks for TLS, and this one has none; set sslContextFactory"))
                .contains("the node at " + node.address())
                .contains("IGNITE_TASKS_KEY_STORE");
        assertThat(plain.jvm().awaitExit()).isEqualTo(2);
    }

    @Test
    void environmentThatIsNotWholeIsAUsageErrorThatNamesWhatIsMissing() {
        Map<String, String> environment = new HashMap<>(grid);
        environment.remove("IGNITE_TASKS_TRUST_STORE");
        try (NodeProcess refused = NodeProcess.ofJarIn(environment)) {
            refused.jvm().awaitText("IGNITE_TASKS_TRUST_STORE must be set");
            assertThat(refused.jvm().awaitExit()).isEqualTo(2);
        }
    }

    @Test
    void clientOfTheFileHasTheTlsOfTheEnvironment() throws IOException {
        String client = Files.readString(Path.of("config", "client.xml")).replace("127.0.0.1:47500", node.address());
        Path file = Files.writeString(folder.resolve("client.xml"), client);
        List<String> command = List.of(
                "@" + System.getProperty("jvm.opens.file"),
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                "-cp",
                System.getProperty("java.class.path"),
                SpringMain.class.getName(),
                file.toString());
        try (ChildJvm joined = ChildJvm.start(command, grid)) {
            assertThat(joined.awaitLine("started ")).isNotEmpty();
        }
    }
}
