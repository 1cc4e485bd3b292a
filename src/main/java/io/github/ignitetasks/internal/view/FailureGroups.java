package io.github.ignitetasks.internal.view;

import static java.util.Comparator.comparingLong;

import io.github.ignitetasks.Failure;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The failures of tasks, grouped by what is alike: name, state, type of exception and the top frame of its stack. The
 * failures of all groups after the first {@value #MAX_GROUPS} are counted under one. Not safe to share.
 */
final class FailureGroups {
    static final int MAX_GROUPS = 100;

    private static final int MAX_NAME = 200;
    private static final int MAX_MESSAGE = 2_000;
    private static final int MAX_STACK = 8_000;
    private static final String FRAME_START = "\tat ";

    private final Map<Kind, Group> groups = new LinkedHashMap<>();
    private final Group others = new Group();

    private record Kind(String name, StateType state, String type, String frame) {}

    /**
     * One failure. Its texts are cut, so that it does not keep long ones alive.
     *
     * @param key the key of the task
     * @param message the message of its exception
     * @param stack the stack of the exception
     * @param node the node of the last attempt
     * @param attempt the number of the last attempt
     * @param time when it ended, in milliseconds since the epoch
     */
    record Example(String key, String message, String stack, String node, int attempt, long time) {
        static final Example NONE = new Example("", "", "", "", 0, 0);

        Example {
            message = JsonWriter.cut(message, MAX_MESSAGE);
            stack = JsonWriter.cut(stack, MAX_STACK);
            node = JsonWriter.cut(node, MAX_NAME);
        }
    }

    private static final class Group {
        private long count;
        private Example latest = Example.NONE;

        void add(Example example) {
            count++;
            latest = example;
        }
    }

    /** Adds a failure of a task. */
    void add(String name, StateType state, Failure failure, Example example) {
        Kind kind = new Kind(name, state, JsonWriter.cut(failure.type(), MAX_NAME), topFrame(failure.stackTrace()));
        Group known = groups.get(kind);
        if (known == null && groups.size() < MAX_GROUPS) {
            known = new Group();
            groups.put(kind, known);
        }
        (known == null ? others : known).add(example);
    }

    /** Adds failures of which only the number is known. */
    void addUnknown(long count) {
        others.count += count;
    }

    /** Returns the first frame of a stack; empty if it has none. */
    private static String topFrame(String stack) {
        int start = stack.indexOf(FRAME_START);
        if (start < 0) {
            return "";
        }
        int end = stack.indexOf('\n', start);
        String frame = stack.substring(start + FRAME_START.length(), end < 0 ? stack.length() : end);
        return JsonWriter.cut(frame.strip(), MAX_NAME);
    }

    /**
     * Writes the groups with the most failures.
     *
     * @param limits how many groups, and how many bytes their texts take
     */
    void write(JsonWriter json, FrameLimits limits) {
        List<Map.Entry<Kind, Group>> rows = new ArrayList<>(groups.entrySet());
        if (others.count > 0) {
            rows.add(Map.entry(new Kind(NodeRows.OTHERS, StateType.FAILED, "", ""), others));
        }
        rows.sort(comparingLong((Map.Entry<Kind, Group> row) -> row.getValue().count)
                .reversed());
        int shown = Math.min(limits.failures(), rows.size());
        json.field("shown", shown).field("of", rows.size()).array("rows");
        int stacksLeft = limits.stackBytes();
        int messagesLeft = limits.messageBytes();
        for (int i = 0; i < shown; i++) {
            Example example = rows.get(i).getValue().latest;
            String stack = JsonWriter.cutToBytes(example.stack, stacksLeft / (shown - i));
            String message = JsonWriter.cutToBytes(example.message, messagesLeft / (shown - i));
            stacksLeft -= JsonWriter.bytesOf(stack);
            messagesLeft -= JsonWriter.bytesOf(message);
            write(json, rows.get(i).getKey(), rows.get(i).getValue().count, example, message, stack);
        }
        json.endArray();
    }

    private static void write(JsonWriter json, Kind kind, long count, Example example, String message, String stack) {
        json.object()
                .field("name", JsonWriter.cut(kind.name, MAX_NAME))
                .field("state", kind.state.toString())
                .field("type", kind.type)
                .field("frame", kind.frame)
                .field("message", message)
                .field("count", count)
                .field("stack", stack)
                .field("node", example.node)
                .field("attempt", example.attempt)
                .field("key", example.key)
                .field("time", example.time)
                .endObject();
    }
}
