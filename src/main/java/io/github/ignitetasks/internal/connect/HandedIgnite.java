package io.github.ignitetasks.internal.connect;

import io.github.ignitetasks.cluster.ClientCustomizer;
import io.github.ignitetasks.internal.compat.NodeInternals;
import java.io.InvalidObjectException;
import java.io.Serial;
import java.util.Objects;
import java.util.Optional;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteIllegalStateException;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * An Ignite that the user passed to the runner. It may be a wrapper, such as an {@code IgniteSpringBean} or a proxy,
 * whose Ignite has not started yet. In another JVM it stands for the Ignite of the same name there.
 */
public final class HandedIgnite implements GridSource {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Known if the runner was deserialized. */
    private final @Nullable String name;

    /** Known in the JVM that built the runner. */
    private final transient @Nullable Ignite ignite;

    public HandedIgnite(Ignite ignite) {
        this(null, ignite);
    }

    private HandedIgnite(@Nullable String name, @Nullable Ignite ignite) {
        this.name = name;
        this.ignite = ignite;
    }

    @Override
    public OpenGrid open(ClientCustomizer customizer) {
        return new OpenGrid(
                ignite == null ? named() : started(ignite), "a given Ignite", false, false, Optional.empty(), () -> {});
    }

    private Ignite named() {
        try {
            return Ignition.ignite(name);
        } catch (IgniteIllegalStateException e) {
            throw new IllegalStateException(
                    "this JVM has no Ignite named '" + name + "', which the runner was given where it was built", e);
        }
    }

    /**
     * Returns the Ignite that a wrapper stands for.
     *
     * @throws IllegalStateException if that Ignite has not started, or has stopped
     */
    static Ignite started(Ignite ignite) {
        if (NodeInternals.isUnwrapped(ignite)) {
            return ignite;
        }
        try {
            return Ignition.ignite(ignite.name());
        } catch (RuntimeException e) { // each wrapper throws another exception if it is empty
            throw new IllegalStateException(
                    "ignite is a " + ignite.getClass().getName() + " whose Ignite is not started in this JVM, or has"
                            + " stopped; start the session once it is up, with Spring after the context is refreshed",
                    e);
        }
    }

    /**
     * Returns the instance name. A wrapper may not know it before its Ignite starts; its configuration has the name
     * then.
     */
    private @Nullable String name() {
        if (ignite == null) {
            return name;
        }
        try {
            return ignite.name();
        } catch (RuntimeException e) { // see above
            IgniteConfiguration configuration = ignite.configuration();
            return configuration == null ? null : configuration.getIgniteInstanceName();
        }
    }

    @Serial
    private Object writeReplace() throws InvalidObjectException {
        try {
            return ignite == null ? this : new HandedIgnite(name(), null);
        } catch (RuntimeException e) {
            InvalidObjectException unnamed = new InvalidObjectException(
                    "ignite is a " + ignite.getClass().getName() + " that has no name before its Ignite is started");
            unnamed.initCause(e);
            throw unnamed;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HandedIgnite that && ((ignite != null && ignite == that.ignite) || hasNameOf(that));
    }

    private boolean hasNameOf(HandedIgnite other) {
        try {
            return Objects.equals(name(), other.name());
        } catch (RuntimeException e) { // one of them has no name yet
            return false;
        }
    }

    /** Returns a constant, because the name may become known later. */
    @Override
    public int hashCode() {
        return HandedIgnite.class.hashCode();
    }

    /** Returns a description that distinguishes this Ignite from others. */
    @Override
    public String toString() {
        return "HandedIgnite[" + (ignite == null ? name : ignite.getClass().getSimpleName()) + "]";
    }
}
