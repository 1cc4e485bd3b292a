package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.codec.Sized;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The death of a node that had a call.
 *
 * @param node the id of the node
 * @param name the node's name for people; empty if nobody remembers it
 */
public record NodeDeath(UUID node, String name) {

    @Override
    public String toString() {
        return name.isEmpty() ? node.toString() : name + " (" + node + ")";
    }

    static void writeAll(List<NodeDeath> deaths, DataOutput out) throws IOException {
        out.writeInt(deaths.size());
        for (NodeDeath death : deaths) {
            out.writeLong(death.node.getMostSignificantBits());
            out.writeLong(death.node.getLeastSignificantBits());
            out.writeUTF(death.name);
        }
    }

    static List<NodeDeath> readAll(DataInput in) throws IOException {
        List<NodeDeath> deaths = new ArrayList<>();
        for (int left = Sized.readCount(in); left > 0; left--) {
            deaths.add(new NodeDeath(new UUID(in.readLong(), in.readLong()), in.readUTF()));
        }
        return deaths;
    }
}
