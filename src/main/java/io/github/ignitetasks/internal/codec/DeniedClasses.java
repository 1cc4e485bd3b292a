package io.github.ignitetasks.internal.codec;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.FilterInfo;
import java.io.ObjectInputFilter.Status;
import java.lang.invoke.SerializedLambda;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.management.BadAttributeValueExpException;
import org.jspecify.annotations.Nullable;

/**
 * The classes that are neither written nor read: those that are known for misuse, and those that the system property
 * {@value #PROPERTY} adds in the JDK's pattern syntax. {@code !com.example.*} denies a package; what the property allows
 * by name is read although it is on the list here. Exceptions are not on the list, but for one that runs code while it is
 * read. Immutable, safe to share.
 */
final class DeniedClasses {
    static final String PROPERTY = "ignitetasks.serialFilter";

    private static final String MISUSED_PATTERN = "!org.apache.commons.collections.functors.*;"
            + "!org.apache.commons.collections4.functors.*;!org.apache.commons.collections4.comparators.*;"
            + "!org.codehaus.groovy.runtime.*;!org.springframework.beans.factory.*;!bsh.*;!com.mchange.v2.c3p0.**;"
            + "!com.sun.org.apache.xalan.**;!com.sun.rowset.**;!java.rmi.**;!sun.rmi.**;!javax.management.**";

    /** Whether a class is known for misuse; looked up once for each class, as all the patterns take long. */
    private static final ClassValue<Boolean> MISUSED = new ClassValue<>() {
        private final ObjectInputFilter filter = ObjectInputFilter.Config.createFilter(MISUSED_PATTERN);

        @Override
        protected Boolean computeValue(Class<?> type) {
            boolean isHarmless = Throwable.class.isAssignableFrom(type) && type != BadAttributeValueExpException.class;
            return !isHarmless && filter.checkInput(new JvmFilter.Asked(type, 0)) == Status.REJECTED;
        }
    };

    private static final FilterInfo LAMBDA = new JvmFilter.Asked(SerializedLambda.class, 0);

    private static final DeniedClasses NONE_ADDED = new DeniedClasses(null);

    /** The classes that the property adds, by its value, each parsed once. */
    private static final ConcurrentMap<String, DeniedClasses> BY_PROPERTY = new ConcurrentHashMap<>();

    private final @Nullable ObjectInputFilter added;

    private DeniedClasses(@Nullable ObjectInputFilter added) {
        this.added = added;
    }

    /**
     * Returns those of this JVM.
     *
     * @throws IOException if the system property is not right
     */
    static DeniedClasses get() throws IOException {
        String own = System.getProperty(PROPERTY);
        try {
            return own == null
                    ? NONE_ADDED
                    : BY_PROPERTY.computeIfAbsent(
                            own, pattern -> new DeniedClasses(ObjectInputFilter.Config.createFilter(pattern)));
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "nothing can be written or read: system property " + PROPERTY + " is '" + own
                            + "', which is no pattern of a serialization filter",
                    e);
        }
    }

    /** Returns whether what the property adds goes by how much was read before. */
    boolean counts() {
        return JvmFilter.counts(added);
    }

    /** Returns why a class is not read, if it is not, by this or by the JVM. */
    @Nullable
    String refusal(FilterInfo met, JvmFilter ofJvm) {
        FilterInfo info = isLambda(met.serialClass()) ? LAMBDA : met;
        Class<?> type = info.serialClass();
        if (isDenied(info, type)) {
            return "class " + nameOf(type) + ", which is denied; system property " + PROPERTY + " can allow it";
        }
        return ofJvm.refuses(info) ? "class " + nameOf(type) + ", by the serialization filter of this JVM" : null;
    }

    /** Returns whether a class is written for a lambda; it is refused where the JDK's own class for lambdas is. */
    private static boolean isLambda(@Nullable Class<?> type) {
        return type == WrittenLambda.class || type == LambdaShape.class;
    }

    private boolean isDenied(FilterInfo info, @Nullable Class<?> type) {
        Status status = added == null ? Status.UNDECIDED : added.checkInput(info);
        return status == Status.REJECTED || (status == Status.UNDECIDED && type != null && MISUSED.get(type));
    }

    private static String nameOf(@Nullable Class<?> type) {
        return type == null ? "unknown" : type.getTypeName();
    }
}
