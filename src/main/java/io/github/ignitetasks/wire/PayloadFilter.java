package io.github.ignitetasks.wire;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.FilterInfo;
import java.io.ObjectInputFilter.Status;
import java.lang.invoke.SerializedLambda;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Refuses to read what no call needs, and what an attacker would send: classes known for misuse, structures that take
 * for ever to hash or overflow the stack, and arrays that are larger than the bytes that tell of them.
 *
 * <p>The system property {@value #PROPERTY} adds to the classes, in the JDK's pattern syntax: {@code !com.example.*}
 * refuses a package; what it allows by name is read although it is on the list here. What the filter of the JVM refuses
 * is refused here too. One filter serves one payload, on one thread.
 *
 * @see <a href="https://openjdk.org/jeps/290">JEP 290: Filter Incoming Serialization Data</a>
 */
final class PayloadFilter {
    static final String PROPERTY = "ignitetasks.serialFilter";

    private static final String MISUSED_PATTERN = "!org.apache.commons.collections.functors.*;"
            + "!org.apache.commons.collections4.functors.*;!org.apache.commons.collections4.comparators.*;"
            + "!org.codehaus.groovy.runtime.*;!org.springframework.beans.factory.*;!bsh.*;!com.mchange.v2.c3p0.**;"
            + "!com.sun.org.apache.xalan.**;!com.sun.rowset.**;!java.rmi.**;!sun.rmi.**;!javax.management.**";

    /** Deeper, reading may overflow the stack. */
    private static final int MAX_DEPTH = 500;

    /**
     * Hashing sets of sets that hold each other takes many times as long with each level. {@link HashingSteps} counts
     * what the JDK's collections hold; this is for those with other objects between them.
     */
    private static final int MAX_HASHED_DEPTH = 20;

    /** A hash table's array is at most so much longer than the bytes of its entries. */
    private static final long ARRAY_FACTOR = 4;

    private static final long SMALL_ARRAY = 1_024;

    private static final FilterInfo LAMBDA = new JvmFilter.Asked(SerializedLambda.class, 0);

    /** Whether a class is known for misuse; looked up once for each class, as all the patterns take long. */
    private static final ClassValue<Boolean> MISUSED = new ClassValue<>() {
        private final ObjectInputFilter filter = ObjectInputFilter.Config.createFilter(MISUSED_PATTERN);

        @Override
        protected Boolean computeValue(Class<?> type) {
            return filter.checkInput(new JvmFilter.Asked(type, 0)) == Status.REJECTED;
        }
    };

    /** What the property adds, by its value; parsed once, as a filter is made for each payload. */
    private static final ConcurrentMap<String, ObjectInputFilter> ADDED = new ConcurrentHashMap<>();

    private final @Nullable ObjectInputFilter added;
    private final long payload;

    /** The depths of the hashed collections around the object that is read. */
    private final Deque<Long> hashed = new ArrayDeque<>(0); // most have none

    private @Nullable String reason;

    private PayloadFilter(@Nullable ObjectInputFilter added, long payload) {
        this.added = added;
        this.payload = payload;
    }

    /**
     * Returns the filter of so many bytes.
     *
     * @throws IOException if the system property is not right
     */
    static PayloadFilter of(long payload) throws IOException {
        String own = System.getProperty(PROPERTY);
        try {
            ObjectInputFilter added =
                    own == null ? null : ADDED.computeIfAbsent(own, ObjectInputFilter.Config::createFilter);
            return new PayloadFilter(added, payload);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "nothing can be read: system property " + PROPERTY + " is '" + own
                            + "', which is no pattern of a serialization filter",
                    e);
        }
    }

    /** Returns why something was refused, if something was. */
    @Nullable
    String reason() {
        return reason;
    }

    /** Returns whether a stream that has read other payloads may read this: whether what the property adds does not count. */
    boolean servesMore() {
        return !JvmFilter.counts(added);
    }

    /** Says of what is met whether it is refused, by this or by the JVM. */
    Status check(FilterInfo info, JvmFilter ofJvm) {
        String refusal = refusal(info, ofJvm);
        if (refusal != null) {
            reason = refusal;
            return Status.REJECTED;
        }
        return Status.UNDECIDED;
    }

    private @Nullable String refusal(FilterInfo info, JvmFilter ofJvm) {
        Class<?> type = info.serialClass();
        if (info.depth() > MAX_DEPTH) {
            return "objects nested deeper than " + MAX_DEPTH;
        }
        if (info.arrayLength() > SMALL_ARRAY + ARRAY_FACTOR * payload) {
            return "an array of " + info.arrayLength() + " elements in " + payload + " bytes";
        }
        if (type != null && hashedDepth(type, info.depth()) > MAX_HASHED_DEPTH) {
            return "hashed collections nested deeper than " + MAX_HASHED_DEPTH;
        }
        return refusedClass(isLambda(type) ? LAMBDA : info, ofJvm);
    }

    /** What stands for a lambda is refused where the JDK's own is. */
    private static boolean isLambda(@Nullable Class<?> type) {
        return type == WrittenLambda.class || type == LambdaShape.class;
    }

    private @Nullable String refusedClass(FilterInfo info, JvmFilter ofJvm) {
        Class<?> type = info.serialClass();
        if (isDenied(info, type)) {
            return "class " + typeName(type) + ", which is denied; system property " + PROPERTY + " can allow it";
        }
        if (ofJvm.refuses(info)) {
            return "class " + typeName(type) + ", by the serialization filter of this JVM";
        }
        return null;
    }

    private boolean isDenied(FilterInfo info, @Nullable Class<?> type) {
        Status status = added == null ? Status.UNDECIDED : added.checkInput(info);
        return status == Status.REJECTED || (status == Status.UNDECIDED && type != null && MISUSED.get(type));
    }

    /** The JDK asks for the table of each hash map and set that it reads, by this type, but for each class only once. */
    private int hashedDepth(Class<?> type, long depth) {
        while (!hashed.isEmpty() && hashed.peek() >= depth) {
            hashed.pop();
        }
        if (type == Map.Entry[].class) {
            hashed.push(depth);
        }
        return hashed.size();
    }

    private static String typeName(@Nullable Class<?> type) {
        return type == null ? "unknown" : type.getTypeName();
    }
}
