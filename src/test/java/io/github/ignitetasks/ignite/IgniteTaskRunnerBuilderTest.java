package io.github.ignitetasks.ignite;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.ignitetasks.SessionLimits;
import io.github.ignitetasks.cluster.AdaptiveScaling;
import io.github.ignitetasks.cluster.ClientCustomizer;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.ClusterFactory;
import io.github.ignitetasks.cluster.EmbeddedCluster;
import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.cluster.Tls;
import io.github.ignitetasks.observe.RunReport;
import io.github.ignitetasks.support.Identity;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.ignite.Ignite;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IgniteTaskRunnerBuilderTest {
    private static final Ignite IGNITE = (Ignite) Proxy.newProxyInstance(
            Ignite.class.getClassLoader(), new Class<?>[] {Ignite.class}, (proxy, method, args) -> "some-ignite");

    @TempDir
    private static Path folder;

    private static Tls tls = Tls.none();

    /** Each way to specify the grid, by the name of its setting. */
    private static final Map<String, UnaryOperator<IgniteTaskRunnerBuilder>> SOURCES = Map.of(
            "ignite", builder -> builder.ignite(IGNITE),
            "address", builder -> builder.address("127.0.0.1:47500"),
            "cluster", builder -> builder.cluster(new StoppedCluster()),
            "clusterFactory", builder -> builder.clusterFactory(new EmbeddedCluster()),
            "springConfig", builder -> builder.springConfig(Path.of("node.xml")));

    @BeforeAll
    static void makeTls() {
        Identity runner = Identity.make(folder, "runner");
        tls = runner.trusting(Identity.trust(folder.resolve("trust.p12"), runner));
    }

    static Stream<Arguments> pairsOfSources() {
        return SOURCES.keySet().stream()
                .flatMap(one -> SOURCES.keySet().stream()
                        .filter(other -> !other.equals(one))
                        .map(other -> Arguments.of(one, other)));
    }

    @ParameterizedTest
    @MethodSource("pairsOfSources")
    void anyTwoSourcesOfTheGridAreRefusedNamingBoth(String one, String other) {
        IgniteTaskRunnerBuilder builder = given(other, given(one, IgniteTaskRunner.builder()));

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContaining(one + "=" + SHOWN.get(one))
                .withMessageContaining(other + "=" + SHOWN.get(other))
                .withMessageEndingWith("leave the others out");
    }

    @Test
    void reportIsAListener() {
        Path file = Path.of("run.html");

        assertThat(IgniteTaskRunner.builder().report(file).build())
                .isEqualTo(
                        IgniteTaskRunner.builder().listener(RunReport.to(file)).build())
                .isNotEqualTo(IgniteTaskRunner.create());
    }

    @Test
    void clusterOptionsWithoutAGridAreThoseOfALocalCluster() {
        Map<String, String> options = Map.of("nodes", "3", "processes", "false");

        assertThat(IgniteTaskRunner.builder().clusterOptions(options).build())
                .isEqualTo(IgniteTaskRunner.builder()
                        .clusterFactory(new LocalCluster())
                        .clusterOptions(options)
                        .build());
    }

    @Test
    void unknownClusterOptionWithoutAGridIsRefusedByItsNameWhenTheSessionStarts() {
        IgniteTaskRunner runner = IgniteTaskRunner.builder()
                .clusterOptions(Map.of("workers", "2"))
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(runner::start)
                .withMessageStartingWith("a local cluster has no option 'workers'; there are nodes");
    }

    @Test
    void otherSettingsOfARunnerWithClusterOptionsReachItsLocalCluster() {
        Map<String, String> options = Map.of("processes", "false");

        assertThat(IgniteTaskRunner.builder()
                        .clusterOptions(options)
                        .tls(tls)
                        .slots(3)
                        .adaptive(AdaptiveScaling.between(4, 5))
                        .build()
                        .toString())
                .contains(LocalCluster.builder()
                        .tls(tls)
                        .slotsPerNode(3)
                        .nodes(4)
                        .build()
                        .toString());
    }

    @Test
    void adaptiveScalingWithoutAGridIsThatOfALocalClusterOfTheSmallestSize() {
        AdaptiveScaling scaling = AdaptiveScaling.between(1, 4);

        assertThat(IgniteTaskRunner.builder().adaptive(scaling).build())
                .isEqualTo(IgniteTaskRunner.builder()
                        .clusterFactory(LocalCluster.builder().nodes(1).build())
                        .adaptive(scaling)
                        .build());
    }

    /** The settings that tests combine with each way to specify the grid. */
    private static final Map<String, UnaryOperator<IgniteTaskRunnerBuilder>> SETTINGS = Map.of(
            "clusterOptions", builder -> builder.clusterOptions(Map.of("nodes", "2")),
            "adaptive", builder -> builder.adaptive(AdaptiveScaling.between(1, 2)),
            "tls", builder -> builder.tls(tls),
            "joinTimeout", builder -> builder.joinTimeout(Duration.ofSeconds(7)),
            "clientConfiguration", builder -> builder.clientConfiguration(new NamedCustomizer()),
            "slots", builder -> builder.slots(2),
            "resultTtl", builder -> builder.resultTtl(Duration.ofMinutes(1)),
            "limits", builder -> builder.limits(SessionLimits.standard().withPendingCalls(7)));

    /** The settings that each way to specify the grid refuses. It accepts the others. */
    private static final Map<String, Set<String>> REFUSED = Map.of(
            "ignite", Set.of("clusterOptions", "adaptive", "tls", "joinTimeout", "clientConfiguration"),
            "address", Set.of("clusterOptions", "adaptive"),
            "cluster", Set.of("clusterOptions"),
            "clusterFactory", Set.of("adaptive", "joinTimeout", "clientConfiguration"),
            "springConfig", Set.of("clusterOptions", "adaptive", "tls", "joinTimeout", "clientConfiguration"));

    static Stream<Arguments> sourcesAndSettings() {
        return SOURCES.keySet().stream()
                .flatMap(source -> SETTINGS.keySet().stream().map(setting -> Arguments.of(source, setting)));
    }

    @ParameterizedTest
    @MethodSource("sourcesAndSettings")
    void settingThatASourceIgnoresIsRefusedNamingBothWithTheirValuesAndARemedy(String source, String setting) {
        IgniteTaskRunnerBuilder builder =
                requireNonNull(SETTINGS.get(setting)).apply(given(source, IgniteTaskRunner.builder()));

        if (!requireNonNull(REFUSED.get(source)).contains(setting)) {
            assertThat(builder.build())
                    .isNotEqualTo(given(source, IgniteTaskRunner.builder()).build());
            return;
        }
        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageStartingWith(setting + " cannot be combined with " + source + ", but they are ")
                .withMessageContaining(setting + "=" + requireNonNull(SHOWN.get(setting)))
                .withMessageContaining(source + "=" + requireNonNull(SHOWN.get(source)))
                .withMessageContaining("leave ");
    }

    /** The text of the values above in messages. */
    private static final Map<String, String> SHOWN = Map.of(
            "clusterOptions", "{nodes=2}",
            "adaptive", "AdaptiveScaling[minimum=1, maximum=2",
            "tls", "TLS",
            "joinTimeout", "PT7S",
            "clientConfiguration", "named customizer",
            "ignite", "HandedIgnite[",
            "address", "[127.0.0.1:47500]",
            "cluster", "stopped cluster",
            "clusterFactory", "EmbeddedCluster[]",
            "springConfig", "node.xml");

    @ParameterizedTest
    @ValueSource(strings = {"joinTimeout", "clientConfiguration"})
    void settingOfAClientWithoutAGridToJoinIsRefused(String setting) {
        IgniteTaskRunnerBuilder builder = requireNonNull(SETTINGS.get(setting)).apply(IgniteTaskRunner.builder());

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageStartingWith(setting + " cannot be used without address, cluster or clusterFactory")
                .withMessageEndingWith("it is " + SHOWN.get(setting));
    }

    @Test
    void slotsBesideALocalClusterAreRefusedNamingBoth() {
        for (IgniteTaskRunnerBuilder builder : List.of(
                IgniteTaskRunner.builder().clusterFactory(new LocalCluster()),
                IgniteTaskRunner.builder().clusterFactory(LocalCluster.class.getName()))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.slots(3).build())
                    .withMessageStartingWith("slots cannot be combined with clusterFactory")
                    .withMessageContaining("slots=3")
                    .withMessageContaining("LocalCluster")
                    .withMessageContaining("slotsPerNode");
        }
    }

    @Test
    void slotsBesideTheSameClusterOptionAreRefusedNamingBoth() {
        IgniteTaskRunnerBuilder builder =
                IgniteTaskRunner.builder().slots(3).clusterOptions(Map.of("slotsPerNode", "4"));

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageStartingWith("slots cannot be combined with clusterOptions")
                .withMessageContaining("slots=3")
                .withMessageContaining("clusterOptions={slotsPerNode=4}");
    }

    private static IgniteTaskRunnerBuilder given(String source, IgniteTaskRunnerBuilder builder) {
        return requireNonNull(SOURCES.get(source)).apply(builder);
    }

    @Test
    void textOfARunnerDoesNotHaveThePasswordsOfItsTls() {
        assertThat(IgniteTaskRunner.builder().tls(tls).build().toString()).doesNotContain(Identity.PASSWORD);
    }

    @Test
    void factoryClassThatIsMissingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IgniteTaskRunner.builder().clusterFactory("com.example.Nowhere"))
                .withMessageContaining("clusterFactory com.example.Nowhere is missing");
    }

    @Test
    void factoryClassThatIsNoFactoryIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IgniteTaskRunner.builder().clusterFactory("java.lang.String"))
                .withMessageContaining("java.lang.String is not a factory")
                .withMessageContaining(ClusterFactory.class.getName());
    }

    @ParameterizedTest
    @ValueSource(classes = {NeedsAnArgument.class, Hidden.class, Unfinished.class})
    void factoryClassWithoutPublicConstructorIsRefused(Class<?> factory) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IgniteTaskRunner.builder().clusterFactory(factory.getName()))
                .withMessageContaining("clusterFactory " + factory.getName() + " cannot be made")
                .withMessageContaining("public class with a public constructor without parameters");
    }

    @Test
    void factoryClassWhoseConstructorThrowsIsRefusedWithWhatItThrew() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IgniteTaskRunner.builder().clusterFactory(Refuses.class.getName()))
                .withMessageContaining("its constructor threw java.lang.IllegalStateException: no such cloud");
    }

    @Test
    void optionOfAnEmbeddedClusterIsRefusedByItsName() {
        IgniteTaskRunner runner = factoryRunner(Map.of("nodes", "2"));

        assertThatIllegalArgumentException()
                .isThrownBy(runner::start)
                .withMessage("an embedded cluster has no options, but was given [nodes]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "host:",
                "host:port",
                "host:1:2",
                "host:123456",
                "host:0",
                "host:65536",
                "host:99999",
                "host:-1",
                "host:+1",
                "host:0..47510",
                "host:47510..47500",
                "host:47500..",
                "host:..47500",
                "host:47500..99999",
                "host:47500...47510",
                "host: 47500",
                "ho st:47500",
                ":47500",
                "-host:47500",
                "host/47500",
                "http://host:47500",
                "user@host:47500",
                "256.0.0.1:47500",
                "1.2.3:47500",
                "::1",
                "::1:47500",
                "[::1",
                "::1]",
                "[::1]47500",
                "[::1]:",
                "[::1]:0",
                "[::1]:47510..47500",
                "[]:47500",
                "[host]:47500",
                "[127.0.0.1]:47500",
                "[:::::]:47500"
            })
    void addressOfAnotherFormIsRefusedShowingIt(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IgniteTaskRunner.builder().address(address))
                .withMessageContaining(
                        "address must be host, host:port or host:port..port, but is '" + address.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host",
                "host:1",
                "host:65535",
                "host:47500..47500",
                "host:47500..47510",
                "127.0.0.1",
                "my_host-1.example.org:47500",
                "[::1]",
                "[::1]:47500",
                "[2001:db8::7]:47500..47510",
                "[fe80::1%eth0]:47500",
                "[::ffff:127.0.0.1]:47500"
            })
    void addressOfTheRightFormIsTaken(String address) {
        assertThat(IgniteTaskRunner.builder().address(address).build().toString())
                .contains("[" + address + "]");
    }

    @Test
    void ipv6AddressWithoutBracketsIsRefusedSayingThatItNeedsThem() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IgniteTaskRunner.builder().address("::1"))
                .withMessageContaining("put an IPv6 address in brackets, as in [::1]:47500");
    }

    static Stream<Duration> wrongTimeouts() {
        return Stream.of(
                Duration.ZERO,
                Duration.ofNanos(999_999),
                Duration.ofSeconds(-1),
                Duration.ofMillis(Integer.MAX_VALUE).plusMillis(1),
                Duration.ofSeconds(Long.MAX_VALUE));
    }

    @ParameterizedTest
    @MethodSource("wrongTimeouts")
    void joinTimeoutThatIgniteCannotKeepIsRefusedShowingIt(Duration timeout) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IgniteTaskRunner.builder().joinTimeout(timeout))
                .withMessageContaining("joinTimeout")
                .withMessageContaining(timeout.toString());
    }

    @Test
    void noAddressAtAllIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IgniteTaskRunner.builder().address())
                .withMessageContaining("address");
    }

    @Test
    void slotsBelowOneAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IgniteTaskRunner.builder().slots(0))
                .withMessage("slots must be 1 or more, but is 0");
    }

    @ParameterizedTest
    @ValueSource(ints = {65_537, Integer.MAX_VALUE})
    void slotsThatNoMachineHasAreRefused(int slots) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IgniteTaskRunner.builder().slots(slots))
                .withMessage("slots must be 65536 or less, but is " + slots + "; each call that runs takes a thread");
    }

    @SuppressWarnings("NullAway") // the test passes null
    static Stream<Arguments> settingsWithoutValue() {
        return Stream.of(
                nullOf("ignite", builder -> builder.ignite(null)),
                nullOf("address", builder -> builder.address((String[]) null)),
                nullOf("address", builder -> builder.address("host:47500", null)),
                nullOf("cluster", builder -> builder.cluster(null)),
                nullOf("clusterFactory", builder -> builder.clusterFactory((ClusterFactory) null)),
                nullOf("clusterFactory", builder -> builder.clusterFactory((String) null)),
                nullOf("springConfig", builder -> builder.springConfig(null)),
                nullOf("clusterOptions", builder -> builder.clusterOptions(null)),
                nullOf("adaptive", builder -> builder.adaptive(null)),
                nullOf("tls", builder -> builder.tls(null)),
                nullOf("joinTimeout", builder -> builder.joinTimeout(null)),
                nullOf("clientConfiguration", builder -> builder.clientConfiguration(null)),
                nullOf("resultTtl", builder -> builder.resultTtl(null)),
                nullOf("limits", builder -> builder.limits(null)));
    }

    private static Arguments nullOf(String setting, Consumer<IgniteTaskRunnerBuilder> setter) {
        return Arguments.of(setting, setter);
    }

    @ParameterizedTest
    @MethodSource("settingsWithoutValue")
    void settingWithoutValueIsNamed(String setting, Consumer<IgniteTaskRunnerBuilder> setter) {
        assertThatNullPointerException()
                .isThrownBy(() -> setter.accept(IgniteTaskRunner.builder()))
                .withMessage(setting);
    }

    @Test
    void resultTtlBelowASecondIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IgniteTaskRunner.builder().resultTtl(Duration.ofMillis(5)))
                .withMessageContaining("resultTtl must be a second or more, but is PT0.005S");
    }

    @Test
    void optionsAreCopiedIn() {
        Map<String, String> options = new HashMap<>(Map.of("nodes", "2"));
        IgniteTaskRunner runner = factoryRunner(options);

        options.put("nodes", "3");

        assertThat(runner).isEqualTo(factoryRunner(Map.of("nodes", "2")));
    }

    static Stream<IgniteTaskRunner> differentRunners() {
        return Stream.of(
                IgniteTaskRunner.create(),
                IgniteTaskRunner.builder().slots(3).build(),
                IgniteTaskRunner.builder()
                        .limits(SessionLimits.standard().withKeptFutures(3))
                        .build(),
                IgniteTaskRunner.builder().tls(tls).build(),
                IgniteTaskRunner.builder().address("127.0.0.1:47500").tls(tls).build(),
                IgniteTaskRunner.builder().resultTtl(Duration.ofMinutes(1)).build(),
                IgniteTaskRunner.builder().ignite(IGNITE).build(),
                IgniteTaskRunner.builder().address("127.0.0.1:47500").build(),
                IgniteTaskRunner.builder().address("127.0.0.1:47501").build(),
                IgniteTaskRunner.builder()
                        .address("127.0.0.1:47500")
                        .joinTimeout(Duration.ofSeconds(1))
                        .build(),
                IgniteTaskRunner.builder().cluster(new StoppedCluster()).build(),
                IgniteTaskRunner.builder().springConfig(Path.of("node.xml")).build(),
                IgniteTaskRunner.builder().springConfig(Path.of("client.xml")).build(),
                IgniteTaskRunner.builder()
                        .clusterFactory(EmbeddedCluster.class.getName())
                        .build(),
                IgniteTaskRunner.builder()
                        .cluster(new StoppedCluster())
                        .adaptive(AdaptiveScaling.between(1, 2))
                        .build(),
                IgniteTaskRunner.builder()
                        .address("127.0.0.1:47500")
                        .clientConfiguration(configuration -> {})
                        .build(),
                factoryRunner(Map.of("nodes", "2")));
    }

    @ParameterizedTest
    @MethodSource("differentRunners")
    void everySettingCountsInEquality(IgniteTaskRunner runner) {
        List<IgniteTaskRunner> equal =
                differentRunners().filter(other -> other.equals(runner)).toList();

        assertThat(equal).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("differentRunners")
    void duplicateIsEqualAndNotTheSame(IgniteTaskRunner runner) {
        assertThat(runner.duplicate())
                .isEqualTo(runner)
                .hasSameHashCodeAs(runner)
                .isNotSameAs(runner);
    }

    private static IgniteTaskRunner factoryRunner(Map<String, String> options) {
        return IgniteTaskRunner.builder()
                .clusterFactory(new EmbeddedCluster())
                .clusterOptions(options)
                .build();
    }

    /** A factory that cannot be created by its class name, because its constructor needs an argument. */
    public static final class NeedsAnArgument extends Unfinished {
        private static final long serialVersionUID = 1L;

        /** Creates a factory from an argument. */
        public NeedsAnArgument(String argument) {}
    }

    /** A factory that is visible only in this package. */
    static final class Hidden extends Unfinished {
        private static final long serialVersionUID = 1L;

        public Hidden() {}
    }

    /** A factory of an abstract class, which has no instances. */
    public abstract static class Unfinished implements ClusterFactory {
        private static final long serialVersionUID = 1L;

        @Override
        public Cluster start(Map<String, String> options) {
            throw new UnsupportedOperationException();
        }
    }

    /** A factory whose constructor throws. */
    public static final class Refuses extends Unfinished {
        private static final long serialVersionUID = 1L;

        /** Throws an exception. */
        public Refuses() {
            throw new IllegalStateException("no such cloud");
        }
    }

    /** A customizer with a name that messages can show. */
    private static final class NamedCustomizer implements ClientCustomizer {
        private static final long serialVersionUID = 1L;

        @Override
        public void customize(IgniteConfiguration configuration) {}

        @Override
        public String toString() {
            return "named customizer";
        }
    }

    /** A cluster with a name and no nodes. */
    private static final class StoppedCluster implements Cluster {
        @Override
        public String toString() {
            return "stopped cluster";
        }

        @Override
        public String address() {
            return "127.0.0.1:47900";
        }

        @Override
        public int nodes() {
            return 0;
        }

        @Override
        public void scale(int nodes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
