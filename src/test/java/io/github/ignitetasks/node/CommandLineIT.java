package io.github.ignitetasks.node;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.internal.connect.ClientNode;
import io.github.ignitetasks.internal.node.RecordCache;
import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.FreePort;
import io.github.ignitetasks.support.Gate;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the commands that look at a grid: on two servers with tasks that have ended, failed and run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CommandLineIT {
    private static final CallOptions FETCH = CallOptions.none().withName("fetch");

    private NodeProcess first;
    private NodeProcess second;
    private CommandRun statusBefore;
    private CommandRun keysBefore;
    private CommandRun keyBefore;
    private boolean hadRecords;
    private TaskSession session;
    private Gate gate;

    @BeforeAll
    void runTasks(@TempDir Path folder) {
        first = NodeProcess.ofClasses();
        first.awaitJoined();
        second = first.addOfClasses();
        second.awaitJoined();
        statusBefore = run("status");
        keysBefore = run("keys");
        keyBefore = run("key", "done-1");
        hadRecords = hasRecords();

        gate = Gate.in(folder);
        session = IgniteTaskRunner.builder().address(first.address()).build().start();
        for (int i = 1; i <= 3; i++) {
            assertThat(session.submit("done-" + i, () -> "text".repeat(1_000), FETCH)
                            .result(PATIENCE))
                    .hasSize(4_000);
        }
        TaskFuture<Integer> failed = session.submit(
                "failed",
                () -> {
                    throw new IllegalStateException("no luck\n\u001B[31mforged");
                },
                FETCH);
        assertThat(failed.await(PATIENCE).orElseThrow().type()).isEqualTo(StateType.FAILED);
        Gate go = gate;
        TaskFuture<Integer> running = session.submit("running", () -> waitFor(go), FETCH);
        await().atMost(PATIENCE)
                .until(() -> running.progress().map(TaskProgress::done).orElse(0L) == 3);
    }

    private static int waitFor(Gate gate) throws InterruptedException {
        TaskContext.current().orElseThrow().progress(3, 10);
        gate.pass();
        return 7;
    }

    private boolean hasRecords() {
        ClientNode client = ClientNode.join(List.of(first.address()), node -> {});
        try {
            return client.ignite().cacheNames().contains(RecordCache.NAME);
        } finally {
            client.close();
        }
    }

    @AfterAll
    void endTasks() {
        gate.open();
        session.close(PATIENCE);
        second.close();
        first.close();
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(Stream.concat(Stream.of(arguments), Stream.of("--address", first.address()))
                .toArray(String[]::new));
    }

    @Test
    void gridWithoutRecordsIsShownAsEmptyAndStaysSo() {
        assertThat(statusBefore.exitCode()).isZero();
        assertThat(statusBefore.out().lines())
                .hasSize(3)
                .filteredOn(line -> line.contains(" ok "))
                .hasSize(2);
        assertThat(keysBefore).isEqualTo(new CommandRun(0, lines("STATE  ENDED  SERVER  KEY", "0 of 0 shown"), ""));
        assertThat(keyBefore).isEqualTo(new CommandRun(6, lines("key: done-1", "state: Unknown"), ""));
        assertThat(hadRecords).isFalse();
    }

    private static String lines(String... lines) {
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    @Test
    void statusShowsCountsCallsAndFailures() {
        CommandRun status = run("status");

        assertThat(status.exitCode()).isZero();
        assertThat(status.err()).isEmpty();
        assertThat(status.out())
                .containsPattern("fetch +0 +1 +3 +1 +0 +0 +0 +0\\R")
                .contains("longest running calls, 1 of 1 shown:")
                .containsPattern("[0-9]s +running +\\S+ +1 +fetch +3 of 10 +running\\R")
                .contains("last failures, 1 of 1 shown:")
                .containsPattern("Z +Failed +\\S+ +1 +fetch +failed +java\\.lang\\.IllegalStateException: no luck")
                .contains("no luck\\u000A\\u001B[31mforged");
    }

    @Test
    void statusAsJsonIsOneLineWithTheSame() {
        CommandRun status = run("status", "--json");

        assertThat(status.exitCode()).isZero();
        assertThat(status.out().lines()).hasSize(1);
        assertThat(status.out())
                .startsWith("{\"servers\":[{\"name\":")
                .contains("{\"name\":\"fetch\",\"queued\":0,\"running\":1,\"completed\":3,\"failed\":1,\"crashed\":0,")
                .contains("\"calls\":[{\"key\":\"running\",\"name\":\"fetch\"")
                .contains("\"message\":\"no luck\\u000a\\u001b[31mforged\"");
    }

    @Test
    void keysAreListedByKeyWithThoseThatRun() {
        CommandRun keys = run("keys");

        assertThat(keys.exitCode()).isZero();
        assertThat(keys.out().lines().map(line -> line.replaceAll("^([A-Z]\\w+) .* ", "$1 ")))
                .containsExactly(
                        "STATE KEY",
                        "Completed done-1",
                        "Completed done-2",
                        "Completed done-3",
                        "Failed failed",
                        "Running running",
                        "5 of 5 shown");
    }

    @ParameterizedTest
    @CsvSource({
        "--limit, 2, 'done-1,done-2', 5",
        "--prefix, done-, 'done-1,done-2,done-3', 3",
        "--state, failed, failed, 1",
        "--state, RUNNING, running, 1",
        "--state, NotReady, '', 0"
    })
    void keysAsJsonAreThoseThatMatch(String option, String value, String expected, int matching) {
        CommandRun keys = run("keys", "--json", option, value);

        assertThat(keys.exitCode()).isZero();
        assertThat(Pattern.compile("\"key\":\"([^\"]*)\"")
                        .matcher(keys.out())
                        .results()
                        .map(key -> key.group(1))
                        .collect(Collectors.joining(",")))
                .isEqualTo(expected);
        assertThat(keys.out().strip()).endsWith("],\"matching\":" + matching + ",\"noAnswer\":[]}");
    }

    @Test
    void completedKeyIsShownWithTheSizeOfItsResultAlone() {
        CommandRun key = run("key", "done-2");

        assertThat(key.exitCode()).isZero();
        assertThat(key.out().lines().map(line -> line.replaceAll(": .*", "")))
                .containsExactly("key", "state", "server", "attempt", "started", "ended", "ran", "result");
        assertThat(key.out()).contains("state: Completed", "result: 3 KiB").doesNotContain("texttext");
        assertThat(run("key", "done-2", "--json").out())
                .contains("\"state\":\"Completed\"", "\"failure\":null", "\"call\":null")
                .containsPattern("\"resultBytes\":40[0-9][0-9],");
    }

    @Test
    void failedKeyIsShownWithItsStack() {
        CommandRun key = run("key", "failed");

        assertThat(key.exitCode()).isEqualTo(1);
        assertThat(key.out())
                .contains("failure: java.lang.IllegalStateException: no luck\\u000A\\u001B[31mforged", "stack:")
                .contains("at io.github.ignitetasks.node.CommandLineIT");
        CommandRun json = run("key", "failed", "--json");
        assertThat(json.exitCode()).isEqualTo(1);
        assertThat(json.out())
                .contains("\"state\":\"Failed\"", "\"failure\":{\"type\":\"java.lang.IllegalStateException\"");
    }

    @Test
    void runningKeyIsShownWithItsProgressAndStack() {
        CommandRun key = run("key", "running");

        assertThat(key.exitCode()).isEqualTo(3);
        assertThat(key.out())
                .contains(
                        "state: Running",
                        "phase: running",
                        "task: fetch",
                        "progress: 3 of 10",
                        "CommandLineIT.waitFor");
        CommandRun json = run("key", "running", "--json");
        assertThat(json.exitCode()).isEqualTo(3);
        assertThat(json.out()).contains("\"call\":{\"key\":\"running\"", "\"resultBytes\":null");
    }

    @Test
    void commandOfAProcessPrintsTheAnswerAlone() {
        try (ChildJvm jvm = ChildJvm.start(List.of(
                "@" + System.getProperty("jvm.opens.file"),
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                "-DIGNITE_TASKS_ADDRESSES=" + first.address(),
                "-cp",
                System.getProperty("java.class.path"),
                GridNode.class.getName(),
                "keys",
                "--state=failed"))) {
            assertThat(jvm.awaitOutput())
                    .filteredOn(line -> !line.startsWith("NOTE: Picked up") && !line.startsWith("WARNING: "))
                    .hasSize(3)
                    .first()
                    .asString()
                    .startsWith("STATE");
            assertThat(jvm.awaitExit()).isZero();
        }
    }

    @Test
    void addressWhereNobodyListensIsToldSoonWithItsRemedy() {
        CommandRun status = CommandRun.of("status", "--timeout=2", "--address=127.0.0.1:" + FreePort.find());

        assertThat(status.exitCode()).isEqualTo(4);
        assertThat(status.out()).isEmpty();
        assertThat(status.err()).contains("cannot join a grid at [127.0.0.1:", "start a server node there");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "status --address=host:0 | --address is not right: address must be host, host:port or host:port..port, but is 'host:0'; a port",
                "status --timeout=0 | '--timeout': '0' is no whole number of seconds from 1 to 3600",
                "status --timeout=soon | 'soon' is no whole number of seconds from 1 to 3600",
                "keys --limit=100001 | '--limit': '100001' is no whole number of keys from 1 to 100000",
                "keys --state=done | '--state': 'done' is none of [Running, Completed, Failed, Crashed,",
                "key | Missing required parameter: 'KEY'",
                "key a\u0007b | KEY cannot have U+0007 at index 1, a control character",
                "status --jsn | Unknown option: '--jsn'",
                "--grace=1 status | command 'status' must come first, but arguments of a node stand before it: --grace=1 status"
            })
    void argumentsThatAreNotRightAreAUsageErrorThatNamesThem(String arguments, String message) {
        CommandRun run = CommandRun.of(arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"status, 5:some servers", "keys, --prefix=TEXT", "key, 6:no server knows it"})
    void helpOfACommandHasItsOptionsAndExitCodes(String command, String text) {
        CommandRun help = CommandRun.of(command, "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out().replaceAll("([0-9]) +", "$1:"))
                .contains(text, "--address=ADDRESSES", "--timeout=SECONDS");
    }

    @Test
    void fileWithTheNameOfACommandIsGivenWithItsFolder() {
        CommandRun run = CommandRun.of("./status");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("there is no Spring XML file");
    }
}
