package io.github.ignitetasks.internal.codec;

import io.github.ignitetasks.Failure;
import io.github.ignitetasks.NotCarriedException;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.Serial;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A cause or a suppressed exception inside a written exception, with bytes of its own. If it cannot be written or read,
 * a {@link NotCarriedException} takes its place, and the rest is read all the same.
 */
final class CarriedThrowable implements Externalizable {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The largest length of a message, in characters. */
    private static final int MAX_MESSAGE = 16 << 10;

    private String type = "";
    private String message = "";

    /** The exception; empty if it cannot be written. */
    private byte[] bytes = {};

    /** Why it cannot be written, if it cannot; then the other two are read too. */
    private String reason = "";

    private StackTraceElement[] stackTrace = {};
    private @Nullable Object cause;

    /** The exception here, once this was read. */
    private @Nullable Throwable resolved;

    /** For reading. */
    public CarriedThrowable() {}

    /**
     * Writes an exception.
     *
     * @param apart how many of its causes may still have bytes of their own
     */
    @SuppressWarnings("CatchingUnchecked") // the classes of exceptions bring code of their own
    static CarriedThrowable of(Throwable throwable, AtomicInteger apart) {
        Failure failure = Failure.of(throwable);
        CarriedThrowable carried = new CarriedThrowable();
        carried.type = failure.type();
        carried.message = failure.message().length() <= MAX_MESSAGE
                ? failure.message()
                : failure.message().substring(0, MAX_MESSAGE) + "...";
        try {
            carried.bytes = ObjectWriter.writeThrowable(throwable, apart).bytes();
        } catch (StackOverflowError e) {
            throw e; // whoever writes all of them has a larger stack for it
        } catch (Throwable e) {
            carried.reason = "it cannot be written (" + Failure.of(e) + ")";
            carried.keepWhatIsReadable(throwable, apart);
        }
        return carried;
    }

    /** Returns the cause of an exception and what it suppressed, as its class tells. */
    @SuppressWarnings("CatchingUnchecked") // the classes of exceptions bring code of their own
    static Set<Throwable> causesOf(Throwable throwable) {
        Set<Throwable> causes = Collections.newSetFromMap(new IdentityHashMap<>());
        try {
            causes.addAll(Arrays.asList(throwable.getSuppressed()));
            Throwable cause = throwable.getCause();
            if (cause != null) {
                causes.add(cause);
            }
        } catch (Throwable e) {
            causes.clear(); // they are written with it
        }
        causes.remove(throwable);
        return causes;
    }

    @SuppressWarnings("CatchingUnchecked") // the classes of exceptions bring code of their own
    private void keepWhatIsReadable(Throwable throwable, AtomicInteger apart) {
        try {
            stackTrace = throwable.getStackTrace();
            Throwable next = throwable.getCause();
            if (next != null && apart.getAndDecrement() > 0) {
                cause = of(next, apart);
            }
        } catch (Throwable e) {
            reason += ", and its cause cannot be had (" + Failure.of(e) + ")";
        }
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        out.writeObject(type);
        out.writeObject(message);
        out.writeInt(bytes.length);
        out.write(bytes);
        if (bytes.length == 0) {
            out.writeObject(reason);
            out.writeObject(stackTrace);
            out.writeObject(cause);
        }
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
        ObjectReader reader = (ObjectReader) in;
        type = (String) in.readObject();
        message = (String) in.readObject();
        bytes = reader.readBytes(in.readInt());
        if (bytes.length == 0) {
            reason = (String) in.readObject();
            stackTrace = (StackTraceElement[]) in.readObject();
            cause = in.readObject();
            resolved = standIn(reason, (Throwable) cause);
        } else {
            resolved = read(reader);
        }
    }

    @SuppressWarnings("CatchingUnchecked") // the classes of exceptions bring code of their own
    private Throwable read(ObjectReader reader) {
        try {
            return reader.readApart(bytes);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            return standIn("it cannot be read here (" + Failure.of(e) + ")", null);
        }
    }

    private Throwable standIn(String why, @Nullable Throwable known) {
        NotCarriedException standIn = new NotCarriedException(Failure.ofText(type, message, ""), why, known);
        standIn.setStackTrace(stackTrace);
        return standIn;
    }

    @Serial
    private Object readResolve() {
        return resolved == null ? standIn("it was not read", null) : resolved;
    }
}
