package io.github.ignitetasks.internal.worker;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.codec.CodeOrigin;
import io.github.ignitetasks.internal.codec.Sized;
import io.github.ignitetasks.internal.compat.PeerDeployedCallable;
import io.github.ignitetasks.internal.compat.SettableFuture;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.apache.ignite.Ignite;
import org.apache.ignite.compute.ComputeJobContext;
import org.apache.ignite.compute.ComputeJobMasterLeaveAware;
import org.apache.ignite.compute.ComputeTaskSession;
import org.apache.ignite.lang.IgniteFuture;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.apache.ignite.resources.JobContextResource;
import org.jspecify.annotations.Nullable;

/**
 * One round trip between a session and a node. It delivers calls, and then waits on the node without a thread. It
 * returns once the worker has updates, or once the session's next exchange has arrived. It fails when the node dies,
 * which tells the session of the death.
 *
 * <p>If the grid loads classes from peers, Ignite asks the exchange for a class of the calls' loader ({@link
 * PeerClassLoading}); all its calls share one loader. On the node, Ignite runs it with a loader that asks the
 * submitter's.
 */
public final class Exchange
        implements PeerDeployedCallable<Exchange.Reply>, ComputeJobMasterLeaveAware, Externalizable {
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

    /** Delivers the calls when the job starts, and returns the reply when a held job goes on. */
    @Override
    public Reply call() {
        NodeWorker worker = NodeWorker.of(ignite);
        if (!delivered) {
            delivered = true;
            ComputeJobContext job = requireNonNull(context, "Ignite sets the context before a job runs");
            ClassLoader loader = loaderHere == null ? Thread.currentThread().getContextClassLoader() : loaderHere;
            if (deliverAndHold(worker, loader, new HeldJob(job, worker.clients().senders()))) {
                return Reply.NOTHING; // Ignite drops the return value of a held job
            }
        }
        return reply(worker);
    }

    /** Runs this exchange on this node and thread, without a job. */
    public IgniteFuture<Reply> callHere(Ignite here) {
        NodeWorker worker = NodeWorker.of(here);
        SettableFuture<Reply> reply = new SettableFuture<>();
        Mailbox.Waiter waiter = new Mailbox.Waiter() {
            @Override
            public void hold() {
                // nothing to do: the reply is incomplete until go() runs
            }

            @Override
            public void go() {
                reply.complete(reply(worker));
            }
        };
        if (!deliverAndHold(worker, Exchange.class.getClassLoader(), waiter)) {
            waiter.go();
        }
        return reply.future();
    }

    private boolean deliverAndHold(NodeWorker worker, ClassLoader loader, Mailbox.Waiter waiter) {
        Mailbox mailbox = worker.clients().mailbox(client);
        mailbox.onReceived(received);
        mailbox.deliveries().run(number, () -> deliver(worker, loader, mailbox));
        return mailbox.hold(waiter);
    }

    private Reply reply(NodeWorker worker) {
        return new Reply(
                worker.slots(),
                worker.isDraining(),
                worker.clients().mailbox(client).take());
    }

    /**
     * A held job, which waits without a thread. It replies on a thread that may block: sending to a dead session blocks
     * until Ignite notices the death.
     */
    private record HeldJob(ComputeJobContext context, Executor senders) implements Mailbox.Waiter {
        @Override
        public void hold() {
            context.holdcc();
        }

        @Override
        public void go() {
            senders.execute(context::callcc);
        }
    }

    private void deliver(NodeWorker worker, ClassLoader loader, Mailbox mailbox) {
        if (mailbox.isClosed()) {
            return; // the session has left
        }
        SessionRequests requests = worker.requests();
        requests.accept(client, calls, loader);
        for (String key : cancelled) {
            requests.cancel(client, key);
        }
        if (recalled > 0) {
            requests.recall(client, recalled);
        }
        if (mailbox.isClosed()) {
            requests.onLeft(client.id()); // the session left meanwhile
        }
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
        client = ClientSession.readFrom(in);
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

    /** The updates that a worker returns to a session. */
    public static final class Reply implements Externalizable {
        private static final Reply NOTHING = new Reply();

        @Serial
        private static final long serialVersionUID = 1L;

        private int slots;
        private boolean draining;
        private List<CallUpdate> ends;

        /** Makes a reply to deserialize into. */
        public Reply() {
            this(0, false, List.of());
        }

        private Reply(int slots, boolean draining, List<CallUpdate> ends) {
            this.slots = slots;
            this.draining = draining;
            this.ends = ends;
        }

        /** Returns how many calls the node runs at a time. */
        public int slots() {
            return slots;
        }

        /** Returns whether the node is about to end, and starts no more calls. */
        public boolean isDraining() {
            return draining;
        }

        /** Returns the updates since the last reply. */
        public List<CallUpdate> ends() {
            return ends;
        }

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeInt(slots);
            out.writeBoolean(draining);
            out.writeInt(ends.size());
            for (CallUpdate end : ends) {
                CallUpdate.write(end, out);
            }
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException {
            slots = in.readInt();
            draining = in.readBoolean();
            ends = new ArrayList<>();
            for (int left = Sized.readCount(in); left > 0; left--) {
                ends.add(CallUpdate.read(in));
            }
        }
    }
}
