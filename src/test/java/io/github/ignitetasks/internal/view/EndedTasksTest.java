package io.github.ignitetasks.internal.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.events.SessionTask;
import io.github.ignitetasks.internal.events.TaskCounts;
import io.github.ignitetasks.internal.json.JsonWriter;
import io.github.ignitetasks.support.JsonValue;
import io.github.ignitetasks.support.ObservedRun;
import io.github.ignitetasks.support.ObservedTask;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tests what is told of ended tasks. */
final class EndedTasksTest {
    private final RunClock clock = new RunClock();
    private final EndedTasks ended = new EndedTasks(clock, new TaskNames(new TaskCounts()));

    private JsonValue written(RunClock.Moment now) {
        ended.finish();
        JsonWriter json = new JsonWriter().object();
        ended.write(json, FrameLimits.LIVE, now);
        return JsonValue.parse(new String(json.endObject().bytes(), UTF_8));
    }

    private static double sum(JsonValue numbers) {
        return numbers.elements().stream().mapToDouble(JsonValue::asDouble).sum();
    }

    private static ObservedTask task(int attempt) {
        Instant now = Instant.now();
        return new ObservedTask(
                "k",
                Optional.empty(),
                new ExecutionInfo(now, now, "n1", attempt),
                Optional.empty(),
                false,
                false,
                System.nanoTime());
    }

    @Test
    void waitIsOfTasksThatStartedAtTheirFirstAttempt() {
        ended.add(task(1), StateType.COMPLETED, 0);
        ended.add(task(1), StateType.FAILED, 0);
        ended.add(task(1).found(), StateType.COMPLETED, 0);
        ended.add(task(0), StateType.CANCELLED, 0);
        ended.add(task(0), StateType.NOT_READY, 0);
        ended.add(task(2), StateType.COMPLETED, 0);

        JsonValue rates = written(clock.now()).at("rates");

        assertThat(sum(rates.at("wait.counts"))).isEqualTo(2);
        assertThat(sum(rates.at("run.counts"))).isEqualTo(3);
    }

    @Test
    void ratesDoNotFollowTheTimeOfDay() {
        ended.add(task(1), StateType.COMPLETED, 0);

        JsonValue rates = written(new RunClock.Moment(clock.startedMillis() + 86_400_000, 900))
                .at("rates");

        assertThat(rates.number("step")).isEqualTo(1_000);
    }

    private static SessionTask unreadable(CountDownLatch read) {
        ObservedTask task = task(1);
        return (SessionTask) Proxy.newProxyInstance(
                EndedTasksTest.class.getClassLoader(),
                new Class<?>[] {SessionTask.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("executionInfo")) {
                        read.countDown();
                        throw new StackOverflowError("for the test");
                    }
                    return method.invoke(task, arguments);
                });
    }

    @Test
    void errorOfATaskDoesNotEndTheReader() throws InterruptedException {
        RunView view = new RunView(new ObservedRun());
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        view.ended(unreadable(first), StateType.FAILED, 0);
        assertThat(first.await(Deadlines.PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();

        view.ended(unreadable(second), StateType.FAILED, 0);

        assertThat(second.await(Deadlines.PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
        view.closed();
    }
}
