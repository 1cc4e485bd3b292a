package io.github.ignitetasks.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.Status;
import org.junit.jupiter.api.Test;

final class JvmFilterTest {
    @Test
    void filterCountsThatLimitsWhatAStreamReads() {
        assertThat(JvmFilter.counts(pattern("maxrefs=20"))).isTrue();
        assertThat(JvmFilter.counts(pattern("maxbytes=2000;!com.example.*"))).isTrue();
        assertThat(JvmFilter.counts(pattern("maxdepth=20;maxarray=20;!com.example.*")))
                .isFalse();
        assertThat(JvmFilter.counts(null)).isFalse();
    }

    /** The JDK also calls filters without a class, and treats an exception as a refusal. */
    @Test
    void filterThatExpectsAClassIsTakenToCount() {
        ObjectInputFilter careless =
                met -> met.serialClass().getName().startsWith("com.example.") ? Status.REJECTED : Status.UNDECIDED;

        assertThat(JvmFilter.counts(careless)).isTrue();
    }

    private static ObjectInputFilter pattern(String pattern) {
        return ObjectInputFilter.Config.createFilter(pattern);
    }
}
