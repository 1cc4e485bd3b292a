package io.github.ignitetasks.internal.web;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.State;
import io.github.ignitetasks.internal.events.KeyActivity;
import io.github.ignitetasks.internal.events.ObservedKeys;
import io.github.ignitetasks.internal.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers questions about single keys. Their answers may need the grid, so they are asked for on a few threads of this object, and
 * for a limited time. Answers never have arguments or results of tasks. Safe to share between threads.
 */
final class KeyLookup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyLookup.class);

    private static final int THREADS = 4;
    private static final int QUEUE = 16;
    private static final int MAX_MESSAGE = 10_000;
    private static final int MAX_STACK = 100_000;

    private final ObservedKeys keys;
    private final Duration limit;
    private final ThreadPoolExecutor threads;

    /** Makes a lookup whose threads have this name. */
    KeyLookup(String name, ObservedKeys keys, Duration limit) {
        this.keys = keys;
        this.limit = limit;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE), new DaemonThreads(name));
        threads.allowCoreThreadTimeOut(true);
    }

    /** Tells the status of a key, its final state if it has one, and what happens to it if it runs. */
    Answer task(Optional<String> key) {
        return ask(key, this::taskJson);
    }

    /** Tells the stack of the thread that runs a task, if one does. */
    Answer stack(Optional<String> key) {
        return ask(key, this::stackJson);
    }

    private Answer ask(Optional<String> key, Function<String, String> question) {
        if (key.isEmpty()) {
            return Answer.error(400, "the request must have one parameter 'key'");
        }
        Future<String> json;
        try {
            json = threads.submit(() -> question.apply(key.get()));
        } catch (RejectedExecutionException e) {
            return Answer.error(503, "too many keys are being looked up; try again");
        }
        try {
            return Answer.json(200, json.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            json.cancel(true);
            return Answer.error(504, "the grid has not answered within " + limit.toSeconds() + " s; try again");
        } catch (InterruptedException e) {
            json.cancel(true);
            Thread.currentThread().interrupt();
            return Answer.error(503, "the dashboard closes");
        } catch (ExecutionException e) {
            return failed(requireNonNull(e.getCause(), "cause"));
        }
    }

    private static Answer failed(Throwable cause) {
        if (cause instanceof IllegalArgumentException) {
            return Answer.error(400, String.valueOf(cause.getMessage())); // no key
        }
        if (cause instanceof IllegalStateException) {
            return Answer.error(503, String.valueOf(cause.getMessage())); // closed, or out of reach
        }
        LOG.warn("the dashboard could not look up a key", cause);
        return Answer.error(500, "the dashboard could not look up the key; its log has the reason");
    }

    private String taskJson(String key) {
        KeyStatus status = keys.status(key);
        Optional<State<?>> state =
                status == KeyStatus.COMPLETED || status == KeyStatus.NOT_COMPLETED ? keys.state(key) : Optional.empty();
        Optional<KeyActivity> activity = status == KeyStatus.RUNNING ? keys.activity(key) : Optional.empty();
        return new JsonObject()
                .with("key", key)
                .with("status", status.name())
                .with("phase", activity.map(KeyActivity::phase))
                .with("waitsFor", activity.flatMap(KeyActivity::waitsFor))
                .with("node", activity.flatMap(KeyActivity::node))
                .with("attempt", activity.map(KeyActivity::attempt))
                .with("state", state.map(KeyLookup::stateJson))
                .toString();
    }

    private static JsonObject stateJson(State<?> state) {
        ExecutionInfo info = state.executionInfo();
        return new JsonObject()
                .with("type", state.name())
                .with("node", info.node())
                .with("attempt", info.attempt())
                .with("start", info.startTime().toEpochMilli())
                .with("end", info.endTime().toEpochMilli())
                .with("cached", state.isCached())
                .with("failure", state.failure().map(KeyLookup::failureJson));
    }

    private static JsonObject failureJson(Failure failure) {
        return new JsonObject()
                .with("type", failure.type())
                .with("message", cut(failure.message(), MAX_MESSAGE))
                .with("stack", cut(failure.stackTrace(), MAX_STACK));
    }

    private String stackJson(String key) {
        return new JsonObject()
                .with("key", key)
                .with("stack", keys.stackOf(key).map(stack -> cut(stack, MAX_STACK)))
                .toString();
    }

    /** Returns the beginning of a text, and how much is left out. */
    private static String cut(String text, int most) {
        return text.length() <= most
                ? text
                : text.substring(0, most) + "… (" + most + " of " + text.length() + " characters)";
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
