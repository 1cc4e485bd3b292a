package io.github.ignitetasks.ignite;

import io.github.ignitetasks.wire.CodeOrigin;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.ignite.Ignite;
import org.apache.ignite.internal.util.lang.GridPeerDeployAware;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/**
 * Brings a session's calls to a node, and the keys of those that it cancels. Returns when the worker has them.
 *
 * <p>Where the grid loads classes of peers, Ignite asks it which loader has them: that of the calls, which are all of
 * one loader. On the node, Ignite runs it with a loader that asks the submitter's.
 */
final class DeliverCalls implements IgniteCallable<@Nullable Void>, GridPeerDeployAware, Externalizable {
    @Serial
    private static final long serialVersionUID = 1L;

    private Guest guest;
    private List<WireCall> calls;
    private List<String> cancelled;

    @IgniteInstanceResource
    private @Nullable Ignite ignite;

    /** For reading. */
    public DeliverCalls() {
        this(new Guest(new UUID(0, 0), 0, Duration.ZERO), List.of(), List.of());
    }

    DeliverCalls(Guest guest, List<WireCall> calls, List<String> cancelled) {
        this.guest = guest;
        this.calls = calls;
        this.cancelled = cancelled;
    }

    @Override
    public Class<?> deployClass() {
        return calls.stream()
                .flatMap(call -> call.origin().flatMap(CodeOrigin::type).stream())
                .findFirst()
                .orElse(DeliverCalls.class);
    }

    @Override
    public ClassLoader classLoader() {
        return deployClass().getClassLoader();
    }

    boolean isEmpty() {
        return calls.isEmpty() && cancelled.isEmpty();
    }

    List<WireCall> calls() {
        return calls;
    }

    @Override
    public @Nullable Void call() {
        NodeWorker worker = NodeWorker.of(ignite);
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        for (WireCall call : calls) {
            worker.accept(guest, call, call.origin().map(CodeOrigin::loader).orElse(loader));
        }
        for (String key : cancelled) {
            worker.cancel(guest, key);
        }
        return null;
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        guest.writeTo(out);
        out.writeInt(calls.size());
        for (WireCall call : calls) {
            call.writeTo(out);
        }
        out.writeInt(cancelled.size());
        for (String key : cancelled) {
            out.writeUTF(key);
        }
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
        guest = Guest.readFrom(in);
        calls = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            calls.add(WireCall.readFrom(in));
        }
        cancelled = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            cancelled.add(in.readUTF());
        }
    }
}
