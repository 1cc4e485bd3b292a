package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.events.ActiveCall;
import java.util.Optional;

/**
 * The report of one node about a key.
 *
 * @param node the name of the node
 * @param record the record of the key that the node keeps, without the result; empty if it keeps none
 * @param resultBytes how many bytes of the record are the result
 * @param inFlight whether the call of the key has reached the node and has not ended there
 * @param call the call there; empty if it has not started
 * @param stack the stack of the thread that runs its code; empty if none does
 */
public record KeyReport(
        String node,
        Optional<byte[]> record,
        long resultBytes,
        boolean inFlight,
        Optional<ActiveCall> call,
        Optional<String> stack) {}
