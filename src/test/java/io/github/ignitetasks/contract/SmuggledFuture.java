package io.github.ignitetasks.contract;

import io.github.ignitetasks.TaskFuture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;

/** Hides a future inside a call. It writes the future to a stream of its own, where no runner finds it. */
final class SmuggledFuture implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    private transient TaskFuture<Integer> future;

    SmuggledFuture(TaskFuture<Integer> future) {
        this.future = future;
    }

    TaskFuture<Integer> future() {
        return future;
    }

    @Serial
    private void writeObject(ObjectOutputStream out) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream own = new ObjectOutputStream(bytes)) {
            own.writeObject(future);
        }
        out.writeObject(bytes.toByteArray());
    }

    @Serial
    @SuppressWarnings("unchecked") // writeObject writes this type
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        byte[] bytes = (byte[]) in.readObject();
        try (ObjectInputStream own = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            future = (TaskFuture<Integer>) own.readObject();
        }
    }
}
