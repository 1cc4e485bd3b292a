package io.github.ignitetasks.internal.codec;

import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.internal.context.SessionFuture;
import io.github.ignitetasks.internal.context.SettledUpstream;
import java.io.NotSerializableException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the futures that an object holds, nearest first, and runs no code of users meanwhile: it reads fields, and the
 * elements of the JDK's own collections. It sees what serialization would: neither transient fields nor objects that are
 * not serializable.
 *
 * <p>It looks at so many objects only, and so misses futures that are far away or beside much else.
 */
public final class FutureSearch {
    private static final int MAX_OBJECTS = 10_000;

    /** So many elements without a new future in between are looked at in one collection. */
    private static final int MAX_OTHERS = 1_000;

    /** How many objects most objects hold. */
    private static final int FEW = 8;

    private final Set<TaskFuture<?>> futures = new LinkedHashSet<>();

    /** Those whose ends were met, whether or not they are futures of which the results were. */
    private final Set<TaskFuture<?>> settled = new LinkedHashSet<>();

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>(FEW));
    private final Queue<Object> next = new ArrayDeque<>();
    private CodeOrigin origin = CodeOrigin.jdk();
    private @Nullable Class<?> refused;

    private FutureSearch() {}

    /**
     * The outcome of a search.
     *
     * @param upstreams the futures
     * @param origin the origin of the code of the objects
     * @param refused the class of a {@link NotCapturable} object; null if there is none
     */
    public record Found(
            Upstreams upstreams,
            CodeOrigin origin,
            @Nullable Class<?> refused) {

        /** Returns the futures, each once. */
        public List<TaskFuture<?>> futures() {
            return upstreams.futures();
        }

        /**
         * Checks that a call may reach what it does. The message is the one of a call that is serialized.
         *
         * @param call the object that was searched
         * @throws IllegalArgumentException if the call reaches an object that no call may; the message names the way
         */
        public void checkCapturable(String key, Object call) {
            if (refused != null) {
                throw UnserializablePath.refusal(
                        key, UnserializablePath.explain(call, new NotSerializableException(refused.getName())));
            }
        }
    }

    /** Looks into an object. */
    public static Found in(@Nullable Object object) {
        FutureSearch search = new FutureSearch();
        search.meet(object);
        for (Object next = search.next.poll(); next != null; next = search.next.poll()) {
            search.lookInto(next);
        }
        return new Found(Upstreams.of(search.futures, search.settled), search.origin, search.refused);
    }

    private void lookInto(Object object) {
        Contents contents = Contents.of(object.getClass());
        if (contents.isCollection()) {
            lookIntoElements(object);
        } else {
            contents.values(object).forEach(this::meet);
        }
    }

    /** Looks at the elements of a collection, up to where another thread that changes it makes that fail. */
    private void lookIntoElements(Object collection) {
        int others = 0;
        try {
            Iterator<?> elements = Contents.elements(collection);
            while (others < MAX_OTHERS && elements.hasNext()) {
                others = meet(elements.next()) ? 0 : others + 1;
            }
        } catch (RuntimeException e) {
            // another thread changes it
        }
    }

    /** Keeps a future, or an object that may hold some; returns whether it is a future that was not met before. */
    private boolean meet(@Nullable Object object) {
        if (object == null) {
            return false;
        }
        if (object instanceof TaskFuture<?> future
                && (object instanceof SessionFuture || object instanceof FutureReference<?>)) {
            return futures.add(future);
        }
        if (object instanceof SettledUpstream end && end.upstream() instanceof TaskFuture<?> upstream) {
            return settled.add(upstream);
        }
        Contents contents = Contents.of(object.getClass());
        origin = origin.with(contents.origin());
        if (!contents.isCapturable()) {
            refused = object.getClass();
        }
        if (contents.mayHoldFutures() && seen.size() < MAX_OBJECTS && seen.add(object)) {
            next.add(object);
        }
        return false;
    }
}
