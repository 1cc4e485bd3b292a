package io.github.ignitetasks.internal.view;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.events.ActiveCall;
import io.github.ignitetasks.internal.events.SessionTask;
import io.github.ignitetasks.internal.events.TaskLabel;
import io.github.ignitetasks.internal.json.JsonWriter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The single tasks of a small run, with their edges and what each does. Once a run has more than {@value #MAX_TASKS}
 * tasks or {@value #MAX_EDGES} edges, nothing of it is kept. Safe to share between threads.
 */
final class SingleTasks {
    static final int MAX_TASKS = 300;
    static final int MAX_EDGES = 2_000;

    /** Whether the run is small so far; read without the lock, since most events come when it is not. */
    private volatile boolean isSmall = true;

    private final Map<String, Node> nodes = new LinkedHashMap<>(); // guarded by this
    private final Set<Edge> edges = new LinkedHashSet<>(); // guarded by this

    private record Edge(int from, int to) {}

    private static final class Node {
        private final int number;
        private final String name;
        private final long submittedNanos;
        private String state = "queued";
        private boolean isOver;

        Node(int number, String name, long submittedNanos) {
            this.number = number;
            this.name = name;
            this.submittedNanos = submittedNanos;
        }
    }

    /** Adds a task, which may come again under its key. */
    void submitted(SessionTask task) {
        if (isSmall) {
            synchronized (this) {
                Object unused = node(task);
            }
        }
    }

    /** Returns the node of a task; null if there are too many, or if the key was submitted again since. */
    private @Nullable Node node(SessionTask task) {
        Node known = nodes.get(task.key());
        if (known == null) {
            return add(task, nodes.size());
        }
        long later = task.submittedNanos() - known.submittedNanos;
        if (later == 0) {
            return known;
        }
        return later > 0 ? add(task, known.number) : null;
    }

    private @Nullable Node add(SessionTask task, int number) {
        if (!isSmall || number == MAX_TASKS) {
            forget();
            return null;
        }
        Node node = new Node(number, task.nameOr(""), task.submittedNanos());
        nodes.put(task.key(), node);
        return node;
    }

    private void forget() {
        isSmall = false;
        nodes.clear();
        edges.clear();
    }

    /** Adds the upstreams of a task, for which it waits. */
    void depends(TaskLabel task, List<? extends TaskLabel> upstreams) {
        if (!isSmall) {
            return;
        }
        synchronized (this) {
            Node to = nodes.get(task.key());
            if (to == null) {
                return;
            }
            for (TaskLabel upstream : upstreams) {
                Node from = nodes.get(upstream.key());
                if (from != null && TaskGraph.isTask(upstream)) {
                    edges.add(new Edge(from.number, to.number));
                }
            }
            if (!to.isOver) {
                to.state = "waiting";
            }
            if (edges.size() > MAX_EDGES) {
                forget();
            }
        }
    }

    /** Notes what a task does that has not ended. */
    void isNow(String key, String state) {
        if (isSmall) {
            synchronized (this) {
                Node node = nodes.get(key);
                if (node != null && !node.isOver) {
                    node.state = state;
                }
            }
        }
    }

    /** Notes how a task ended. Its end may overtake its submission. */
    void ended(SessionTask task, StateType type) {
        if (!isSmall) {
            return;
        }
        synchronized (this) {
            Node node = node(task);
            if (node != null) {
                node.state = type.name();
                node.isOver = true;
            }
        }
    }

    /**
     * Writes the tasks as a field. There is nothing in it if the run has too many; then a field has their number.
     *
     * @param submitted how many tasks the run has
     */
    synchronized void write(JsonWriter json, Collection<ActiveCall> active, long submitted) {
        if (!isSmall) {
            json.nullField("tasks").field("tasksOf", submitted);
            return;
        }
        active.forEach(call -> isNow(call.key(), RunningRows.stateOf(call.phase())));
        json.object("tasks").array("nodes");
        nodes.forEach((key, node) -> json.object()
                .field("key", key) // whole, as it tells tasks apart
                .field("name", JsonWriter.cut(node.name, FrameWriter.MAX_TEXT))
                .field("state", node.state)
                .endObject());
        json.endArray().array("edges");
        edges.forEach(edge -> json.array().value(edge.from).value(edge.to).endArray());
        json.endArray().endObject();
    }
}
