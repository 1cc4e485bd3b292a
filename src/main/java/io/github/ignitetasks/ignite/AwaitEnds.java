package io.github.ignitetasks.ignite;

import static java.util.Objects.requireNonNull;

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
import org.apache.ignite.compute.ComputeJobContext;
import org.apache.ignite.compute.ComputeJobMasterLeaveAware;
import org.apache.ignite.compute.ComputeTaskSession;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.apache.ignite.resources.JobContextResource;
import org.jspecify.annotations.Nullable;

/**
 * Waits on a node, without a thread, until the worker there has something to tell a session, and brings that back. When
 * the node dies, so does this, which tells the session.
 */
final class AwaitEnds implements IgniteCallable<AwaitEnds.@Nullable Ends>, ComputeJobMasterLeaveAware, Externalizable {
    @Serial
    private static final long serialVersionUID = 1L;

    private Guest guest;

    @IgniteInstanceResource
    private @Nullable Ignite ignite;

    @JobContextResource
    private @Nullable ComputeJobContext context;

    /** For reading. */
    public AwaitEnds() {
        this(new Guest(new UUID(0, 0), 0, Duration.ZERO));
    }

    AwaitEnds(Guest guest) {
        this.guest = guest;
    }

    /** Called when the job starts, and again when it goes on after it was held. */
    @Override
    public @Nullable Ends call() {
        List<End> ends = NodeWorker.of(ignite)
                .guests()
                .mailbox(guest)
                .takeOrHold(requireNonNull(context, "Ignite sets the context before a job runs"));
        return ends.isEmpty() ? null : new Ends(ends);
    }

    /** Says the goodbye that the session's node could not say. */
    @Override
    public void onMasterNodeLeft(ComputeTaskSession session) {
        NodeWorker.of(ignite).guests().leave(guest.id());
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        guest.writeTo(out);
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
        guest = Guest.readFrom(in);
    }

    /** What a worker has to tell. */
    static final class Ends implements Externalizable {
        @Serial
        private static final long serialVersionUID = 1L;

        private List<End> ends;

        /** For reading. */
        public Ends() {
            this(List.of());
        }

        private Ends(List<End> ends) {
            this.ends = ends;
        }

        List<End> list() {
            return ends;
        }

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeInt(ends.size());
            for (End end : ends) {
                End.write(end, out);
            }
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException {
            ends = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                ends.add(End.read(in));
            }
        }
    }
}
