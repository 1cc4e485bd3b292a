package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.ResultUnavailableException;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.support.AppLoader;
import io.github.ignitetasks.support.Apps;
import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.ServerMain;
import io.github.ignitetasks.support.UserCode;
import java.io.IOException;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of calls whose classes the test compiles, so that the class path of the nodes or of the submitter lacks them.
 */
final class TravellingCodeIT {
    private static final String STRANGE = "io.github.ignitetasks.ignite.UserCode";

    @TempDir
    private static Path folder;

    private static ChildJvm server;
    private static TaskRunner isolated;
    private static TaskRunner withoutPeers;

    @BeforeAll
    static void startServers() {
        server = ChildJvm.start(ServerMain.class);
        server.writeLine(folder.resolve("node").toString());
        isolated =
                IgniteTaskRunner.builder().address(server.awaitLine("address ")).build();
        server.writeLine("start");
        withoutPeers =
                IgniteTaskRunner.builder().address(server.awaitLine("address ")).build();
    }

    @AfterAll
    static void stopServers() {
        server.close();
    }

    @Test
    void callsOfAClassThatNoNodeHasRunAndTheirResultsComeBack() throws Exception {
        TaskCall<Object> call = compiled("one");
        try (TaskSession session = isolated.start()) {
            TaskFuture<Object> future = session.submit("travels", call);

            assertThat(future.result(Deadlines.PATIENCE)).hasToString("answer of one");
            assertThat(session.submit("travels-on", () -> future.result() + "!").result(Deadlines.PATIENCE))
                    .isEqualTo("answer of one!");
        }
    }

    @Test
    void proxyOfAnInterfaceThatNoNodeHasTravelsToo() throws Exception {
        TaskCall<Object> call = compiled("proxied", "callOfProxy");
        try (TaskSession session = isolated.start()) {
            assertThat(session.submit("proxied", call).result(Deadlines.PATIENCE))
                    .isEqualTo("answer of proxied");
        }
    }

    @Test
    void contextClassLoaderIsThatOfTheCodeThatTravelled() throws Exception {
        TaskCall<Object> older = compiled("of-shop", "callOfContext");
        TaskCall<Object> newer = compiled("of-billing", "callOfContext");
        try (TaskSession session = isolated.start()) {
            for (int i = 0; i < 4; i++) {
                assertThat(session.submit("of-shop-" + i, older).result(Deadlines.PATIENCE))
                        .isEqualTo("answer of of-shop");
                assertThat(session.submit("of-billing-" + i, newer).result(Deadlines.PATIENCE))
                        .isEqualTo("answer of of-billing");
            }
        }
    }

    @Test
    void callOfTwoLoadersThatTheNodeLacksIsCrashedNamingBothLoaders() throws Exception {
        Serializable order = AppLoader.below("shop", Apps.Order.class).make(Apps.Order.class, Serializable.class);
        TaskCall<Object> other = compiled("beside");
        try (TaskSession session = isolated.start()) {
            State<Serializable> state = session.submit("both", new Apps.Pair(order, other))
                    .await(Deadlines.PATIENCE)
                    .orElseThrow();

            assertThat(state.type()).isEqualTo(StateType.CRASHED);
            assertThat(state.describe()).contains("lacks class", "'shop'", "URLClassLoader", "one loader for a call");
        }
    }

    @Test
    void callOfTwoLoadersRunsOnANodeThatHasTheClasses() {
        Serializable order = AppLoader.below("shop", Apps.Order.class).make(Apps.Order.class, Serializable.class);
        Serializable bill = AppLoader.below("billing", Apps.Bill.class).make(Apps.Bill.class, Serializable.class);
        try (TaskSession session = withoutPeers.start()) {
            assertThat(session.submit("has-both", new Apps.Pair(order, bill)).result(Deadlines.PATIENCE))
                    .hasToString("order of shop and bill of billing");
        }
    }

    @Test
    void versionsOfAClassWorkSideBySideInTwoSubmitters() throws Exception {
        TaskCall<Object> older = compiled("older");
        TaskCall<Object> newer = compiled("newer");
        try (TaskSession one = isolated.start();
                TaskSession other = isolated.start()) {
            for (int i = 0; i < 10; i++) {
                TaskFuture<Object> ofOlder = one.submit("older-" + i, older);
                TaskFuture<Object> ofNewer = other.submit("newer-" + i, newer);

                assertThat(ofOlder.result(Deadlines.PATIENCE)).hasToString("answer of older");
                assertThat(ofNewer.result(Deadlines.PATIENCE)).hasToString("answer of newer");
            }
        }
    }

    @Test
    void versionsOfAClassWorkSideBySideInOneSession() throws Exception {
        TaskCall<Object> older = compiled("before");
        TaskCall<Object> newer = compiled("after");
        try (TaskSession session = isolated.start()) {
            for (int i = 0; i < 10; i++) {
                TaskFuture<Object> ofOlder = session.submit("before-" + i, older);
                TaskFuture<Object> ofNewer = session.submit("after-" + i, newer);

                assertThat(ofOlder.result(Deadlines.PATIENCE)).hasToString("answer of before");
                assertThat(ofNewer.result(Deadlines.PATIENCE)).hasToString("answer of after");
            }
        }
    }

