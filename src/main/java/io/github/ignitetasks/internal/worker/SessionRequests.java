package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.State;
import io.github.ignitetasks.internal.codec.CodeOrigin;
import io.github.ignitetasks.internal.execution.CallExecution;
import io.github.ignitetasks.internal.node.Quorum;
import io.github.ignitetasks.internal.protocol.StateRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The requests of sessions to a node's worker: to run calls, to cancel them, and to return them. Safe to share between
 * threads; does not block.
 *
 * @param node the node's name
 * @param quorum tells whether the grid has too few servers
 * @param keys the keys in flight
 * @param clients the sessions
 * @param claims decides who runs a key
 * @param updates tells sessions
 * @param unrecorded ends keys that get no record from here
 * @param draining tells whether calls still start
 */
record SessionRequests(
        String node,
        Quorum quorum,
        InFlightKeys keys,
        ClientSessions clients,
        Claims claims,
        KeyUpdates updates,
        UnrecordedKeys unrecorded,
        NodeDraining draining) {

    /** Accepts a session's calls. It runs each call, or lets the session wait for the run or the record of its key. */
    void accept(ClientSession client, List<CallRequest> calls, ClassLoader loader) {
        List<KeyExecution> fresh = new ArrayList<>(calls.size());
        for (CallRequest call : calls) {
            KeyExecution run =
                    new KeyExecution(call, call.origin().map(CodeOrigin::loader).orElse(loader), client);
            if (keys.join(run)) {
                updates.onJoined(call.key(), client);
            } else if (draining.hasBegun()) {
                updates.end(run, new CallUpdate.Returned(call.key()));
            } else {
                fresh.add(run);
            }
        }
        if (fresh.isEmpty()) {
            return;
        }
        Optional<String> lack = quorum.lack();
        if (lack.isPresent()) {
            fresh.forEach(run -> unrecorded.crash(run, Failure.ofText("", lack.get(), "")));
        } else {
            claims.decide(fresh);
        }
    }

    /**
     * Gives a session back up to so many of its calls: those that have not started, that no other session waits for, and
     * that may run elsewhere.
     */
    void recall(ClientSession client, int number) {
        int left = number;
        for (KeyExecution run : keys.all()) {
            if (left == 0) {
                return;
            }
            if (!run.call().isBound() && run.isWantedOnlyBy(client.id()) && unrecorded.giveBackUnlessStarted(run)) {
                left--;
            }
        }
    }

    /** Cancels a key for a session; the call goes on if others wait for it. */
    void cancel(ClientSession client, String key) {
        Optional<KeyExecution> inFlight = keys.find(key);
        if (inFlight.isEmpty()) {
            return; // the key has ended, and the session gets that update
        }
        KeyExecution run = inFlight.get();
        if (run.leave(client.id())) {
            State<?> cancelled = new State.Cancelled<>(false, ExecutionInfo.neverRan(node));
            clients.tell(client.id(), new CallUpdate.Told(key, StateRecord.write(cancelled)));
            return;
        }
        CallExecution<?> started = run.cancel(client.id());
        if (started != null) {
            started.cancel();
        }
    }

    /**
     * Drops the waiting calls of a session that has left, if no other session asked for them. Started calls go on.
     * Sessions that joined a waiting call send their own, because the code of this one may have left too.
     */
    void onLeft(UUID client) {
        for (KeyExecution run : keys.all()) {
            if (run.forget(client) && run.drop()) {
                unrecorded.giveBack(run);
            }
        }
    }
}
