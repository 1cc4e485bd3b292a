package io.github.ignitetasks.internal.events;

import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The stream of a session's task events. It passes each event to all consumers, in the order in which they were added.
 * Safe to share between threads; consumers may be added while events pass.
 */
public final class EventStream implements TaskEvents {
    /** The consumers; replaced as a whole, so that events read it without a lock. */
    private volatile TaskEvents[] consumers = {};

    /** Adds a consumer, which gets the events from now on. */
    public synchronized void add(TaskEvents consumer) {
        TaskEvents[] more = new TaskEvents[consumers.length + 1];
        System.arraycopy(consumers, 0, more, 0, consumers.length);
        more[consumers.length] = consumer;
        consumers = more;
    }

    @Override
    public void submitted(String key) {
        each(consumer -> consumer.submitted(key));
    }

    @Override
    public void queued(String key) {
        each(consumer -> consumer.queued(key));
    }

    @Override
    public void sent(String key, String node) {
        each(consumer -> consumer.sent(key, node));
    }

    @Override
    public void started(String key, String node, int attempt) {
        each(consumer -> consumer.started(key, node, attempt));
    }

    @Override
    public void retrying(String key, String node, int attempt, int attempts, State<?> failed, Duration delay) {
        each(consumer -> consumer.retrying(key, node, attempt, attempts, failed, delay));
    }

    @Override
    public void ended(String key, StateType type, long nanos) {
        each(consumer -> consumer.ended(key, type, nanos));
    }

    @Override
    public void released(String key, StateType type) {
        each(consumer -> consumer.released(key, type));
    }

    private void each(Consumer<TaskEvents> event) {
        for (TaskEvents consumer : consumers) {
            event.accept(consumer);
        }
    }
}
