package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.internal.protocol.ClaimRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/**
 * The part of a node's worker that decides which updates sessions get about the keys in flight. Safe to share between
 * threads.
 *
 * @param keys the keys in flight
 * @param clients the sessions
 * @param deaths names the nodes that died
 */
record KeyUpdates(InFlightKeys keys, ClientSessions clients, DeathReport deaths) {

    /** Tells a session that its call joined the execution of its key. The call takes no slot of its own. */
    void onJoined(String key, ClientSession joined) {
        clients.tell(joined.id(), new CallUpdate.Paused(key));
        keys.find(key)
                .ifPresent(run -> run.claim()
                        .filter(claim -> claim.started() && claim.isToRunAlone())
                        .ifPresent(claim -> clients.tell(joined.id(), runsAlone(run, claim))));
    }

    /** Tells the sessions of a key that its call holds no slot for a while. */
    void onPaused(KeyExecution run) {
        run.clients().forEach(client -> clients.tell(client, new CallUpdate.Paused(run.key())));
    }

    /** Tells the sessions of a key how far its call is. */
    void onProgress(KeyExecution run, int attempt, Optional<TaskProgress> latest) {
        CallUpdate.Progress update = new CallUpdate.Progress(run.key(), attempt, latest);
        run.clients().forEach(client -> clients.tell(client, update));
    }

    /**
     * Tells the sessions that a key is about to run alone. If it then ends this node, and the grid with it, only they
     * know the cause. Waits until they have received the update, or for some seconds.
     */
    void beforeRunAlone(KeyExecution run, ClaimRecord claim) throws InterruptedException {
        try {
            clients.tellReceived(run.clients(), runsAlone(run, claim)).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the updates of key '" + run.key() + "' failed, which cannot be", e);
        }
    }

    private CallUpdate runsAlone(KeyExecution run, ClaimRecord claim) {
        return new CallUpdate.RunsAlone(run.key(), deaths.named(run, claim.deaths()));
    }

    /** Ends a key's flight, and sends its sessions the last update. */
    void end(KeyExecution run, CallUpdate last) {
        keys.end(run).forEach(client -> clients.tell(client, last));
        run.over().complete(null);
    }

    /** Ends the flight of keys whose states the grid has, and tells each session all of its states at once. */
    void onRecorded(List<Recorder.Entry> entries) {
        Map<UUID, List<CallUpdate>> updates = new HashMap<>();
        for (Recorder.Entry entry : entries) {
            CallUpdate told = new CallUpdate.Told(entry.run().key(), entry.state());
            for (UUID client : keys.end(entry.run())) {
                updates.computeIfAbsent(client, id -> new ArrayList<>(entries.size()))
                        .add(told);
            }
        }
        updates.forEach(clients::tell);
        entries.forEach(entry -> entry.run().over().complete(null));
    }
}
