package io.github.ignitetasks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.internal.tls.OneTimeCredentials;
import io.github.ignitetasks.internal.tls.TlsPeer;
import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.Identity;
import io.github.ignitetasks.support.ProcessSockets;
import io.github.ignitetasks.support.Stranger;
import io.github.ignitetasks.support.StrangerMain;
import io.github.ignitetasks.support.Tripwire;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.ignite.Ignition;
import org.apache.ignite.internal.util.IgniteUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that another user of this machine cannot get into a cluster of processes without TLS settings. */
final class StrangerIT {
    private static final Pattern NEEDED = Pattern.compile("/(ignite-core|cache-api|annotations|slf4j-api)-[^/]*jar");

    /** The maximum number of bytes of an answer. A client without a key gets a TLS alert and nothing else. */
    private static final int MOST_OF_AN_ANSWER = 64;

    private static final int CONNECTIONS = 100;

    private static final AtomicInteger KEYS = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static Stranger stranger;
    private static Cluster cluster;
    private static TaskSession session;
    private static long topology;

    /** The kinds of port of a node. */
    enum Port {
        DISCOVERY,
        COMMUNICATION
    }

    @BeforeAll
    static void start() throws IOException {
        stranger = Stranger.withAccessTo(folder);
        giveToStranger();
        cluster = LocalCluster.builder().nodes(2).slotsPerNode(1).build().start();
        session = IgniteTaskRunner.builder().cluster(cluster).build().start();
        topology = topology();
    }

    @AfterAll
    static void end() {
        session.close();
        cluster.close();
    }

    @AfterEach
    void clusterIsAsItWas() {
        assertThat(topology()).isEqualTo(topology);
        assertThat(cluster.nodes()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void nodeWithoutTlsDoesNotGetIn(String kind) throws IOException {
        assertKeptOut(join(kind));
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void nodeWithACertificateOfItsOwnDoesNotGetInBeItUnderTheNameOfTheClusters(String kind) throws IOException {
        String subject = OneTimeCredentials.SUBJECT.substring("CN=".length());
        Path keys = Identity.make(folder.resolve(kind + ".p12"), subject, "PKCS12", Identity.PASSWORD)
                .keyStore();
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));

        assertKeptOut(join(kind, keys.toString(), Identity.PASSWORD));
    }

    /** Ignite reads the first message of a connection before it knows the sender. */
    @ParameterizedTest
    @EnumSource
    void objectThatIsSentToAPortIsNotRead(Port port) throws IOException {
        Tripwire wire = new Tripwire(folder.resolve("tripped-" + port).toFile());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(IgniteUtils.IGNITE_HEADER);
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(wire);
        }

        assertNothingIsTold(port, bytes.toByteArray());

        assertThat(wire.isTripped()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void portTellsNothingToWhomSendsAnything(Port port) throws IOException {
        byte[] random = new byte[100_000];
        new Random(7).nextBytes(random);
        assertNothingIsTold(port, random);
        assertNothingIsTold(port, "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void clusterGoesOnWhileManyConnectionsSayNothing() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                for (Port port : Port.values()) {
                    silent.add(new Socket(InetAddress.getLoopbackAddress(), number(port)));
                }
            }
            assertThat(topology()).isEqualTo(topology);
            cluster.scale(3);
            cluster.scale(2);
            topology = topology();
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    /** The same user cannot join by the address alone either. The error names the remedy. */
    @Test
    void runnerByTheAddressAloneIsToldThatTheClusterHasASecret() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> IgniteTaskRunner.builder()
                        .address(cluster.address())
                        .build()
                        .start())
                .withMessageContaining("is of a LocalCluster without tls")
                .withMessageContaining("by cluster(...)")
                .withMessageContaining("give the LocalCluster");
    }

    @Test
    void portsOfNodesInThisJvmAskForTheKeyOfTheirCluster() {
        LocalCluster settings =
                LocalCluster.builder().nodes(1).processes(false).slotsPerNode(1).build();
        try (Cluster one = settings.start();
                Cluster other = settings.start()) {
            TlsPeer peer = new TlsPeer(new InetSocketAddress(InetAddress.getLoopbackAddress(), port(one.address())));
            assertThatExceptionOfType(CertificateException.class)
                    .isThrownBy(() -> peer.shakeHands(
                            other.tls().sslContextFactory().orElseThrow().create()));
            assertThat(one.ignite().orElseThrow().cluster().nodes()).hasSize(1);
        }
    }

    /** Copies the files that the stranger needs, because other users cannot read this user's folders. */
    private static void giveToStranger() throws IOException {
        Path jars = Files.createDirectory(folder.resolve("jars"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (NEEDED.matcher(entry).find()) {
                Files.copy(Path.of(entry), jars.resolve(Path.of(entry).getFileName()));
            }
        }
        String name = StrangerMain.class.getName().replace('.', '/') + ".class";
        Path copy = jars.resolve(name);
        Files.createDirectories(copy.getParent());
        Files.copy(
                Path.of(StrangerMain.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath())
                        .resolve(name),
                copy);
        Files.copy(Path.of(System.getProperty("jvm.opens.file")), folder.resolve("opens.args"));
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxrwxrwx"));
            }
        }
    }

    private static List<String> join(String kind, String... tls) throws IOException {
        Path work = Files.createTempDirectory(folder, kind);
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> arguments = new ArrayList<>(List.of(kind, cluster.address().split(",", -1)[0], work.toString()));
        arguments.addAll(List.of(tls));
        return arguments;
    }

    private static void assertKeptOut(List<String> arguments) {
        try (ChildJvm jvm = startStranger(arguments)) {
            assertThat(jvm.awaitText("refused ")).startsWith("refused ");
        }
    }

    private static void assertNothingIsTold(Port port, byte[] bytes) throws IOException {
        Path file = Files.write(Files.createTempFile(folder, "bytes", ""), bytes);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        try (ChildJvm jvm = startStranger(List.of("bytes", Integer.toString(number(port)), file.toString()))) {
            assertThat(Integer.parseInt(jvm.awaitLine("answered "))).isLessThan(MOST_OF_AN_ANSWER);
        }
    }

    private static ChildJvm startStranger(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                "@" + folder.resolve("opens.args"),
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                folder.resolve("jars") + "/*" + File.pathSeparator + folder.resolve("jars"),
                StrangerMain.class.getName()));
        command.addAll(arguments);
        ChildJvm jvm = stranger.start(command);
        String user = jvm.awaitLine("user ");
        assertThat(user.equals(System.getProperty("user.name"))).isEqualTo(!stranger.isAnother());
        return jvm;
    }

    private static int number(Port port) {
        int discovery = port(cluster.address().split(",", -1)[0]);
        if (port == Port.DISCOVERY) {
            return discovery;
        }
        return ProcessHandle.current()
                .children()
                .map(child -> ProcessSockets.of(child.pid()).listening())
                .map(addresses -> addresses.stream()
                        .map(address -> Integer.parseInt(address.substring(address.indexOf(':') + 1), 16))
                        .toList())
                .filter(ports -> ports.contains(discovery))
                .flatMap(List::stream)
                .filter(other -> other != discovery)
                .findFirst()
                .orElseThrow();
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1));
    }

    /** Returns the topology version that a node sees. It changes whenever a node joins or leaves. */
    private static long topology() {
        return session.submit(
                        "topology-" + KEYS.incrementAndGet(),
                        () -> Ignition.allGrids().get(0).cluster().topologyVersion())
                .result(Deadlines.PATIENCE);
    }
}
