package io.github.ignitetasks.internal.codec;

import java.io.IOException;
import java.io.ObjectInputFilter.FilterInfo;
import java.io.ObjectInputFilter.Status;
import org.jspecify.annotations.Nullable;

/**
 * Refuses to read what no call needs, and what an attacker would send: {@link DeniedClasses}, collections that take for
 * ever to hash, objects that are nested too deep, and arrays that are larger than the bytes that tell of them. What the
 * filter of the JVM refuses is refused here too. One filter serves one payload, on one thread.
 *
 * @see <a href="https://openjdk.org/jeps/290">JEP 290: Filter Incoming Serialization Data</a>
 */
final class PayloadFilter {
    /** Deeper, reading needs more of a stack than a thread has. */
    private static final int SHALLOW = 300;

    /** The JDK counts the superclasses of the innermost object too. */
    private static final int SUPERCLASSES = 64;

    /** How many elements of arrays a byte may tell of: a hash table is longer than the bytes of its entries. */
    private static final long ELEMENTS_OF_A_BYTE = 4;

    private static final long FEW_ELEMENTS = 1_024;

    private final DeniedClasses denied;
    private final PayloadCost cost;

    /** How many elements the arrays have that were met. */
    private long elements;

    private boolean hashingIsKnown;
    private boolean needsDeepStack;
    private @Nullable String reason;

    /**
     * Makes the filter of a payload of that cost.
     *
     * @throws IOException if a system property is not right
     */
    PayloadFilter(PayloadCost cost) throws IOException {
        this.denied = DeniedClasses.get();
        this.cost = cost;
    }

    /** Returns why something was refused, if something was. */
    @Nullable
    String reason() {
        return reason;
    }

    /** Returns whether the payload is to be read again, on a thread with a larger stack. */
    boolean needsDeepStack() {
        return needsDeepStack;
    }

    /** Returns whether a stream that has read other payloads may read this: whether what the property adds does not count. */
    boolean servesMore() {
        return !denied.counts();
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
        String refusal = refusedDepth(info.depth());
        if (refusal == null) {
            refusal = refusedArray(info.arrayLength());
        }
        if (refusal == null) {
            refusal = denied.refusal(info, ofJvm);
        }
        if (refusal == null) {
            refusal = refusedHashing(info.serialClass());
        }
        return refusal;
    }

    private @Nullable String refusedDepth(long depth) {
        if (depth <= SHALLOW) {
            return null;
        }
        if (!DeepStack.isCurrent()) {
            needsDeepStack = true;
            return "objects nested deeper than " + SHALLOW + " on a thread with a usual stack";
        }
        return depth > (long) cost.limits().depth() + SUPERCLASSES ? cost.tooDeep() : null;
    }

    private @Nullable String refusedArray(long length) {
        if (length <= 0) {
            return null;
        }
        elements += length;
        return elements > FEW_ELEMENTS + ELEMENTS_OF_A_BYTE * cost.bytes() ? cost.arrayRefusal(elements) : null;
    }

    private @Nullable String refusedHashing(@Nullable Class<?> type) {
        if (type == null || hashingIsKnown || !ClassTraits.of(type).hashesWhileRead()) {
            return null;
        }
        hashingIsKnown = true;
        return cost.hashingRefusal();
    }
}
