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
 * Brings what a session has for a node, and waits there, without a thread, until the worker has something to tell that
 * session, or until the session's next exchange has come. When the node dies, so does this, which tells the session.
 *
 * <p>Where the grid loads classes of peers, Ignite asks it which loader has them ({@link PeerClassLoading}): that of the
 * calls, which are all of one loader. On the node, Ignite runs it with a loader that asks the submitter's.
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

    private boolean delivered; // by the job's own threads, one after another

    /** The loader of the calls, where it is of this JVM; null where the job's is to be used. */
    private @Nullable ClassLoader loaderHere;

    @IgniteInstanceResource
    private @Nullable Ignite ignite;

    @JobContextResource
    private @Nullable ComputeJobContext context;

    /** For reading. */
    public Exchange() {
        this(ClientSession.NOBODY, 0, 0, List.of(), List.of(), 0, PeerClassLoading.OFF);
    }

    /**
     * Makes an exchange.
     *
     * @param client whose it is
     * @param number its place in the order of the session's exchanges with the node, from 0
     * @param received how many replies of the node the session has got
     * @param calls what is to be run
     * @param cancelled the keys of what is to be cancelled
     * @param recalled how many calls are to be returned, of those that have not started
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

    /** Returns what is to be run. */
    public List<CallRequest> calls() {
        return calls;
    }

    /** Returns whether it only waits. */
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

    /** Called when the job starts, and again when it goes on after it was held. */
    @Override
    public Reply call() {
        NodeWorker worker = NodeWorker.of(ignite);
        if (!delivered) {
            delivered = true;
            ComputeJobContext job = requireNonNull(context, "Ignite sets the context before a job runs");
            ClassLoader loader = loaderHere == null ? Thread.currentThread().getContextClassLoader() : loaderHere;
            if (deliverAndHold(worker, loader, new HeldJob(job, worker.clients().senders()))) {
                return Reply.NOTHING; // what a job that is held returns is dropped
            }
        }
        return reply(worker);
    }

    /** Does on this node, on this thread, what the job does on another. */
    public IgniteFuture<Reply> callHere(Ignite here) {
        NodeWorker worker = NodeWorker.of(here);
        SettableFuture<Reply> reply = new SettableFuture<>();
        Mailbox.Waiter waiter = new Mailbox.Waiter() {
            @Override
            public void hold() {
                // the reply is not there yet, which holds whoever waits for it
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
     * A job that waits, without a thread. It sends its reply on a thread that may wait for long: while a session that has
     * died is not known to have, sending to it takes as long as that is waited for.
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
        worker.accept(client, calls, loader);
        for (String key : cancelled) {
            worker.cancel(client, key);
        }
        if (recalled > 0) {
            worker.giveBack(client, recalled);
        }
        if (mailbox.isClosed()) {
            worker.onLeft(client.id()); // it left meanwhile
        }
    }

    /** Nothing to do, as the worker hears of it by itself; without this, Ignite would cancel the job. */
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

    /** What a worker has to tell. */
    public static final class Reply implements Externalizable {
        private static final Reply NOTHING = new Reply();

        @Serial
        private static final long serialVersionUID = 1L;

        private int slots;
        private boolean draining;
        private List<CallUpdate> ends;

        /** For reading. */
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

        /** Returns what became of calls since the last reply. */
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
