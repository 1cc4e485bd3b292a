package io.github.ignitetasks.flow;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.NotCompletedException;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.TaskSession;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The number of an attempt at a flow run, over all processes that run it. Each attempt has a record with the token of
 * the attempt that made it, so no two attempts have the same count.
 *
 * @param count the number of the attempt, from 1
 * @param others the numbers of earlier attempts of other processes, newest first
 */
record RunCount(int count, List<Integer> others) {
    RunCount {
        others = List.copyOf(others);
    }

    /**
     * Returns the first count of a new flow run. Nobody else knows the flow run, so this method does not wait for the
     * record.
     */
    static RunCount ofNew(UUID id, String flowName, TaskSession session) {
        record(id, flowName, 1, session, token());
        return new RunCount(1, List.of());
    }

    /**
     * Returns the first free count of a flow run.
     *
     * @throws NotCompletedException if the grid cannot record it
     * @throws TaskInterruptedException if this thread is interrupted
     */
    static RunCount ofKnown(UUID id, String flowName, TaskSession session) {
        return new RunCount(0, List.of()).next(id, flowName, session);
    }

    /**
     * Returns the next free count of the flow run.
     *
     * @throws NotCompletedException if the grid cannot record it
     * @throws TaskInterruptedException if this thread is interrupted
     */
    RunCount next(UUID id, String flowName, TaskSession session) {
        List<Integer> before = new ArrayList<>(others);
        String token = token();
        int next = count + 1;
        while (!isMine(record(id, flowName, next, session, token), token)) {
            before.add(0, next);
            next++;
        }
        return new RunCount(next, before);
    }

    /**
     * Returns whether a record is of this attempt. A Cancelled record is not: another attempt made and cancelled it.
     */
    private static boolean isMine(TaskFuture<String> record, String token) {
        State<String> state = record.await(CallOptions.FOREVER).orElseThrow();
        return state.type() != StateType.CANCELLED && record.result().equals(token);
    }

    private static TaskFuture<String> record(UUID id, String flowName, int count, TaskSession session, String token) {
        return session.complete(TaskRunKey.ofFlow(id, flowName, count), token);
    }

    private static String token() {
        return UUID.randomUUID().toString();
    }
}
