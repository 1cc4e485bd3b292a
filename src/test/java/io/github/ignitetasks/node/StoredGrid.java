package io.github.ignitetasks.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.ignite.configuration.DeploymentMode;
import org.awaitility.Awaitility;

/** A grid of one node with records on disk, and the records that {@link StoreArchiveMain} leaves there. */
final class StoredGrid {
    static final String FAILED = "failed";
    static final String NOT_READY = "not ready";
    static final String CANCELLED = "cancelled";
    static final String CRASHED = "crashed";

    /** The results by their keys. */
    static final Map<String, Object> RESULTS = new TreeMap<>(Map.of(
            "a number",
            42,
            "a text",
            "größe",
            "objects",
            List.of(1, "two", LocalDate.of(2026, 11, 28), Map.of("three", 3.0)),
            "a record",
            new Point(3, "four"),
            "a large text",
            "x".repeat(100_000)));

    /** The checks of the states of the other keys, by their keys. */
    static final Map<String, Consumer<State<?>>> OTHER_STATES = new TreeMap<>(Map.of(
            FAILED,
            state -> {
                assertThat(state).isInstanceOf(State.Failed.class);
                assertThat(state.failure().orElseThrow().throwable().orElseThrow())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("no luck")
                        .hasCauseInstanceOf(IOException.class);
            },
            NOT_READY,
            state -> {
                assertThat(state).isInstanceOf(State.NotReady.class);
                assertThat(((State.NotReady<?>) state).upstream()).isEqualTo(FAILED);
                assertThat(state.describe()).contains("no luck");
            },
            CANCELLED,
            state -> assertThat(state).isInstanceOf(State.Cancelled.class),
            CRASHED,
            state -> {
                assertThat(state).isInstanceOf(State.Crashed.class);
                assertThat(state.describe()).contains("its result cannot be carried");
            }));

    private StoredGrid() {}

    /** A result whose class is on the class path of the nodes. */
    record Point(int x, String name) implements Serializable {}

    /** Starts the node with its records in this folder. */
    static NodeProcess start(Path folder, String... arguments) throws IOException {
        String text = Files.readString(Path.of("config", "grid-node.xml"))
                .replace("134217728", "1048576")
                .replace("536870912", "33554432");
        Path file = Files.writeString(folder.resolve("node.xml"), text);
        return NodeProcess.ofStore(folder.resolve("store"), file, List.of(), arguments);
    }

    /** Starts a session once the grid is active. The results of the session stay for 100,000 days. */
    static TaskSession session(NodeProcess node) {
        IgniteTaskRunner runner = IgniteTaskRunner.builder()
                .address(node.address())
                .clientConfiguration(client -> client.setPeerClassLoadingEnabled(true)
                        .setDeploymentMode(DeploymentMode.ISOLATED)) // same as in the file, so that it joins at once
                .resultTtl(Duration.ofDays(100_000))
                .build();
        return Awaitility.await()
                .atMost(Deadlines.PATIENCE)
                .ignoreExceptionsInstanceOf(IllegalStateException.class) // until the grid is active
                .until(runner::start, started -> true);
    }
}
