package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.codec.Sized;
import io.github.ignitetasks.internal.protocol.MessageVersion;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;

/** The updates that a worker returns to a session by an {@link Exchange}. */
public final class Reply implements Externalizable {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The reply of a job that is held, which Ignite drops. */
    static final Reply NOTHING = new Reply();

    private int slots;
    private boolean draining;
    private List<CallUpdate> ends;

    /** The size of a record above which its result is not sent; only the node needs it. */
    private final long inlineResultBytes;

    /** Makes a reply to deserialize into. */
    public Reply() {
        this(0, false, List.of(), 0);
    }

    Reply(int slots, boolean draining, List<CallUpdate> ends, long inlineResultBytes) {
        this.slots = slots;
        this.draining = draining;
        this.ends = ends;
        this.inlineResultBytes = inlineResultBytes;
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
            CallUpdate.write(end, inlineResultBytes, out);
        }
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
        slots = MessageVersion.readFirstInt("a reply", in);
        draining = in.readBoolean();
        ends = new ArrayList<>();
        for (int left = Sized.readCount(in); left > 0; left--) {
            ends.add(CallUpdate.read(in));
        }
    }
}
