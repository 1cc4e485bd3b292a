package io.github.ignitetasks.internal.events;

import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskProgress;
import java.time.Duration;
import java.util.List;

/**
 * The stream of a session's task events. It passes each event to all consumers, in the order in which they were added.
 * Safe to share between threads; consumers may be added while events pass.
 *
 * <p>Each method has a loop of its own, because several events pass for each task: a shared loop over a lambda would
 * allocate an object for each.
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
    public void submitted(SessionTask task) {
        for (TaskEvents consumer : consumers) {
            consumer.submitted(task);
        }
    }

    @Override
    public void depends(TaskLabel task, List<? extends TaskLabel> upstreams) {
        for (TaskEvents consumer : consumers) {
            consumer.depends(task, upstreams);
        }
    }

    @Override
    public void joined(TaskLabel task) {
        for (TaskEvents consumer : consumers) {
            consumer.joined(task);
        }
    }

    @Override
    public void queued(String key) {
        for (TaskEvents consumer : consumers) {
            consumer.queued(key);
        }
    }

    @Override
    public void sent(String key, String node) {
        for (TaskEvents consumer : consumers) {
            consumer.sent(key, node);
        }
    }

    @Override
    public void started(TaskLabel task, String node, int attempt) {
        for (TaskEvents consumer : consumers) {
            consumer.started(task, node, attempt);
        }
    }

    @Override
    public void progress(TaskLabel task, String node, int attempt, TaskProgress progress) {
        for (TaskEvents consumer : consumers) {
            consumer.progress(task, node, attempt, progress);
        }
    }

    @Override
    public void retrying(TaskLabel task, String node, int attempt, int attempts, State<?> failed, Duration delay) {
        for (TaskEvents consumer : consumers) {
            consumer.retrying(task, node, attempt, attempts, failed, delay);
        }
    }

    @Override
    public void ended(SessionTask task, StateType type, long nanos) {
        for (TaskEvents consumer : consumers) {
            consumer.ended(task, type, nanos);
        }
    }

    @Override
    public void released(String key, StateType type) {
        for (TaskEvents consumer : consumers) {
            consumer.released(key, type);
        }
    }

    @Override
    public void closed() {
        for (TaskEvents consumer : consumers) {
            consumer.closed();
        }
    }
}
