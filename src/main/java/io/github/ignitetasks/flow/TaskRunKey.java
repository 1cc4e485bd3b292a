package io.github.ignitetasks.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.UUID;

/** Makes the keys of task runs and flow runs. The same run and run count always give the same key. */
final class TaskRunKey {
    private TaskRunKey() {}

    /**
     * Returns {@code name-id-count}, where the id is a name-based UUID of flow run and task-run name, in 32 hex digits.
     */
    static String of(UUID flowRunId, String taskRunName, int runCount) {
        return taskRunName + "-" + hex(taskRunId(flowRunId, taskRunName)) + "-" + runCount;
    }

    /** Returns the id of the flow run that has a name among the runs of a flow. */
    static UUID flowRunId(String flowName, String runName) {
        return UUID.nameUUIDFromBytes((flowName + "\n" + runName).getBytes(UTF_8)); // names have no line separator
    }

    /** Returns the id of a run of a flow that another flow run calls. */
    static UUID childId(UUID parent, String flowName, int count) {
        return UUID.nameUUIDFromBytes((parent + "\n" + flowName + "\n" + count).getBytes(UTF_8));
    }

    /** Returns {@code name-id-attempt-count}, the key under which an attempt at a flow run is recorded. */
    static String ofFlow(UUID flowRunId, String flowName, int runCount) {
        return flowName + "-" + hex(flowRunId) + "-attempt-" + runCount;
    }

    private static UUID taskRunId(UUID flowRunId, String taskRunName) {
        byte[] name = taskRunName.getBytes(UTF_8);
        return UUID.nameUUIDFromBytes(ByteBuffer.allocate(2 * Long.BYTES + name.length)
                .putLong(flowRunId.getMostSignificantBits())
                .putLong(flowRunId.getLeastSignificantBits())
                .put(name)
                .array());
    }

    private static String hex(UUID id) {
        return id.toString().replace("-", "");
    }
}
