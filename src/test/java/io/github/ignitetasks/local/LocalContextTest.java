package io.github.ignitetasks.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.flow.Flow;
import io.github.ignitetasks.flow.Task;
import io.github.ignitetasks.support.AppLoader;
import io.github.ignitetasks.support.Apps;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;

/** Tests of the context of calls from several applications in one JVM. */
final class LocalContextTest {
    static List<TaskRunner> runners() {
        return List.of(SequentialTaskRunner.create(), ThreadPoolTaskRunner.withSlots(1));
    }

    @ParameterizedTest
    @MethodSource("runners")
    void callsOfTwoApplicationsHaveEachItsOwnLoader(TaskRunner runner) {
        try (TaskSession session = runner.start()) {
            for (AppLoader app : List.of(
                    AppLoader.below("shop", Apps.Work.class),
                    AppLoader.below("billing", Apps.Work.class),
                    AppLoader.beside("plug-in", Apps.Work.class))) {
                TaskCall<?> work = app.make(Apps.Work.class, TaskCall.class);

                Object found = session.submit(app.getName(), work).result();

                assertThat(found).isEqualTo(app.getName() + " for " + app.getName());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("runners")
    @SuppressWarnings("unchecked") // the class has this type
    void taskOfAFlowHasTheLoaderOfItsBody(TaskRunner runner) {
        for (AppLoader app :
                List.of(AppLoader.below("shop", Apps.Body.class), AppLoader.beside("plug-in", Apps.Body.class))) {
            Task<Integer, String> task =
                    Task.named("work").body((Task.Body<Integer, String>) app.make(Apps.Body.class, Task.Body.class));

            String found = Flow.named("flow")
                    .<Integer, String>body(
                            (run, argument) -> run.submit(task, argument).result())
                    .withTaskRunner(runner)
                    .run(1);

            assertThat(found).isEqualTo(app.getName() + " for " + app.getName());
        }
    }

    @ParameterizedTest
    @MethodSource("runners")
    void callThatReachesTwoApplicationsFindsTheClassesOfBoth(TaskRunner runner) {
        Serializable order = AppLoader.below("shop", Apps.Order.class).make(Apps.Order.class, Serializable.class);
        Serializable bill = AppLoader.beside("billing", Apps.Bill.class).make(Apps.Bill.class, Serializable.class);
        try (TaskSession session = runner.start()) {
            assertThat(session.submit("both", new Apps.Pair(order, bill)).result())
                    .hasToString("order of shop and bill of billing");
        }
    }

    @ParameterizedTest
    @MethodSource("runners")
    void sessionKeepsNoLoaderOfACallThatHasEnded(TaskRunner runner) {
        try (TaskSession session = runner.start()) {
            WeakReference<ClassLoader> loader = submitOfNewLoader(session);

            Awaitility.await().atMost(Deadlines.PATIENCE).until(() -> {
                System.gc();
                return loader.refersTo(null);
            });
        }
    }

    private static WeakReference<ClassLoader> submitOfNewLoader(TaskSession session) {
        AppLoader app = AppLoader.below("gone", Apps.Work.class);
        TaskCall<?> work = app.make(Apps.Work.class, TaskCall.class);
        Object found = session.submit("gone", work).result();
        assertThat(found).isEqualTo("gone for gone");
        return new WeakReference<>(app);
    }

    @Test
    void callersContextIsPutBackAfterASequentialTask() {
        MDC.put("request", "7");
        try (TaskSession session = SequentialTaskRunner.create().start()) {
            String found = session.submit("changes", () -> {
                        String request = MDC.get("request") + " " + MDC.get("ignitetasks.key");
                        MDC.put("request", "8");
                        MDC.put("more", "yes");
                        return request;
                    })
                    .result();

            assertThat(found).isEqualTo("7 changes");
            assertThat(MDC.getCopyOfContextMap()).containsOnlyKeys("request").containsEntry("request", "7");
        } finally {
            MDC.clear();
        }
    }

    @Test
    void threadOfAPoolInheritsNothingFromWhoeverMadeItGrow() {
        Holder.USER.set("somebody");
        try (TaskSession session = ThreadPoolTaskRunner.withSlots(1).start()) {
            assertThat(session.submit("nobody", () -> String.valueOf(Holder.USER.get()))
                            .result())
                    .isEqualTo("null");
        } finally {
            Holder.USER.remove();
        }
    }

    /** Holds a thread local that calls find by its class. */
    private static final class Holder {
        private static final InheritableThreadLocal<String> USER = new InheritableThreadLocal<>();
    }
}
