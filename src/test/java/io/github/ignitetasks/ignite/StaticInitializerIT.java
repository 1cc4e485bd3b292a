package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.ServerMain;
import io.github.ignitetasks.support.UserCode;
import java.io.File;
import java.io.IOException;
import java.io.Serial;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of a call whose class has a static initializer that does not end. The nodes are in another JVM. The attempt of
 * the call times out, and other calls continue.
 */
final class StaticInitializerIT {
    private static final CallOptions BRIEF = CallOptions.none().withTimeout(Duration.ofSeconds(1));

    /** The system property with the gate that static initializers wait for. If it is not set, they wait for no gate. */
    private static final String GATE = "static-initializer.gate";

    /** The suffix of the file that an initializer makes before it waits. The prefix is the name of the gate's file. */
    private static final String REACHED = ".reached";

    @TempDir
    private Path folder;

    private Gate gate;
    private ChildJvm server;
    private final List<TaskSession> sessions = new ArrayList<>();

    @BeforeEach
    void startServer() {
        gate = Gate.in(folder);
        server = ChildJvm.start(ServerMain.class);
    }

    @AfterEach
    void stopServer() {
        gate.open();
        sessions.forEach(session -> session.close(Deadlines.PATIENCE));
        server.close();
    }

    @Test
    void ofAClassThatTheNodeHasTimesOut() {
        assertTimesOutWhileOthersGetOn(start("start"), new Initialized());
    }

    @Test
    void ofAClassThatTravelsTimesOut() throws Exception {
        TaskCall<Object> call = compiled();
        assertTimesOutWhileOthersGetOn(start(folder.resolve("node").toString()), call);
    }

    @Test
    void endsByACancel() {
        TaskSession session = start("start");
        File reached = new File(gate.file() + REACHED);
        TaskFuture<Object> future = session.submit("cancelled", new Initialized());
        await().atMost(Deadlines.PATIENCE).until(reached::exists);

        assertThat(future.cancel()).isTrue();

        assertThat(future.await(Deadlines.PATIENCE).orElseThrow().name()).isEqualTo("Cancelled");
        assertThat(session.submit("after", () -> 1).result(Deadlines.PATIENCE)).isEqualTo(1);
    }

    private static void assertTimesOutWhileOthersGetOn(TaskSession session, TaskCall<Object> call) {
        TaskFuture<Object> first = session.submit("first", call, BRIEF);
        assertThat(session.submit("besides", () -> 1).result(Deadlines.PATIENCE))
                .isEqualTo(1);
        TaskFuture<Object> second = session.submit("second", call, BRIEF);

        assertTimedOut(first);
        assertTimedOut(second);
        assertThat(session.submit("after", () -> 1).result(Deadlines.PATIENCE)).isEqualTo(1);
    }

    /**
     * Sends a line that starts a node, and opens a session on it. After that, static initializers wait for the gate.
     */
    private TaskSession start(String line) {
        server.writeLine(line);
        TaskSession session = IgniteTaskRunner.builder()
                .address(server.awaitLine("address "))
                .slots(2)
                .build()
                .start();
        sessions.add(session);
        String path = gate.file().toString();
        assertThat(session.submit("arm", () -> String.valueOf(System.setProperty(GATE, path)))
                        .result(Deadlines.PATIENCE))
                .isEqualTo("null");
        return session;
    }

    private static void assertTimedOut(TaskFuture<?> future) {
        State<?> state = future.await(Deadlines.PATIENCE).orElseThrow();
        assertThat(state.name()).as(state.describe()).isEqualTo("TimedOut");
    }

    /** A call whose static initializer waits for a gate. */
    private static final class Initialized implements TaskCall<Object> {
        @Serial
        private static final long serialVersionUID = 1L;

        static {
            String gate = System.getProperty(GATE);
            if (gate != null) {
                new Gate(new File(gate + REACHED)).open();
                new Gate(new File(gate)).passUninterruptibly();
            }
        }

        @Override
        public Object call() {
            return 1;
        }
    }

    /** Compiles a class whose static initializer waits for a gate, and returns a call of that class. */
    @SuppressWarnings("unchecked") // the source below has this type
    private TaskCall<Object> compiled() throws IOException, ReflectiveOperationException {
        Path output = Files.createDirectory(folder.resolve("compiled"));
        String text = """
                import io.github.ignitetasks.TaskCall;
                import java.io.File;

                public class UserCode implements TaskCall<Object> {
                    private static final long serialVersionUID = 1L;

                    static {
                        String gate = System.getProperty("%s");
                        while (gate != null && !new File(gate).exists()) {
                            Thread.yield();
                        }
                    }

                    @Override
                    public Object call() {
                        return 1;
                    }
                }
                """;
        assertThat(new UserCode(text.formatted(GATE)).compile(output)).isEmpty();
        URLClassLoader loader = new URLClassLoader(new URL[] {output.toUri().toURL()});
        return (TaskCall<Object>) loader.loadClass("UserCode").getConstructor().newInstance();
    }
}
