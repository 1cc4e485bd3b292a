package io.github.ignitetasks.internal.codec;

import java.io.ObjectInputFilter;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** The serialization filter that this JVM gave a stream, if it has one. Safe to share between threads. */
final class JvmFilter {
    /** A question that only a filter with limits rejects: no class, in a stream without end. */
    private static final ObjectInputFilter.FilterInfo ENDLESS = new Asked(null, Long.MAX_VALUE);

    private static volatile JvmFilter latest = new JvmFilter(null);

    private final @Nullable ObjectInputFilter filter;

    /** Ignite's, which goes by the names of classes alone, and takes them to pieces each time. */
    private final boolean isIgnites;

    private final ClassValue<Boolean> refusedByIgnite = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return isRefused(new Asked(type, 0));
        }
    };

    private JvmFilter(@Nullable ObjectInputFilter filter) {
        this.filter = filter;
        this.isIgnites = filter != null && filter.getClass().getName().startsWith("org.apache.ignite.");
    }

    /** Returns what stands for a filter, or for none. */
    static JvmFilter of(@Nullable ObjectInputFilter filter) {
        JvmFilter known = latest;
        if (known.filter != filter) {
            known = new JvmFilter(filter);
            latest = known;
        }
        return known;
    }

    /** Returns what stands for the filter that the JVM has for all streams. */
    static JvmFilter ofJvm() {
        return of(ObjectInputFilter.Config.getSerialFilter());
    }

    /** Returns whether the JVM refuses what is read. */
    boolean refuses(ObjectInputFilter.FilterInfo info) {
        Class<?> type = info.serialClass();
        return (isIgnites && type != null) ? refusedByIgnite.get(type) : isRefused(info);
    }

    private boolean isRefused(ObjectInputFilter.FilterInfo info) {
        return filter != null && filter.checkInput(info) == ObjectInputFilter.Status.REJECTED;
    }

    /**
     * Returns whether a stream that has this filter may go on with other bytes: whether the JVM would give it the same
     * again, whoever asks, and that does not count what the stream has read before.
     */
    boolean servesMore() {
        BinaryOperator<ObjectInputFilter> factory = ObjectInputFilter.Config.getSerialFilterFactory();
        boolean factoryIsJdks = factory.getClass().getModule() == Object.class.getModule();
        return factoryIsJdks && filter == ObjectInputFilter.Config.getSerialFilter() && !counts(filter);
    }

    /** Returns whether a filter, if there is one, goes by how much a stream has read, or does not bear to be asked. */
    static boolean counts(@Nullable ObjectInputFilter filter) {
        try {
            return filter != null && filter.checkInput(ENDLESS) == ObjectInputFilter.Status.REJECTED;
        } catch (RuntimeException e) {
            return true; // what it says of what is read is for the stream to ask
        }
    }

    /** A class, wherever it is met, or none, in a stream of which so much was read. */
    record Asked(@Nullable Class<?> serialClass, long read) implements ObjectInputFilter.FilterInfo {
        @Override
        public long arrayLength() {
            return -1;
        }

        @Override
        public long depth() {
            return 1;
        }

        @Override
        public long references() {
            return read;
        }

        @Override
        public long streamBytes() {
            return read;
        }
    }
}