    @Test
    void classThatIsMissingCrashesTheTaskNamingItTheNodeAndBothRemedies() throws Exception {
        TaskCall<Object> call = compiled("nobody");
        try (TaskSession session = withoutPeers.start()) {
            State<Object> state =
                    session.submit("stays", call).await(Deadlines.PATIENCE).orElseThrow();

            assertThat(state.type()).isEqualTo(StateType.CRASHED);
            assertThat(state.describe())
                    .contains("lacks class UserCode")
                    .contains("node " + state.node())
                    .contains("class path of the grid's nodes")
                    .contains("peerClassLoadingEnabled");
            assertThat(session.submit("others-run", () -> 1).result(Deadlines.PATIENCE))
                    .isEqualTo(1);
        }
    }

    @Test
    void resultWhoseClassTheSubmitterLacksIsUnavailableNamingItAndAnExceptionIsFailedWithItsText() throws Exception {
        byte[] bytes = ofNodeAlone();
        try (TaskSession session = withoutPeers.start()) {
            State<?> result = session.submit("strange-result", () -> strange(bytes))
                    .await(Deadlines.PATIENCE)
                    .orElseThrow();
            State<?> exception = session.submit("strange-exception", () -> {
                        throw strange(bytes);
                    })
                    .await(Deadlines.PATIENCE)
                    .orElseThrow();

            assertThat(result.type()).isEqualTo(StateType.COMPLETED);
            assertThatExceptionOfType(ResultUnavailableException.class)
                    .isThrownBy(result::result)
                    .withMessageContainingAll(STRANGE, "class path of this JVM");
            assertThat(exception.type()).isEqualTo(StateType.FAILED);
            assertThat(exception.describe()).contains(STRANGE, "thrown on purpose");
            assertThat(session.submit("known-result", () -> 1).result(Deadlines.PATIENCE))
                    .isEqualTo(1);
        }
    }

    /** Compiles an exception class that is on no class path, and returns the bytes of the class. */
    private static byte[] ofNodeAlone() throws IOException {
        Path output = Files.createDirectory(folder.resolve("strange"));
        String text = """
                package %s;
                public class UserCode extends RuntimeException {
                    private static final long serialVersionUID = 1L;
                    public UserCode() {
                        super("thrown on purpose");
                    }
                }
                """.formatted(STRANGE.substring(0, STRANGE.lastIndexOf('.')));
        assertThat(new UserCode(text).compile(output)).isEmpty();
        return Files.readAllBytes(output.resolve(STRANGE.replace('.', '/') + ".class"));
    }

    /** Creates the exception. Defines its class first if this JVM lacks it. */
    private static RuntimeException strange(byte[] bytes) throws ReflectiveOperationException {
        Class<?> type;
        try {
            type = Class.forName(STRANGE);
        } catch (ClassNotFoundException e) {
            type = MethodHandles.lookup().defineClass(bytes);
        }
        return (RuntimeException) type.getConstructor().newInstance();
    }

    private static TaskCall<Object> compiled(String version) throws Exception {
        return compiled(version, "call");
    }

    /** Compiles a class whose answers name its version. Returns the call that one of its methods makes. */
    @SuppressWarnings("unchecked") // the source below has this type
    private static TaskCall<Object> compiled(String version, String method) throws Exception {
        Path output = Files.createDirectory(folder.resolve(version));
        String text = """
                import io.github.ignitetasks.TaskCall;
                import java.io.Serializable;
                import java.lang.reflect.InvocationHandler;
                import java.lang.reflect.Method;
                import java.lang.reflect.Proxy;

                public class UserCode {
                    public record Answer(String text) implements Serializable {
                        @Override
                        public String toString() {
                            return "answer of %s";
                        }
                    }

                    interface Service {
                        String ask();
                    }

                    record Answering(Answer answer) implements InvocationHandler, Serializable {
                        @Override
                        public Object invoke(Object proxy, Method method, Object[] arguments) {
                            return answer.toString();
                        }
                    }

                    public static TaskCall<Object> call() {
                        Answer captured = new Answer("some");
                        return () -> new Answer(captured.text() + captured);
                    }

                    public static TaskCall<Object> callOfContext() {
                        return () -> Thread.currentThread()
                                .getContextClassLoader()
                                .loadClass("UserCode$Answer")
                                .getConstructor(String.class)
                                .newInstance("some")
                                .toString();
                    }

                    public static TaskCall<Object> callOfProxy() {
                        Service captured = (Service) Proxy.newProxyInstance(
                                UserCode.class.getClassLoader(),
                                new Class<?>[] {Service.class},
                                new Answering(new Answer("some")));
                        return () -> captured.ask();
                    }
                }
                """;
        assertThat(new UserCode(text.formatted(version)).compile(output)).isEmpty();
        URLClassLoader loader = new URLClassLoader(new URL[] {output.toUri().toURL()});
        return (TaskCall<Object>) loader.loadClass("UserCode").getMethod(method).invoke(null);
    }
}
