package io.github.ignitetasks.support;

import io.github.ignitetasks.TaskEvent;
import io.github.ignitetasks.TaskListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that keeps all events. Safe to share between threads. */
public final class RecordedEvents implements TaskListener {
    private final List<TaskEvent> all = new CopyOnWriteArrayList<>();

    /** Returns the events so far, in order. */
    public List<TaskEvent> all() {
        return List.copyOf(all);
    }

    /** Returns the events of a key so far, in order, each as a few words. */
    public List<String> of(String key) {
        return all.stream()
                .filter(event -> event.key().equals(key))
                .map(RecordedEvents::describe)
                .toList();
    }

    /** Returns the ends of tasks so far, in order. */
    public List<TaskEvent.Ended> ends() {
        return all.stream()
                .filter(TaskEvent.Ended.class::isInstance)
                .map(TaskEvent.Ended.class::cast)
                .toList();
    }

    private static String describe(TaskEvent event) {
        if (event instanceof TaskEvent.Started started) {
            return "started " + started.attempt();
        }
        if (event instanceof TaskEvent.Retrying retrying) {
            return "retrying after " + retrying.failed().number();
        }
        if (event instanceof TaskEvent.Progressed progressed) {
            return "progress " + progressed.progress().describe();
        }
        if (event instanceof TaskEvent.Ended ended) {
            return "ended " + ended.type() + (ended.isCached() ? " cached" : "");
        }
        return "submitted";
    }

    @Override
    public void submitted(TaskEvent.Submitted event) {
        all.add(event);
    }

    @Override
    public void started(TaskEvent.Started event) {
        all.add(event);
    }

    @Override
    public void retrying(TaskEvent.Retrying event) {
        all.add(event);
    }

    @Override
    public void progress(TaskEvent.Progressed event) {
        all.add(event);
    }

    @Override
    public void ended(TaskEvent.Ended event) {
        all.add(event);
    }
}
