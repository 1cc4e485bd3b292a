package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.Cluster;
import io.github.ignitetasks.cluster.TestGrid;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteSpringBean;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.resources.SpringApplicationContextResource;
import org.apache.ignite.resources.SpringResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Tests of an Ignite node that Spring starts. The runner is built before the node, like a bean of the same context. */
final class SpringBeanIT {
    @TempDir
    private static Path folder;

    private static final IgniteSpringBean BEAN = new IgniteSpringBean();
    private static final GenericApplicationContext CONTEXT = new GenericApplicationContext();
    private static TaskRunner early;
    private static TaskRunner earlyOfProxy;
    private static String tooEarly;
    private static String tooEarlyOfProxy;
    private static int hash;
    private static TaskRunner copy;

    @BeforeAll
    static void start() throws Exception {
        IgniteConfiguration configuration = TestGrid.configuration(folder, configured -> {
            configured.setIgniteInstanceName("of-spring");
        });
        BEAN.setConfiguration(configuration);
        CONTEXT.registerBean("ignite", IgniteSpringBean.class, () -> BEAN);
        CONTEXT.registerBean("greeting", String.class, () -> "good day");
        early = IgniteTaskRunner.builder().ignite(BEAN).build();
        earlyOfProxy = IgniteTaskRunner.builder().ignite(proxy(BEAN)).build();
        hash = early.hashCode();
        copy = writtenAndRead(early);
        tooEarly = problemOf(early);
        tooEarlyOfProxy = problemOf(earlyOfProxy);
        CONTEXT.refresh();
    }

    @AfterAll
    static void stop() {
        CONTEXT.close();
    }

    @Test
    void sessionThatStartsBeforeTheContextIsUpIsRefusedSayingThat() {
        assertThat(tooEarly).contains("IgniteSpringBean", "not started");
        assertThat(tooEarlyOfProxy).contains("not started");
    }

    @Test
    void runnerThatWasBuiltBeforeTheContextIsUpWorksAfter() {
        for (TaskRunner runner : new TaskRunner[] {early, earlyOfProxy, copy}) {
            try (TaskSession session = runner.start()) {
                assertThat(session.submit("one", () -> 1).result(Deadlines.PATIENCE))
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void runnerIsEqualToThatOfTheIgniteItself() throws Exception {
        TaskRunner ofItself =
                IgniteTaskRunner.builder().ignite(Ignition.ignite("of-spring")).build();

        assertThat(early)
                .isEqualTo(ofItself)
                .hasSameHashCodeAs(ofItself)
                .isEqualTo(copy)
                .isEqualTo(earlyOfProxy);
        assertThat(early.hashCode()).isEqualTo(hash);
        assertThat(writtenAndRead(early)).isEqualTo(early);
    }

    @Test
    void clusterMayGiveABeanToo() {
        Cluster cluster = new BeanCluster();

        try (TaskSession session =
                IgniteTaskRunner.builder().cluster(cluster).build().start()) {
            assertThat(session.submit("of-cluster", () -> 2).result(Deadlines.PATIENCE))
                    .isEqualTo(2);
        }
    }

    @Test
    void beansAreInjected() {
        try (TaskSession session = early.start()) {
            assertThat(session.submit("bean", new AskingForBeans()).result(Deadlines.PATIENCE))
                    .isEqualTo("good day by name, good day by class, context");
        }
    }

    @Test
    void beanThatIsMissingCrashesTheTaskNamingIt() {
        try (TaskSession session = early.start()) {
            State<String> state = session.submit("missing", new AskingForMissing())
                    .await(Deadlines.PATIENCE)
                    .orElseThrow();

            assertThat(state.type()).isEqualTo(StateType.CRASHED);
            assertThat(state.describe()).contains("no-such-bean", AskingForMissing.class.getName());
        }
    }

    @Test
    void beanThatACallCapturedIsThatOfTheNode() {
        try (TaskSession session = early.start()) {
            assertThat(session.submit("captured", () -> BEAN.cluster().nodes().size())
                            .result(Deadlines.PATIENCE))
                    .isEqualTo(1);
        }
    }

    @Test
    void ignitesProxyThatHasNothingInItIsRefusedAtTheStart() {
        Ignite nothing = (Ignite) Proxy.newProxyInstance(
                SpringBeanIT.class.getClassLoader(), new Class<?>[] {Ignite.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        TaskRunner runner = IgniteTaskRunner.builder().ignite(nothing).build();

        assertThat(runner).isEqualTo(runner.duplicate()).isNotEqualTo(early);
        assertThatIllegalStateException().isThrownBy(runner::start).withMessageContaining("not started");
    }

    private static Ignite proxy(Ignite target) {
        return (Ignite) Proxy.newProxyInstance(
                SpringBeanIT.class.getClassLoader(), new Class<?>[] {Ignite.class}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static String problemOf(TaskRunner runner) {
        try {
            runner.start().close();
            return "it has started";
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static TaskRunner writtenAndRead(TaskRunner runner) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(runner);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (TaskRunner) in.readObject();
        }
    }

    private static final class BeanCluster implements Cluster {
        @Override
        public String address() {
            return "127.0.0.1:1";
        }

        @Override
        public Optional<Ignite> ignite() {
            return Optional.of(BEAN);
        }

        @Override
        public int nodes() {
            return 1;
        }

        @Override
        public void scale(int nodes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            // the context closes the node
        }
    }

    private static final class AskingForBeans implements TaskCall<String> {
        private static final long serialVersionUID = 1L;

        @SpringResource(resourceName = "greeting")
        @SuppressWarnings("NullAway.Init") // Ignite injects it
        private transient String byName;

        @SpringApplicationContextResource
        @SuppressWarnings("NullAway.Init") // Ignite injects it
        private transient ApplicationContext context;

        @SuppressWarnings("NullAway.Init") // Ignite injects it
        private transient String byClass;

        @SpringResource(resourceClass = String.class)
        @SuppressWarnings("UnusedMethod") // Ignite calls it
        private void setByClass(String bean) {
            byClass = bean;
        }

        @Override
        public String call() {
            return byName + " by name, " + byClass + " by class, " + (context == null ? "nothing" : "context");
        }
    }

    private static final class AskingForMissing implements TaskCall<String> {
        private static final long serialVersionUID = 1L;

        @SpringResource(resourceName = "no-such-bean")
        @SuppressWarnings("NullAway.Init") // Ignite injects it
        private transient Object wanted;

        @Override
        public String call() {
            return String.valueOf(wanted);
        }
    }
}
