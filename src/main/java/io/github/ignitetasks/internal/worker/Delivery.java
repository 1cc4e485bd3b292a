package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.compat.SettableFuture;
import java.util.concurrent.Executor;
import org.apache.ignite.compute.ComputeJobContext;
import org.apache.ignite.lang.IgniteFuture;

/**
 * The delivery of an exchange on the node: it passes the session's requests on to the worker, and waits in the session's
 * mailbox for updates.
 *
 * @param worker the node's worker
 * @param exchange the exchange
 */
record Delivery(NodeWorker worker, Exchange exchange) {

    /** Delivers the exchange of a job; returns whether the job is held until there are updates. */
    boolean holds(ComputeJobContext job, ClassLoader loader) {
        return deliverAndHold(loader, new HeldJob(job, worker.clients().senders()));
    }

    /** Delivers the exchange on this node and thread; the future completes with the reply. */
    IgniteFuture<Reply> replyHere() {
        SettableFuture<Reply> reply = new SettableFuture<>();
        Mailbox.Waiter waiter = new Mailbox.Waiter() {
            @Override
            public void hold() {
                // nothing to do: the reply is incomplete until go() runs
            }

            @Override
            public void go() {
                reply.complete(reply());
            }
        };
        if (!deliverAndHold(Exchange.class.getClassLoader(), waiter)) {
            waiter.go();
        }
        return reply.future();
    }

    /** Takes the updates for the session. */
    Reply reply() {
        long inline = exchange.client().settings().inlineResultBytes();
        return new Reply(
                worker.slots(),
                worker.isDraining(),
                worker.clients().mailbox(exchange.client()).take(inline),
                inline);
    }

    private boolean deliverAndHold(ClassLoader loader, Mailbox.Waiter waiter) {
        Mailbox mailbox = worker.clients().mailbox(exchange.client());
        mailbox.onReceived(exchange.received());
        mailbox.deliveries().run(exchange.number(), () -> deliver(loader, mailbox));
        return mailbox.hold(waiter);
    }

    private void deliver(ClassLoader loader, Mailbox mailbox) {
        if (mailbox.isClosed()) {
            return; // the session has left
        }
        SessionRequests requests = worker.requests();
        ClientSession client = exchange.client();
        requests.accept(client, exchange.calls(), loader);
        for (String key : exchange.cancelled()) {
            requests.cancel(client, key);
        }
        if (exchange.recalled() > 0) {
            requests.recall(client, exchange.recalled());
        }
        if (mailbox.isClosed()) {
            requests.onLeft(client.id()); // the session left meanwhile
        }
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
}
