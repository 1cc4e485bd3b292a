package io.github.ignitetasks.internal.worker;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.codec.CodeOrigin;
import io.github.ignitetasks.internal.codec.Sized;
import io.github.ignitetasks.internal.compat.PeerDeployedCallable;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ignite.Ignite;
import org.apache.ignite.compute.ComputeJobContext;
import org.apache.ignite.compute.ComputeJobMasterLeaveAware;
import org.apache.ignite.compute.ComputeTaskSession;
import org.apache.ignite.lang.IgniteFuture;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.apache.ignite.resources.JobContextResource;
import org.jspecify.annotations.Nullable;

/**
 * The message of one round trip between a session and a node. Its {@link Delivery} brings calls, and then waits on the
 * node without a thread. It returns a {@link Reply} once the worker has updates, or once the session's next exchange has
 * arrived. It fails when the node dies, which tells the session of the death.
 *
 * <p>If the grid loads classes from peers, Ignite asks the exchange for a class of the calls' loader ({@link
 * PeerClassLoading}); all its calls share one loader. On the node, Ignite runs it with a loader that asks the
 * submitter's.
 */
public final class Exchange implements PeerDeployedCallable<Reply>, ComputeJobMasterLeaveAware, Externalizable {
    @Serial
    private static final long serialVersionUID = 1L;

    private ClientSession client;
    private long number;
    private long received;
    private List<CallRequest> calls;
    private List<String> cancelled;
    private int recalled;

    /** How the grid loads the classes of the calls; used by the submitter alone. */
    private final PeerClassLoading peers;

    private boolean delivered; // used by the job's own threads, one after another

    /** The loader of the calls, if they come from this JVM; null if the job's loader applies. */
    private @Nullable ClassLoader loaderHere;

    @IgniteInstanceResource
    private @Nullable Ignite ignite;

    @JobContextResource
    private @Nullable ComputeJobContext context;

    /** Makes an exchange to deserialize into. */
    public Exchange() {
        this(ClientSession.NOBODY, 0, 0, List.of(), List.of(), 0, PeerClassLoading.OFF);
    }

    /**
     * Makes an exchange.
     *
     * @param client the session that sends it
     * @param number its place in the order of the session's exchanges with the node, from 0
     * @param received how many replies of the node the session has received
     * @param calls the calls to run
     * @param cancelled the keys of the calls to cancel
     * @param recalled how many calls to return, of those that have not started
     * @param peers how the grid loads the classes of the calls
     */
    public Exchange(
            ClientSession client,
            long number,
            long received,
            List<CallRequest> calls,
            List<String> cancelled,
            int recalled,
            PeerClassLoading peers) {
        this.peers = peers;
        this.client = client;
        this.number = number;
        this.received = received;
        this.calls = calls;
        this.cancelled = cancelled;
        this.recalled = recalled;
    }

    /** Returns the calls to run. */
    public List<CallRequest> calls() {
        return calls;
    }

    /** Returns whether the exchange delivers nothing and only waits. */
    public boolean isEmpty() {
        return calls.isEmpty() && cancelled.isEmpty() && recalled == 0;
    }

    @Override
    public Class<?> deployClass() {
        return calls.stream()
                .flatMap(call -> call.origin().flatMap(CodeOrigin::type).stream())
                .findFirst()
                .<Class<?>>map(peers::deployed)
                .orElse(Exchange.class);
    }

    /** Returns the session that sends the exchange. */
    ClientSession client() {
        return client;
    }

    /** Returns its place in the order of the session's exchanges with the node, from 0. */
    long number() {
        return number;
    }

    /** Returns how many replies of the node the session has received. */
    long received() {
        return received;
    }

    /** Returns the keys of the calls to cancel. */
    List<String> cancelled() {
        return cancelled;
    }

    /** Returns how many calls to return, of those that have not started. */
    int recalled() {
        return recalled;
    }

    /** Delivers the exchange when the job starts, and returns the reply when a held job goes on. */
    @Override
    public Reply call() {
        Delivery delivery = new Delivery(NodeWorker.of(ignite), this);
        if (!delivered) {
            delivered = true;
            ComputeJobContext job = requireNonNull(context, "Ignite sets the context before a job runs");
            ClassLoader loader = loaderHere == null ? Thread.currentThread().getContextClassLoader() : loaderHere;
            if (delivery.holds(job, loader)) {
                return Reply.NOTHING; // Ignite drops the return value of a held job
            }
        }
        return delivery.reply();
    }

    /** Runs this exchange on this node and thread, without a job. */
    public IgniteFuture<Reply> callHere(Ignite here) {
        return new Delivery(NodeWorker.of(here), this).replyHere();
    }

    /** Does nothing, as the worker notices the departure itself; without this method Ignite would cancel the job. */
    @Override
    public void onMasterNodeLeft(ComputeTaskSession session) {
        // see above
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        client.writeTo(out);
        out.writeLong(number);
        out.writeLong(received);
        DefinitionTable table = new DefinitionTable();
        out.writeInt(calls.size());
        for (CallRequest call : calls) {
            call.writeTo(out, table);
        }
        out.writeInt(cancelled.size());
        for (String key : cancelled) {
            out.writeUTF(key);
        }
        out.writeInt(recalled);
        Optional<CodeOrigin> origin =
                calls.stream().flatMap(call -> call.origin().stream()).findFirst();
        out.writeLong(ClassLoaderRegistry.JVM.getMostSignificantBits());
        out.writeLong(ClassLoaderRegistry.JVM.getLeastSignificantBits());
        out.writeLong(
                origin.map(code -> ClassLoaderRegistry.numberOf(code.loader())).orElse(0L));
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
        client = ClientSession.readFrom("an exchange", in);
        number = in.readLong();
        received = in.readLong();
        DefinitionTable table = new DefinitionTable();
        calls = new ArrayList<>();
        for (int left = Sized.readCount(in); left > 0; left--) {
            calls.add(CallRequest.readFrom(in, table));
        }
        cancelled = new ArrayList<>();
        for (int left = Sized.readCount(in); left > 0; left--) {
            cancelled.add(in.readUTF());
        }
        recalled = in.readInt();
        UUID jvm = new UUID(in.readLong(), in.readLong());
        loaderHere = ClassLoaderRegistry.find(jvm, in.readLong()).orElse(null);
    }
}
